import type {
  getListing as getContract,
  readListingHistory as historyContract,
  readMarket as marketContract,
  listOwnListings as ownContract,
  readProvider as providerContract,
  QueryOf,
  ReplyOf,
  readOwnListing as readOwnContract,
} from '@wijk/contracts';
import {
  listListingDecisions,
  listListingRevisions,
  listOwnListings,
  listPublishedBy,
  readMarketPolicy,
  readNamedListing,
  readPlaces,
  readProviderRow,
} from '@wijk/db/market';
import { type Actor, can, type Member } from '@wijk/domain/identity';
import { DAY_MS, DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import { listActing } from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { assertAuthor, assertMaySee, isAuthor, listingNotFound } from './access.ts';
import { positionOf, writePosition } from './cursor.ts';
import { changedIn, marksIn } from './fields.ts';
import { aroundListing, cardOf, decisionView, viewOf } from './views.ts';

/** Themes, areas and rules, with the organisations that the actor may list for. */
export async function readMarket(
  { db, wallet }: Services,
  actor: Actor,
  wijk: Wijk,
): Promise<ReplyOf<typeof marketContract>> {
  const [{ themes, areas }, policy, money, organisations] = await Promise.all([
    readPlaces(db, wijk.id),
    readMarketPolicy(db, wijk.id),
    wallet.policies.current(wijk.id),
    actor.kind === 'member' ? listActing(db, wijk.id, actor.membershipId) : [],
  ]);
  const { name, plural, symbol } = money;
  const { reviewFirst, listingDays, remindDays } = policy;
  return {
    themes,
    areas: areas.map(({ slug, name: called }) => ({ slug, name: called })),
    unit: { name, plural, symbol },
    ...{ reviewFirst, listingDays, remindDays },
    organisations: organisations.map(({ id, name: called }) => ({ id, name: called })),
  };
}

/** @throws `market.listing-not-found`, `market.listing-away` for what stood on the market once */
export async function getListing(
  { db }: Services,
  actor: Actor,
  wijk: Wijk,
  ref: string,
): Promise<ReplyOf<typeof getContract>> {
  const listing = await readNamedListing(db, wijk.id, ref);
  if (!listing) throw listingNotFound();
  const viewer = await assertMaySee(db, actor, listing);
  return viewOf(listing, viewer, await aroundListing(db, wijk.id, listing));
}

/** @throws `market.listing-not-found` */
export async function readOwnListing(
  { db }: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
): Promise<ReplyOf<typeof readOwnContract>> {
  const listing = await readNamedListing(db, wijk.id, ref);
  await assertAuthor(db, actor, listing);
  if (!listing) throw listingNotFound();
  const [[decision], around] = await Promise.all([
    listListingDecisions(db, wijk.id, [listing.id]),
    aroundListing(db, wijk.id, listing),
  ]);
  const { typed, endedAt } = listing.stored;
  return {
    ...viewOf(listing, { isAuthor: true, isMaster: can(actor, 'market.master') }, around),
    organisation: listing.organisationId,
    typed: { rate: typed.rate ?? null, places: typed.places ?? null },
    marks: marksIn({ ...listing, ...listing.stored }),
    decision: decision ? decisionView(decision) : null,
    endedAt: endedAt?.toISOString() ?? null,
    ending: listing.ending,
    hold: listing.hold,
  };
}

export async function ownListings(
  { db, clock }: Services,
  actor: Member,
  wijk: Wijk,
  { cursor, limit }: QueryOf<typeof ownContract>,
): Promise<ReplyOf<typeof ownContract>> {
  const acting = await listActing(db, wijk.id, actor.membershipId);
  const own = { membershipId: actor.membershipId, organisations: acting.map(({ id }) => id) };
  const page = { after: positionOf(cursor), limit: limit + 1 };
  const rows = await listOwnListings(db, wijk.id, own, page);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const [policy, decisions] = await Promise.all([
    readMarketPolicy(db, wijk.id),
    listListingDecisions(
      db,
      wijk.id,
      shown.map(({ id }) => id),
    ),
  ]);
  const soon = clock.now().getTime() + policy.remindDays * DAY_MS;
  return {
    items: shown.map((row) => {
      const decision = decisions.find(({ listingId }) => listingId === row.id);
      const stands = row.state === 'published' || row.state === 'paused';
      return {
        ...cardOf(row),
        madeAt: row.madeAt.toISOString(),
        expiresAt: row.expiresAt?.toISOString() ?? null,
        endsSoon: stands && row.expiresAt !== null && row.expiresAt.getTime() <= soon,
        ending: row.ending,
        hold: row.hold,
        decision: decision ? decisionView(decision) : null,
      };
    }),
    nextCursor:
      rows.length > limit && last ? writePosition({ at: last.madeAt, id: last.id }) : null,
  };
}

/** What a listing said before. @throws `market.listing-not-found` */
export async function listingHistory(
  { db }: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
): Promise<ReplyOf<typeof historyContract>> {
  const listing = await readNamedListing(db, wijk.id, ref);
  if (!listing) throw listingNotFound();
  const master = can(actor, 'market.master') && listing.state !== 'draft';
  if (!master && !(await isAuthor(db, actor, listing))) throw listingNotFound();
  const [revisions, decisions] = await Promise.all([
    listListingRevisions(db, wijk.id, listing.id),
    listListingDecisions(db, wijk.id, [listing.id]),
  ]);
  const now = {
    ...{ title: listing.title, body: listing.stored.wholeBody, theme: listing.theme?.slug },
    ...{ area: listing.area?.slug, organisationId: listing.organisationId },
    ...{
      languages: listing.languages,
      shell: listing.shell,
      mode: listing.mode,
      rate: listing.rate,
    },
    ...{ places: listing.places, periods: listing.periods, availability: listing.availability },
    ...listing.stored,
  };
  return {
    title: listing.title,
    revisions: revisions.map(({ version, was, by, at }, i) => ({
      ...{ version, by, at: at.toISOString() },
      title: String(was.title ?? ''),
      body: String(was.body ?? ''),
      changed: changedIn(was, i === 0 ? now : (revisions[i - 1]?.was ?? {})),
    })),
    decisions: decisions.map((one) => ({ ...decisionView(one), by: one.by })),
  };
}

const PUBLISHED_SHOWN = 60;

/** Somebody with nothing published has no page. @throws `market.provider-not-found` */
export async function readProvider(
  { db }: Services,
  wijk: Wijk,
  key: string,
): Promise<ReplyOf<typeof providerContract>> {
  const id = key.slice(2);
  const of = key.startsWith('o-') ? { organisationId: id } : { membershipId: id };
  const [items, row] = await Promise.all([
    listPublishedBy(db, wijk.id, of, PUBLISHED_SHOWN),
    readProviderRow(db, wijk.id, of),
  ]);
  if (items.length === 0 || !row) throw new DomainError('not-found', 'market.provider-not-found');
  return {
    provider: {
      key,
      kind: key.startsWith('o-') ? 'organisation' : 'member',
      name: row.name,
      title: row.title,
    },
    about: row.about,
    items: items.map(cardOf),
  };
}
