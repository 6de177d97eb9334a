import { error, type RequestEvent } from '@sveltejs/kit';
import type { ReplyOf } from '@wijk/contracts/define';
import { readMarketOfQuestion } from '@wijk/contracts/market-dialogue';
import { readOwnListing } from '@wijk/contracts/market-listings';
import { mayBecomeQuestion } from '@wijk/domain/market';
import { pageTexts, t } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import type { AttachedView } from '#lib/market/views.ts';
import { fill } from '#lib/text.ts';
import { api } from './api.ts';
import { isQuestionRef } from './ids.ts';
import { priceText } from './market.ts';
import { creditSpeaker } from './wallet.ts';

type OfQuestion = ReplyOf<typeof readMarketOfQuestion>;
type Attached = OfQuestion['answers'][number]['listings'][number];
export type MarketLink = { text: string; title: string; href: string };

/** Plain facts of what stands under an answer: what it is, what it costs, where and whose. */
function attachedView(
  one: Attached,
  href: string,
  say: Awaited<ReturnType<typeof creditSpeaker>>,
): AttachedView {
  const kind = t(say.locale, `page.listing.kind.${one.kind}`);
  // an app is nowhere
  const area = one.kind === 'ehealth' ? '' : (one.area?.name ?? '');
  const facts = [kind, priceText(one, say), area, one.by.name ?? ''];
  return {
    ref: one.ref,
    href,
    title: one.title,
    facts: facts.filter((fact) => fact !== ''),
    curated: one.curated ? t(say.locale, 'page.marketDialogue.curated') : null,
  };
}

/** What stands of the market at a question; a page without it is better than no page. */
export async function marketAtQuestion(event: RequestEvent, question: string) {
  const { locals } = event;
  const outcome = await api(event)(readMarketOfQuestion, {
    params: { wijk: locals.slug, question },
  });
  return outcome.ok ? outcome.data : null;
}

/** The same for the page: cards by answer, links in words, and what this reader may do. */
export async function marketView(
  { locals }: RequestEvent,
  question: { ref: string; visibility: string },
  market: OfQuestion | null,
) {
  if (!market) return null;
  const to = marketPaths(locals.base);
  const w = pageTexts(locals.locale, 'marketDialogue');
  const say = await creditSpeaker(locals, market.unit);
  // an order of what was found at a question that hides its asker is about nothing
  const from = market.viewer.links ? question.ref : null;
  const states = pageTexts(locals.locale, 'listing').state;
  const links: MarketLink[] = market.requests.map(({ ref, slug, title, state }) =>
    state === 'published'
      ? { text: w.requests, title, href: to.listing(ref, slug) }
      : { text: fill(w.own, { state: states[state] }), title, href: to.editListing(ref) },
  );
  if (market.origin) {
    const { ref, slug, title } = market.origin;
    links.push({ text: w.origin, title, href: to.listing(ref, slug) });
  }
  return {
    texts: { offers: w.offers, add: w.add, addOf: w.addOf, make: w.make, makeText: w.makeText },
    links,
    attachesAny: market.viewer.attachesAny,
    request: market.viewer.mayRequest ? to.requestFrom(question.ref) : null,
    offers: Object.fromEntries(
      market.answers.map(({ answer, listings }) => [
        answer,
        listings.map((one) => attachedView(one, to.listingFrom(one.ref, one.slug, from), say)),
      ]),
    ) as Record<string, AttachedView[]>,
  };
}

/** The question that an address says somebody came from. */
export function questionIn(url: URL): string | null {
  const ref = url.searchParams.get('uit') ?? '';
  return isQuestionRef(ref) ? ref : null;
}

/** A request of the reader's own that becomes a question: its words for the form. */
export async function requestToAsk(event: RequestEvent) {
  const ref = event.url.searchParams.get('hulpvraag');
  if (ref === null) return null;
  const { actor } = await event.locals.context();
  if (!actor || !isQuestionRef(ref)) return null;
  const own = await api(event)(readOwnListing, {
    params: { wijk: event.locals.slug, listing: ref },
  });
  if (!own.ok || !mayBecomeQuestion(own.data)) error(404, { message: 'Not found' });
  const { title, body } = own.data;
  return { ref, words: { title, body } };
}
