import { type RequestEvent, redirect } from '@sveltejs/kit';
import { decideHours, decidePledge, readHours } from '@wijk/contracts/market-hours';
import { type MessageKey, pageTexts } from '@wijk/i18n';
import { hoursPaths } from '#lib/hours/paths.ts';
import { orderPaths } from '#lib/orders/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { confirmText, entryText, monthRow, pledgeText, thisMonth } from '#lib/server/hours.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locale, slug, base } = event.locals;
  const outcome = await api(event)(readHours, { params: { wijk: slug } });
  if (!outcome.ok) stop(outcome);
  const { data } = outcome;
  const texts = pageTexts(locale, 'hours');
  const to = orderPaths(base);
  return {
    texts,
    now: thisMonth(data, texts, locale),
    months: data.months.map((one) => monthRow(one, locale)),
    toConfirm: data.toConfirm.map((one) => confirmText(one, texts, locale)),
    pledges: data.pledges.map((one) => pledgeText(one, 'organisation', texts, locale)),
    entries: data.entries.map((one) => {
      const { order, ...entry } = entryText(one, texts, locale);
      return { ...entry, order: order && to.order(order) };
    }),
  };
};

async function decide(
  event: RequestEvent,
  decision: 'confirm' | 'decline' | 'withdraw' | 'agree' | 'declinePledge' | 'end',
) {
  const { locals } = event;
  const { id = '' } = typed(await event.request.formData());
  const call = api(event);
  const outcome =
    decision === 'confirm' || decision === 'decline' || decision === 'withdraw'
      ? await call(decideHours, { params: { wijk: locals.slug, hours: id }, body: { decision } })
      : await call(decidePledge, {
          params: { wijk: locals.slug, pledge: id },
          body: { decision: decision === 'declinePledge' ? 'decline' : decision },
        });
  if (!outcome.ok) return refused(event, 'decide', {}, outcome);
  setFlash(event, `page.hours.flash.${decision}` as MessageKey);
  redirect(303, hoursPaths(locals.base).hours());
}

export const actions: Actions = {
  bevestig: (event) => decide(event, 'confirm'),
  nee: (event) => decide(event, 'decline'),
  terug: (event) => decide(event, 'withdraw'),
  akkoord: (event) => decide(event, 'agree'),
  liever: (event) => decide(event, 'declinePledge'),
  stop: (event) => decide(event, 'end'),
};
