import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { lodgeComplaint, readComplaintOpening } from '@wijk/contracts/market-complaints';
import { pageTexts } from '@wijk/i18n';
import { complaintPaths } from '#lib/complaints/paths.ts';
import { marketPaths } from '#lib/market/paths.ts';
import { orderPaths } from '#lib/orders/paths.ts';
import { api } from '#lib/server/api.ts';
import { lastDay, sideText, subjectChoices, subjectIn } from '#lib/server/complaints.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef, isUuid } from '#lib/server/ids.ts';
import { faultsOf } from '#lib/server/order-forms.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import { faultAt, membersOnly } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the address says that it is about. */
function targetIn({ url }: RequestEvent): { order: string } | { provider: string } {
  const order = url.searchParams.get('afspraak') ?? '';
  if (isQuestionRef(order)) return { order };
  const provider = url.searchParams.get('aanbieder') ?? '';
  if (/^[mo]-/.test(provider) && isUuid(provider.slice(2))) return { provider };
  error(404, { message: 'Not found' });
}

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals } = event;
  const target = targetIn(event);
  const outcome = await api(event)(readComplaintOpening, {
    params: { wijk: locals.slug },
    query: target,
  });
  const texts = pageTexts(locals.locale, 'complaints');
  const back =
    'order' in target
      ? orderPaths(locals.base).order(target.order)
      : marketPaths(locals.base).provider(target.provider);
  const shown = {
    texts: texts.new,
    back,
    key: crypto.randomUUID(),
    choices: subjectChoices(texts),
  };
  if (!outcome.ok) {
    // why somebody cannot complain here is said where they are, with a way back
    if (outcome.status !== 403 && outcome.status !== 409) stop(outcome);
    return {
      ...shown,
      why: refused(event, 'new', {}, outcome).data.refusal.message,
      opening: null,
    };
  }
  const { about, order, open, acknowledgedBy, answeredBy } = outcome.data;
  const say = await speaker(locals);
  const name = sideText(about, texts);
  const values = {
    name,
    acknowledged: lastDay(acknowledgedBy, say),
    answered: lastDay(answeredBy, say),
  };
  return {
    ...{ ...shown, why: null },
    opening: {
      lead: fill(texts.new.lead, values),
      about: order && fill(texts.new.about, { title: order.listing.title }),
      when: fill(texts.new.when, values),
      open,
    },
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals } = event;
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'complaints').new;
    const labels: Record<string, string> = { subject: w.subject, body: w.body, wish: w.wish };
    const place: Place = (field) => ({ field, ...(labels[field] ? { label: labels[field] } : {}) });
    const subject = subjectIn(values.subject);
    const body = values.body?.trim() ?? '';
    const errors = [
      ...(subject ? [] : faultAt('subject', 'required').problem.errors),
      ...(body === '' ? faultAt('body', 'required').problem.errors : []),
    ];
    if (!subject || errors.length > 0)
      return refused(event, 'new', values, faultsOf(errors), place);
    const outcome = await api(event)(lodgeComplaint, {
      params: { wijk: locals.slug },
      body: { target: targetIn(event), subject, body, wish: values.wish ?? '' },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return refused(event, 'new', values, outcome, place);
    setFlash(event, 'page.complaints.new.flash');
    redirect(303, complaintPaths(locals.base).complaint(outcome.data.ref));
  },
};
