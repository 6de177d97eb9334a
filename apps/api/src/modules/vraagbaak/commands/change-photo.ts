import type { BodyOf, removePhoto as removeContract } from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  emptyPhotos,
  isAsker,
  type LockedQuestion,
  lockPhotos,
  lockQuestion,
  saveAlt,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { accessQuestion } from '../access.ts';
import { hintAsker, hintQuestion } from '../standing.ts';
import { assertNotOwn, recordDecision } from './decision.ts';
import { recordAction } from './desk-action.ts';

interface OfQuestion {
  ref: string;
  photoId: string;
}

/** @throws `vraagbaak.photo-not-found` */
async function lockPhotoOf(
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
  photoId: string,
): Promise<void> {
  const [photo] = await lockPhotos(tx, wijk.id, [photoId]);
  if (photo?.questionId !== question.id || photo.removedAt)
    throw new DomainError('not-found', 'vraagbaak.photo-not-found');
}

/** @throws `vraagbaak.not-your-question`, `vraagbaak.photo-not-found`; what hides the question */
async function byAsker(
  services: Services,
  actor: Member,
  wijk: Wijk,
  { ref, photoId }: OfQuestion,
  change: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await accessQuestion(services, wijk.id, ref, actor);
  await inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    if (!(await isAsker(tx, wijk.id, question.id, actor.membershipId)))
      throw new DomainError('forbidden', 'vraagbaak.not-your-question');
    await lockPhotoOf(tx, wijk, question, photoId);
    await change(tx);
    await hintQuestion(tx, wijk.id, question, 'photo');
  });
}

/** The asker says what is on a photo, or says it better. */
export function describePhoto(
  services: Services,
  actor: Member,
  wijk: Wijk,
  of: OfQuestion,
  alt: string,
): Promise<void> {
  return byAsker(services, actor, wijk, of, (tx) => saveAlt(tx, wijk.id, of.photoId, alt));
}

/** The asker takes a photo of theirs away. Its bytes are gone at once; nothing brings it back. */
export function removeOwnPhoto(
  services: Services,
  actor: Member,
  wijk: Wijk,
  of: OfQuestion,
): Promise<void> {
  return byAsker(services, actor, wijk, of, (tx) =>
    emptyPhotos(tx, wijk.id, { id: of.photoId }, services.clock.now()),
  );
}

/**
 * The redactie deletes a photo (V11): somebody else's face, a number plate, a letter with a name. What
 * should not be there is not kept, so there is no undo; its author gets the reason and may appeal.
 * @throws `vraagbaak.photo-not-found`, `vraagbaak.own-content`
 */
export async function removePhoto(
  services: Services,
  actor: Member,
  wijk: Wijk,
  { ref, photoId }: OfQuestion,
  { reason, message }: BodyOf<typeof removeContract>,
): Promise<{ undo: null }> {
  await inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    await assertNotOwn(tx, wijk, question, actor);
    await lockPhotoOf(tx, wijk, question, photoId);
    const now = services.clock.now();
    await emptyPhotos(tx, wijk.id, { id: photoId }, now);
    const decisionId = await recordDecision(
      services,
      tx,
      {
        wijkId: wijk.id,
        questionId: question.id,
        answerId: null,
        kind: 'photo-removed',
        reason,
        message,
        by: actor.membershipId,
      },
      now,
    );
    await recordAction(tx, wijk, actor, 'remove-photo', question, {}, now, decisionId);
    await hintQuestion(tx, wijk.id, question, 'moderation');
    await hintAsker(tx, wijk.id, question.id);
  });
  return { undo: null };
}
