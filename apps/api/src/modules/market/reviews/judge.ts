import type {
  BodyOf,
  decideReview as decideContract,
  flagReview as flagContract,
} from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import { addReviewDecision, changeReview, reviewDecisions } from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import { sidesOf } from '../orders/sides.ts';
import { hintSides, isShown, lockReview, reviewNotFound, tellReview } from './write.ts';

const gone = () => new DomainError('gone', 'market.review-removed');

/**
 * Somebody asks the market master to look. A second one changes nothing: it is on the list already.
 * @throws `market.review-not-found` for one that is not shown, `market.review-removed`, `market.review-judged`
 */
export async function flagReview(
  services: Services,
  { wijkId, membershipId }: Member,
  id: string,
  { reason, note }: BodyOf<typeof flagContract>,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    const { order, review } = await lockReview(tx, wijkId, id);
    if (!isShown(review, now)) throw reviewNotFound();
    if (review.removedAt) throw gone();
    if (review.flaggedAt) return;
    const judged = await reviewDecisions(tx, wijkId, order.id);
    if (judged.some(({ reviewId }) => reviewId === id))
      throw new DomainError('conflict', 'market.review-judged');
    const flag = { flagReason: reason, flagNote: note, flaggedBy: membershipId, flaggedAt: now };
    await changeReview(tx, wijkId, id, flag);
    await tellReview(services, tx, 'review.flagged.v1', order, id);
  });
}

/**
 * The market master decides once about what was pointed at, never where they are at a side. The same decision again
 * changes nothing.
 * @throws `market.review-not-found`, `market.own-order`, `market.review-judged`, `kernel.invalid` without a reason
 */
export async function decideReview(
  services: Services,
  { wijkId, membershipId }: Member,
  id: string,
  { decision, reason, note }: BodyOf<typeof decideContract>,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    const { order, review } = await lockReview(tx, wijkId, id);
    if ((await sidesOf(tx, wijkId, order, membershipId)).length > 0)
      throw new DomainError('forbidden', 'market.own-order');
    if (decision === 'remove' && reason === null)
      throw new DomainError('invalid', 'kernel.invalid', {
        errors: [{ pointer: 'reason', code: 'required' }],
      });
    const before = (await reviewDecisions(tx, wijkId, order.id)).find((d) => d.reviewId === id);
    if (before?.decision === decision && before.by === membershipId) return;
    if (before) throw new DomainError('conflict', 'market.review-judged');
    if (!review.flaggedAt) throw reviewNotFound();
    await addReviewDecision(tx, {
      ...{ wijkId, id: uuidv7(now), reviewId: id, decision, note, by: membershipId, at: now },
      reason: decision === 'remove' ? reason : null,
    });
    const done = { flagReason: null, flaggedAt: null };
    await changeReview(tx, wijkId, id, {
      ...done,
      ...(decision === 'remove' ? { removedAt: now } : {}),
    });
    if (decision === 'remove') await tellReview(services, tx, 'review.removed.v1', order, id);
    await hintSides(tx, order);
  });
}
