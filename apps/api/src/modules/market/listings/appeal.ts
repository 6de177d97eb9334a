import type {
  appealListing as appealContract,
  BodyOf,
  decideListingAppeal as decideContract,
  listListingAppeals as listContract,
  ReplyOf,
  readListingAppeal as readContract,
} from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  addListingAppeal,
  addListingDecision,
  closeListingAppeal,
  findListing,
  findListingAppeal,
  findListingDecision,
  listListingDecisions,
  listOpenListingAppeals,
  memberName,
  readMarketPolicy,
  type StoredListing,
  type StoredListingDecision,
  saveListing,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { appealRefusal, assertMayDecideMarketAppeal, LISTING_REASONS } from '@wijk/domain/market';
import { reindexListings } from '@wijk/search';
import type { Services } from '../../../services.ts';
import { organisationNames } from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { holdFor, lockOffer } from '../vetting/holds.ts';
import { assertAuthor, isAuthor, listingNotFound } from './access.ts';
import { published } from './step.ts';
import { tellListing } from './tell.ts';
import { decisionView } from './views.ts';

/** What was decided last about a listing of the actor, and what they said to it. @throws `market.listing-not-found` */
export async function readListingAppeal(
  { db, clock }: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
): Promise<ReplyOf<typeof readContract>> {
  const listing = await findListing(db, wijk.id, { ref });
  await assertAuthor(db, actor, listing);
  if (!listing) throw listingNotFound();
  // what came of an appeal is a decision too: shown is the last one that was against its author
  const decisions = await listListingDecisions(db, wijk.id, [listing.id]);
  const decision = decisions.find(isAgainst);
  const appeal = decision && (await findListingAppeal(db, wijk.id, { decisionId: decision.id }));
  const against = decision !== undefined;
  return {
    ...{ title: listing.title, slug: listing.slug },
    decision: decision ? { ...decisionView(decision), decision: decision.decision } : null,
    appeal: appeal
      ? {
          ...{ body: appeal.body, outcome: appeal.outcome, reply: appeal.reply },
          by: appeal.decidedBy ? await memberName(db, wijk.id, appeal.decidedBy) : null,
          at: appeal.at.toISOString(),
          decidedAt: appeal.decidedAt?.toISOString() ?? null,
        }
      : null,
    mayAppeal:
      decision !== undefined &&
      stands(listing, decision.decision) &&
      appealRefusal({ against, at: decision.at, appealed: appeal !== undefined }, clock.now()) ===
        null,
  };
}

/** Whether a decision is still what keeps the listing where it is. */
const stands = (listing: StoredListing, decision: StoredListingDecision['decision']) =>
  decision === 'refuse'
    ? listing.state === 'draft'
    : decision === 'remove' && listing.ending === 'removed';

/** Against the listing as a whole; a photo that was deleted cannot come back. */
const isAgainst = <D extends { decision: StoredListingDecision['decision'] }>(
  one: D,
): one is D & { decision: 'refuse' | 'remove' } =>
  one.decision === 'refuse' || one.decision === 'remove';

/**
 * The author does not agree, once for each decision and within half a year. The same words once more change nothing.
 * @throws `market.listing-not-found`, `market.no-appeal`, `kernel.invalid` without words
 */
export async function appealListing(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  { decision: id, body }: BodyOf<typeof appealContract>,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    const listing = await lockOffer(tx, wijk.id, { ref });
    await assertAuthor(tx, actor, listing);
    const decision = await findListingDecision(tx, wijk.id, id);
    if (!listing || decision?.listingId !== listing.id) throw listingNotFound();
    const earlier = await findListingAppeal(tx, wijk.id, { decisionId: id });
    if (earlier?.body === body) return;
    const against = isAgainst(decision) && stands(listing, decision.decision);
    if (appealRefusal({ against, at: decision.at, appealed: earlier !== undefined }, now))
      throw new DomainError('conflict', 'market.no-appeal');
    if (body === '') throw required('body');
    const appealId = uuidv7(now);
    await addListingAppeal(tx, {
      ...{ wijkId: wijk.id, id: appealId, decisionId: id, listingId: listing.id, body },
      ...{ by: actor.membershipId, at: now },
    });
    await tellListing(services, tx, 'listing.appealed.v1', listing, { appealId });
  });
}

