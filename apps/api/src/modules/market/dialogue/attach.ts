import { hintLive, inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  endAttachment,
  findListing,
  holdAnswer,
  insertAttachment,
  listAttachments,
  type StoredListing,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { ATTACHED_MAX, freePlace, isAttachable, mayAttach } from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import {
  authorOfAnswer,
  type QuestionForMarket,
  questionForMarket,
} from '../../vraagbaak/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { listingNotFound } from '../listings/access.ts';

/** A listing, and the answer that it is put under or taken from. */
export interface OfAnswer {
  question: string;
  answer: string;
  listing: string;
}

/**
 * Puts a listing under an answer; once more changes nothing. What ended meanwhile gives its place to the new one.
 * @throws what hides the question; `vraagbaak.answer-not-found`, `market.not-your-answer`,
 *   `market.not-attachable`, `market.too-many-attached` {max}, `vraagbaak.question-closed`
 */
export async function attachListing(
  services: Services,
  actor: Member,
  wijk: Wijk,
  of: OfAnswer,
): Promise<void> {
  await underAnswer(services, actor, wijk, of, async (tx, question, listing) => {
    if (!listing || !isAttachable(listing))
      throw new DomainError('conflict', 'market.not-attachable');
    if (!question.stands) throw new DomainError('conflict', 'vraagbaak.question-closed');
    const now = services.clock.now();
    const there = await listAttachments(tx, wijk.id, of.answer);
    if (there.some(({ listingId }) => listingId === listing.id)) return false;
    const standing = await keepStanding(tx, wijk, of.answer, there, actor, now);
    const place = freePlace(standing, ATTACHED_MAX);
    if (place === null)
      throw new DomainError('conflict', 'market.too-many-attached', {
        params: { max: ATTACHED_MAX },
      });
    await insertAttachment(tx, {
      ...{ wijkId: wijk.id, id: uuidv7(now), questionId: question.id, answerId: of.answer },
      ...{ listingId: listing.id, place, by: actor.membershipId, at: now },
    });
    return true;
  });
}

/**
 * Takes a listing away from under an answer; what does not stand there changes nothing.
 * @throws as `attachListing`, but for what is about the listing
 */
export async function detachListing(
  services: Services,
  actor: Member,
  wijk: Wijk,
  of: OfAnswer,
): Promise<void> {
  await underAnswer(services, actor, wijk, of, async (tx, _question, listing) => {
    if (!listing) throw listingNotFound();
    const ids = { answerId: of.answer, listingId: listing.id };
    return endAttachment(tx, wijk.id, ids, actor.membershipId, services.clock.now());
  });
}

/** @param change whether the page is another one afterwards */
async function underAnswer(
  services: Services,
  actor: Member,
  wijk: Wijk,
  of: OfAnswer,
  change: (
    tx: Transaction,
    question: QuestionForMarket,
    listing: StoredListing | undefined,
  ) => Promise<boolean>,
): Promise<void> {
  const question = await questionForMarket(services.db, wijk.id, of.question, actor);
  await inTransaction(services.db, async (tx) => {
    await holdAnswer(tx, wijk.id, of.answer);
    const author = await authorOfAnswer(tx, wijk.id, question.id, of.answer);
    if (!mayAttach({ wroteIt: author === actor.membershipId, isEditor: question.isEditor }))
      throw new DomainError('forbidden', 'market.not-your-answer');
    const listing = await findListing(tx, wijk.id, { ref: of.listing });
    if (!(await change(tx, question, listing))) return;
    const { ref } = question;
    await hintLive(tx, { w: wijk.id, t: `question:${ref}`, r: ref, k: 'answer' });
  });
}

/** Takes away what nobody sees there any more, for its place. @returns the places that are taken */
async function keepStanding(
  tx: Transaction,
  wijk: Wijk,
  answerId: string,
  there: Awaited<ReturnType<typeof listAttachments>>,
  { membershipId }: Member,
  now: Date,
): Promise<number[]> {
  if (there.length < ATTACHED_MAX) return there.map(({ place }) => place);
  const places: number[] = [];
  for (const { listingId, place } of there) {
    const listing = await findListing(tx, wijk.id, { id: listingId });
    // what is paused may come back: it keeps its place
    const stays = listing && (isAttachable(listing) || listing.state === 'paused');
    if (stays) places.push(place);
    else await endAttachment(tx, wijk.id, { answerId, listingId }, membershipId, now);
  }
  return places;
}
