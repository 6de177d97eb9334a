import { redirect } from '@sveltejs/kit';
import { closeReport, listReports, lookAtConversation } from '@wijk/contracts/market-messages';
import { pageTexts } from '@wijk/i18n';
import { messagePaths } from '#lib/messages/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { partyText } from '#lib/server/orders.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { agoText, momentText } from '#lib/server/views.ts';
import { faultAt, membersOnly } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals } = event;
  const outcome = await api(event)(listReports, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  const { locale } = locals;
  const w = pageTexts(locale, 'messages');
  const orders = pageTexts(locale, 'orders');
  const { timeZone } = (await locals.context()).wijk;
  const say = { locale, timeZone, now: new Date() };
  return {
    texts: w,
    master: pageTexts(locale, 'marketMaster'),
    items: outcome.data.items.map(({ id, by, other, reason, note, at, own }) => ({
      ...{ id, note, own, reason: w.reasons[reason], at: agoText(at, say) },
      who: fill(w.masterAbout, { by: partyText(by, orders), other: partyText(other, orders) }),
    })),
  };
};

export const actions: Actions = {
  /** Opening is a press and no address: what is read is noted, and nobody reads it by going back. */
  look: async (event) => {
    const { locals } = event;
    const values = typed(await event.request.formData());
    const outcome = await api(event)(lookAtConversation, {
      params: { wijk: locals.slug, report: values.report ?? '' },
    });
    if (!outcome.ok) return refused(event, `look-${values.report}`, values, outcome);
    const { locale } = locals;
    const orders = pageTexts(locale, 'orders');
    const { timeZone } = (await locals.context()).wijk;
    const say = { locale, timeZone, now: new Date() };
    const { report, listing, messages } = outcome.data;
    return {
      opened: {
        id: report.id,
        title: listing.title,
        messages: messages.map(({ nr, side, name, body, at }) => ({
          ...{ nr, own: side === 'other', who: name ?? orders.erased, at: momentText(at, say) },
          parts: [{ text: body, held: false }],
        })),
      },
    };
  },
  close: async (event) => {
    const { locals } = event;
    const values = typed(await event.request.formData());
    const id = values.report ?? '';
    const w = pageTexts(locals.locale, 'messages');
    const place: Place = () => ({ field: `outcome-${id}`, label: w.masterOutcome });
    const outcome = values.outcome?.trim() ?? '';
    if (outcome === '')
      return refused(event, `close-${id}`, values, faultAt('outcome', 'required'), place);
    const closed = await api(event)(closeReport, {
      params: { wijk: locals.slug, report: id },
      body: { outcome },
    });
    if (!closed.ok) return refused(event, `close-${id}`, values, closed, place);
    setFlash(event, 'page.messages.flash.closed');
    redirect(303, messagePaths(locals.base).masterReports());
  },
};
