import { listConversations } from '@wijk/contracts/market-messages';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { partyText } from '#lib/server/orders.ts';
import { stop } from '#lib/server/refusal.ts';
import { agoText } from '#lib/server/views.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals } = event;
  const outcome = await api(event)(listConversations, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  const { locale } = locals;
  const orders = pageTexts(locale, 'orders');
  const { timeZone } = (await locals.context()).wijk;
  const say = { locale, timeZone, now: new Date() };
  return {
    texts: pageTexts(locale, 'messages'),
    items: outcome.data.items.map(({ ref, listing, party, unread, lastAt }) => ({
      ...{ ref, title: listing.title, unread },
      name: partyText(party, orders),
      at: agoText(lastAt, say),
    })),
  };
};
