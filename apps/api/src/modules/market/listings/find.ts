import type { findListings as contract, QueryOf, ReplyOf } from '@wijk/contracts';
import { readPlaces, readPublished } from '@wijk/db/market';
import {
  type Band,
  bandOf,
  before,
  inOrder,
  type MarketArea,
  nearness,
  placeOf,
  reasonsOf,
  sift,
  type Wish,
} from '@wijk/domain/market';
import { filterStems, type ListingSearchPort } from '@wijk/search';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { placeIn, writePlace } from './cursor.ts';
import { cardOf } from './views.ts';

/** How far each area is from the one that was named; null where none was. */
export function bandsFrom(
  areas: readonly MarketArea[],
  from: string | undefined,
): (area: string) => Band | null {
  const own = areas.find(({ slug }) => slug === from);
  if (!own) return () => null;
  const bands = new Map(areas.map((area) => [area.slug, bandOf(own, area)]));
  return (area) => bands.get(area) ?? 'wijk';
}

/** The areas within the distance that was chosen; null where none was. */
const areasWithin = (
  areas: readonly MarketArea[],
  bandTo: (area: string) => Band | null,
  within: Wish['within'],
): string[] | null =>
  within
    ? areas
        .map(({ slug }) => slug)
        .filter((slug) => {
          const band = bandTo(slug);
          return band === 'area' || (within === 'walk' && band === 'walk');
        })
    : null;

/**
 * A page of what fits, the same for every visitor with the same wishes. Where the market holds more than
 * is looked at, the filters are searched for as words, and the figures beside them are at least so many.
 */
export async function findListings(
  { db }: Services,
  search: ListingSearchPort,
  wijk: Wijk,
  query: QueryOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const { q: text = '', cursor, limit, from, account, ...rest } = query;
  const { areas } = await readPlaces(db, wijk.id);
  const bandTo = bandsFrom(areas, from);
  const wish: Wish = {
    ...rest,
    // without an area to count from there is no distance
    within: bandTo(areas[0]?.slug ?? '') === null ? undefined : rest.within,
    noAccount: account === 'none',
  };
  const after = placeIn(cursor);
  const filters = filterStems(wish, areasWithin(areas, bandTo, wish.within));
  const maxRate = wish.price === 'budget' ? (wish.budget ?? null) : null;
  const { all, narrowed } = await search.findBoth(wijk.id, { text, filters, maxRate });
  const { fitting, counts } = sift(all.found, wish, bandTo);
  const found = narrowed ? sift(narrowed.found, wish, bandTo).fitting : fitting;
  const ordered = inOrder(found, bandTo);
  const left = after ? ordered.filter((one) => before(after, placeOf(one)) < 0) : ordered;
  const shown = left.slice(0, limit);
  const last = shown.at(-1);
  const rows = await readPublished(
    db,
    wijk.id,
    shown.map(({ listing }) => listing.id),
  );
  const byId = new Map(shown.map(({ listing }) => [listing.id, listing]));
  return {
    items: rows.flatMap((row) => {
      const listing = byId.get(row.id);
      if (!listing) return [];
      const band = nearness(listing, bandTo(listing.area));
      return [{ ...cardOf(row), band, reasons: reasonsOf(listing, wish, band) }];
    }),
    total: found.length,
    isCapped: narrowed ? narrowed.isCapped : all.isCapped,
    corrected: all.corrected,
    counts,
    nextCursor: left.length > limit && last ? writePlace(placeOf(last)) : null,
  };
}