const required = (pointer: string) =>
  new DomainError('invalid', 'kernel.invalid', { errors: [{ pointer, code: 'required' }] });

const SHOWN = 100;

/** Appeals that wait, oldest first, with whether the reader may answer each. */
export async function listListingAppeals(
  { db }: Services,
  actor: Member,
  wijk: Wijk,
): Promise<ReplyOf<typeof listContract>> {
  const rows = await listOpenListingAppeals(db, wijk.id, SHOWN);
  return {
    items: await Promise.all(
      rows.map(async (row) => {
        const own = await isAuthor(db, actor, row);
        const name = row.organisationId
          ? (await organisationNames(db, wijk.id, [row.organisationId])).get(row.organisationId)
          : await memberName(db, wijk.id, row.membershipId);
        return {
          ...{ id: row.id, body: row.body, at: row.at.toISOString(), listing: row.listing },
          by: {
            key: row.organisationId ? `o-${row.organisationId}` : `m-${row.membershipId}`,
            name: name || null,
          },
          decision: {
            ...{
              id: row.decisionId,
              decision: row.decision,
              note: row.note,
              by: row.decidedByName,
            },
            reason: LISTING_REASONS.find((one) => one === row.reason) ?? null,
            at: row.decidedAt.toISOString(),
          },
          refusal: own ? 'own' : row.decidedBy === actor.membershipId ? 'decided' : null,
        } as const;
      }),
    ),
  };
}

/**
 * Somebody else looks again. Granted, the listing stands where it would have stood without the decision: what was
 * taken away is in view again, what was sent back is published.
 * @throws `market.appeal-not-found`, `market.appeal-decided`, `market.own-appeal`, `market.own-decision`,
 *   `kernel.invalid` without reasons
 */
export async function decideListingAppeal(
  services: Services,
  actor: Member,
  wijk: Wijk,
  id: string,
  { outcome, reply }: BodyOf<typeof decideContract>,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    const peek = await findListingAppeal(tx, wijk.id, { id });
    const listing = peek && (await lockOffer(tx, wijk.id, { id: peek.listingId }));
    // read again behind the lock: somebody may have answered meanwhile
    const appeal = listing && (await findListingAppeal(tx, wijk.id, { id }));
    const decision = appeal && (await findListingDecision(tx, wijk.id, appeal.decisionId));
    if (!decision) throw new DomainError('not-found', 'market.appeal-not-found');
    if (appeal.decidedAt) throw new DomainError('conflict', 'market.appeal-decided');
    assertMayDecideMarketAppeal({
      isParty: appeal.by === actor.membershipId || (await isAuthor(tx, actor, listing)),
      tookPart: decision.by === actor.membershipId,
    });
    if (reply === '') throw required('reply');
    const decided = { outcome, reply, decidedBy: actor.membershipId, decidedAt: now };
    await closeListingAppeal(tx, wijk.id, id, decided);
    if (outcome === 'granted')
      await restore(services, tx, listing, { by: actor.membershipId, note: reply, decision });
    await tellListing(services, tx, 'listing.appeal-decided.v1', listing, { appealId: id });
  });
}

/** As if the market master had published it; what its author changed or threw away since is theirs. */
async function restore(
  { clock }: Services,
  tx: Transaction,
  listing: StoredListing,
  { by, note, decision }: { by: string; note: string; decision: StoredListingDecision },
): Promise<void> {
  const { wijkId, id, kind, editedAt } = listing;
  // what its author wrote anew since is handed in as any other text
  const anew = editedAt !== null && editedAt > decision.at;
  if (anew || !stands(listing, decision.decision)) return;
  const now = clock.now();
  const policy = await readMarketPolicy(tx, wijkId);
  // an app is shown by two curators, never by an appeal against the market master
  const hold = kind === 'ehealth' ? null : await holdFor(tx, listing, policy, now);
  const back =
    hold || kind === 'ehealth'
      ? { state: 'review' as const, submittedAt: now, endedAt: null, ending: null, hold }
      : published(listing, policy, now);
  const saved = await saveListing(tx, wijkId, id, back);
  await addListingDecision(tx, {
    ...{ wijkId, id: uuidv7(now), listingId: id, decision: 'publish', note, at: now, by },
    reason: null,
  });
  await reindexListings(tx, wijkId, [saved.id]);
}
