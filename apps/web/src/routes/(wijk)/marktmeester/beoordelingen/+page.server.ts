import { redirect } from '@sveltejs/kit';
import { decideReview, listFlaggedReviews } from '@wijk/contracts/market-reviews';
import { pageTexts } from '@wijk/i18n';
import { reviewPaths } from '#lib/reviews/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { partyText } from '#lib/server/orders.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { reasonChoices, reasonIn, starsLabel } from '#lib/server/reviews.ts';
import { agoText } from '#lib/server/views.ts';
import { faultAt, membersOnly } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals } = event;
  const outcome = await api(event)(listFlaggedReviews, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  const { locale } = locals;
  const w = pageTexts(locale, 'reviews');
  const orders = pageTexts(locale, 'orders');
  const { timeZone } = (await locals.context()).wijk;
  const say = { locale, timeZone, now: new Date() };
  return {
    texts: w,
    master: pageTexts(locale, 'marketMaster'),
    reasons: reasonChoices(w),
    items: outcome.data.items.map((one) => ({
      ...{ id: one.id, order: one.order, own: one.own, note: one.note },
      who: fill(w.masterAbout, {
        by: partyText(one.by, orders),
        about: partyText(one.about, orders),
      }),
      flag: fill(w.masterFlag, { reason: w.reasons[one.reason] }),
      review: {
        ...{ id: one.id, stars: one.stars, body: one.body, notes: [] },
        label: starsLabel(one.stars, w),
        when: agoText(one.flaggedAt, say).text,
        reply: one.reply ? { who: w.replyBy, body: one.reply } : null,
      },
    })),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals } = event;
    const values = typed(await event.request.formData());
    const id = values.review ?? '';
    const w = pageTexts(locals.locale, 'reviews');
    const labels: Record<string, string> = {
      ...{ outcome: w.outcome, reason: w.reason, note: w.note },
    };
    const place: Place = (pointer) => ({
      field: `${pointer}-${id}`,
      label: labels[pointer] ?? pointer,
    });
    const form = `decide-${id}`;
    const { outcome: decision } = values;
    if (decision !== 'keep' && decision !== 'remove')
      return refused(event, form, values, faultAt('outcome', 'required'), place);
    if ((values.note ?? '').trim() === '')
      return refused(event, form, values, faultAt('note', 'required'), place);
    const outcome = await api(event)(decideReview, {
      params: { wijk: locals.slug, review: id },
      body: {
        ...{ decision, note: values.note ?? '' },
        reason: decision === 'remove' ? reasonIn(values.reason) : null,
      },
    });
    if (!outcome.ok) return refused(event, form, values, outcome, place);
    setFlash(event, `page.reviews.flash.${decision === 'keep' ? 'kept' : 'removed'}`);
    redirect(303, reviewPaths(locals.base).masterReviews());
  },
};
