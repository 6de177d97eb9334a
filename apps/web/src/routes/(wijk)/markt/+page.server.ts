import { redirect } from '@sveltejs/kit';
import { findListings, readMarket } from '@wijk/contracts/market';
import { readWallet } from '@wijk/contracts/wallet';
import { amountText, pageTexts, t } from '@wijk/i18n';
import { type MarketFilter, marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { filterIn, kindInAddress, languageName, listingCard } from '#lib/server/market.ts';
import { stop } from '#lib/server/refusal.ts';
import { creditSpeaker } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { PageServerLoad, PageServerLoadEvent } from './$types';

/** 'Klussen (9)' */
const counted = (label: string, count: number, capped: boolean) =>
  `${label} (${count}${capped ? '+' : ''})`;

/** A member who names no amount means what they can spend now; the form then shows it. */
async function withOwnBudget(event: PageServerLoadEvent, read: ReturnType<typeof filterIn>) {
  const { locals } = event;
  const { actor } = await locals.context();
  if (!actor || !read.budgetWrong || read.filter.budget) return read;
  const wallet = await api(event)(readWallet, { params: { wijk: locals.slug }, query: {} });
  if (!wallet.ok) return read;
  const budget = Math.max(0, wallet.data.available);
  return {
    filter: { ...read.filter, budget: amountText(locals.locale, budget) },
    wanted: { ...read.wanted, price: 'budget' as const, budget },
    budgetWrong: false,
  };
}

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const call = api(event);
  const { filter, wanted, budgetWrong } = await withOwnBudget(event, filterIn(url));
  const cursor = url.searchParams.get('na');
  const params = { wijk: locals.slug };
  const [market, found] = await Promise.all([
    call(readMarket, { params }),
    call(findListings, { params, query: { ...wanted, ...(cursor ? { cursor } : {}) } }),
  ]);
  if (!market.ok) stop(market);
  // an old or mangled place in the list: begin at the top again
  if (!found.ok && cursor && found.problem.code === 'kernel.invalid')
    redirect(303, marketPaths(locals.base).market(filter));
  if (!found.ok) stop(found);
  const w = pageTexts(locals.locale, 'market');
  const say = await creditSpeaker(locals, market.data.unit);
  const { items, total, isCapped, corrected, counts, nextCursor } = found.data;
  const option = (value: string, label: string, count: number) => ({
    value,
    label: counted(label, count, isCapped),
  });
  /** Those with something behind them, and the one that was chosen. */
  const some = (
    all: { value: string; name: string }[],
    of: Record<string, number>,
    own?: string | null,
  ) =>
    all
      .filter(({ value }) => (of[value] ?? 0) > 0 || value === own)
      .map(({ value, name }) => option(value, name, of[value] ?? 0));
  const chosen = Object.entries(filter).filter(
    ([name, value]) => value && name !== 'words' && name !== 'kind' && name !== 'budget',
  ).length;
  if (!cursor && chosen === 0 && !filter.words && !filter.kind)
    locals.open = { title: w.title, description: w.lead, path: marketPaths('').market() };
  const languages = Object.keys(counts.language).concat(wanted.language ?? []);
  const all = Object.values(counts.kind).reduce((sum, n) => sum + n, 0);
  return {
    texts: w,
    filter,
    chosen,
    budgetWrong,
    plural: market.data.unit.plural,
    paged: cursor !== null,
    total,
    isCapped,
    corrected,
    next: nextCursor,
    title: filter.words ? fill(w.titleFor, { words: filter.words }) : w.title,
    listings: items.map((one) => listingCard(one, say)),
    kinds: [
      { label: counted(w.kinds.all, all, isCapped), value: null as string | null },
      ...(['offer', 'request', 'ehealth'] as const)
        .filter((kind) => kind !== 'ehealth' || (counts.kind.ehealth ?? 0) > 0)
        .map((kind) => ({
          label: counted(w.kinds[kind], counts.kind[kind] ?? 0, isCapped),
          value: kindInAddress(kind) as string | null,
        })),
    ],
    choices: {
      themes: some(
        market.data.themes.map(({ slug, name }) => ({ value: slug, name })),
        counts.theme,
        filter.theme,
      ),
      areas: market.data.areas.map(({ slug, name }) => ({ value: slug, label: name })),
      days: [1, 2, 3, 4, 5, 6, 7].map((day) =>
        option(
          String(day),
          t(locals.locale, `page.listing.day.${day as 1}`),
          counts.weekday[String(day)] ?? 0,
        ),
      ),
      languages: [...new Set(languages)]
        .map((code) => ({ code, name: languageName(code, locals.locale) }))
        .sort((a, b) => (counts.language[b.code] ?? 0) - (counts.language[a.code] ?? 0))
        .map(({ code, name }) => option(code, name, counts.language[code] ?? 0)),
      within: (
        [
          ['', 'wijk'],
          ['lopen', 'walk'],
          ['buurt', 'area'],
        ] as const
      ).map(([value, band]) =>
        filter.from || value === ''
          ? option(value, w.withins[band], counts.within[band])
          : { value, label: w.withins[band] },
      ),
      prices: (
        [
          ['', 'any'],
          ['gratis', 'free'],
          ['hooguit', 'budget'],
        ] as const
      ).map(([value, price]) =>
        price === 'budget' && wanted.budget === undefined
          ? { value, label: w.prices[price] }
          : option(value, w.prices[price], counts.price[price]),
      ),
      noAccount: counted(w.noAccount, counts.noAccount, isCapped),
    },
    clear: { words: filter.words, kind: filter.kind } satisfies MarketFilter,
  };
};
