import type { listMatches as matchesContract, ReplyOf, readUnmatched } from '@wijk/contracts';
import type { Executor } from '@wijk/db/kernel';
import {
  findHandover,
  listUnmatched,
  readMarketPolicy,
  readNamedListing,
  readPlaces,
  readPublished,
  readWelfare,
  type StoredHandover,
  type StoredListing,
} from '@wijk/db/market';
import { can, type Member } from '@wijk/domain/identity';
import { DAY_MS } from '@wijk/domain/kernel';
import { type MarketArea, type Match, matchesOf, type Ranked } from '@wijk/domain/market';
import { filterStems, type ListingSearchPort } from '@wijk/search';
import type { Services } from '../../../services.ts';
import { actsFor, organisationNames, organisationsOf } from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { isAuthor, listingNotFound } from '../listings/access.ts';
import { bandsFrom } from '../listings/find.ts';
import { cardOf } from '../listings/views.ts';

/** So many are shown; whoever wants more searches. */
const SHOWN = 5;
/** More than a market master looks at in a morning. */
const LISTED = 50;

type Wanted = Pick<
  StoredListing,
  'id' | 'kind' | 'title' | 'languages' | 'membershipId' | 'organisationId'
> & { theme: string | null; area: string | null };

const opposite = (kind: Wanted['kind']) => (kind === 'request' ? 'offer' : 'request');

/** Those of the other kind that share its words or its theme, the best first. */
async function fitting(
  search: ListingSearchPort,
  wijkId: string,
  one: Wanted,
  areas: readonly MarketArea[],
): Promise<Match<Ranked>[]> {
  if (one.theme === null || one.area === null) return [];
  const kind = opposite(one.kind);
  const ask = (text: string, theme?: string) =>
    search.find(wijkId, { text, filters: filterStems({ kind, theme }, null), maxRate: null });
  const [byWords, byTheme] = await Promise.all([ask(one.title), ask('', one.theme)]);
  const all = new Map([...byTheme.found, ...byWords.found].map((each) => [each.id, each]));
  const wanted = { theme: one.theme, languages: one.languages };
  return matchesOf(wanted, [...all.values()], bandsFrom(areas, one.area));
}

/** As cards, without what is of the same author. */
async function matchViews(
  db: Executor,
  search: ListingSearchPort,
  wijkId: string,
  one: Wanted,
  areas: readonly MarketArea[],
) {
  const matches = await fitting(search, wijkId, one, areas);
  const near = matches.slice(0, SHOWN * 3);
  const rows = await readPublished(
    db,
    wijkId,
    near.map(({ listing }) => listing.id),
  );
  const whose = ({
    membershipId,
    organisationId,
  }: Pick<Wanted, 'membershipId' | 'organisationId'>) => organisationId ?? membershipId;
  return rows
    .filter((row) => row.kind === opposite(one.kind) && whose(row) !== whose(one))
    .slice(0, SHOWN)
    .map((row) => ({
      listing: cardOf(row),
      reasons: near.find(({ listing }) => listing.id === row.id)?.reasons ?? [],
    }));
}

async function handoverView(
  db: Executor,
  wijkId: string,
  one: StoredHandover | undefined,
  withNote: boolean,
) {
  if (!one) return null;
  const names = await organisationNames(db, wijkId, [one.organisationId]);
  return {
    organisation: names.get(one.organisationId) ?? '',
    ...{ note: withNote ? one.note : '', byClock: one.by === null, at: one.at.toISOString() },
  };
}

/**
 * For its author, the market master, and who acts for the organisation that it went to; what the market master wrote
 * with it is for the last two.
 * @throws `market.listing-not-found` to anybody else
 */
export async function listingMatches(
  { db }: Services,
  search: ListingSearchPort,
  actor: Member,
  wijk: Wijk,
  ref: string,
): Promise<ReplyOf<typeof matchesContract>> {
  const listing = await readNamedListing(db, wijk.id, ref);
  if (!listing) throw listingNotFound();
  const isMaster = can(actor, 'market.master') && listing.state !== 'draft';
  const handed = await findHandover(db, wijk.id, listing.id);
  const helps = handed && (await actsFor(db, wijk.id, handed.organisationId, actor.membershipId));
  if (!isMaster && !helps && !(await isAuthor(db, actor, listing))) throw listingNotFound();
  const { areas } = await readPlaces(db, wijk.id);
  const stands = listing.state === 'published' && listing.kind !== 'ehealth';
  const wanted = {
    ...listing,
    theme: listing.theme?.slug ?? null,
    area: listing.area?.slug ?? null,
  };
  return {
    items: stands ? await matchViews(db, search, wijk.id, wanted, areas) : [],
    handover: await handoverView(db, wijk.id, handed, isMaster || helps === true),
    helps: helps === true,
  };
}

/** The market master's board. */
export async function unmatched(
  { db, clock }: Services,
  search: ListingSearchPort,
  wijk: Wijk,
  kind: 'offer' | 'request',
): Promise<ReplyOf<typeof readUnmatched>> {
  const [rows, { areas }, policy, welfare, organisations] = await Promise.all([
    listUnmatched(db, wijk.id, kind, LISTED),
    readPlaces(db, wijk.id),
    readMarketPolicy(db, wijk.id),
    readWelfare(db, wijk.id),
    organisationsOf(db, wijk.id),
  ]);
  const cards = await readPublished(
    db,
    wijk.id,
    rows.map(({ id }) => id),
  );
  const now = clock.now().getTime();
  const items = [];
  // one after the other: a board must not take all connections of the house
  for (const card of cards) {
    const row = rows.find(({ id }) => id === card.id);
    if (!row?.publishedAt) continue;
    items.push({
      listing: cardOf(card),
      days: Math.floor((now - row.publishedAt.getTime()) / DAY_MS),
      matches: await matchViews(db, search, wijk.id, row, areas),
      handover: await handoverView(db, wijk.id, await findHandover(db, wijk.id, row.id), true),
    });
  }
  const named = organisations.find(({ id }) => id === welfare.organisationId);
  return { items, unmatchedDays: policy.unmatchedDays, welfare: named ?? null, organisations };
}
