import { findListings, readMarket } from '@wijk/contracts/market';
import { listQuestions } from '@wijk/contracts/questions';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { listingCard } from '#lib/server/market.ts';
import { feedLinks } from '#lib/server/open/head.ts';
import { stop } from '#lib/server/refusal.ts';
import { questionCard, speaker } from '#lib/server/views.ts';
import { creditSpeaker } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { PageServerLoad } from './$types';

const RECENT = 6;
const MINE = 20;
const ON_MARKET = 4;

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:questions');
  const { locals } = event;
  const { actor, wijk } = await locals.context();
  const say = await speaker(locals);
  const call = api(event);
  const params = { wijk: locals.slug };
  const [recent, mine, market, found] = await Promise.all([
    call(listQuestions, { params, query: { limit: RECENT } }),
    actor && call(listQuestions, { params, query: { show: 'mine', limit: MINE } }),
    call(readMarket, { params }),
    call(findListings, { params, query: { limit: ON_MARKET } }),
  ]);
  if (!recent.ok) stop(recent);
  const open = mine?.ok ? mine.data.items.filter((q) => q.status === 'open') : [];
  const texts = pageTexts(locals.locale, 'home');
  locals.open = {
    title: texts.title,
    description: fill(texts.lead, { hours: wijk.promiseHours }),
    path: '/',
    feeds: feedLinks(wijk.name, locals.locale),
  };
  return {
    texts,
    // a page without them is better than no page
    market:
      market.ok && found.ok
        ? await creditSpeaker(locals, market.data.unit).then((speaks) =>
            found.data.items.map((one) => listingCard(one, speaks)),
          )
        : [],
    recent: recent.data.items.map((q) => questionCard(q, say)),
    mine: open.map((q) => questionCard(q, say)),
  };
};
