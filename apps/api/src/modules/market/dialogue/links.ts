import { type Executor, inTransaction } from '@wijk/db/kernel';
import { lockListing, saveListing } from '@wijk/db/market';
import type { Actor, Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { mayBecomeQuestion, mayBeLinked } from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import { type QuestionForMarket, questionForMarket } from '../../vraagbaak/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { assertAuthor, listingNotFound } from '../listings/access.ts';

/**
 * A question of the actor's own that the market may keep beside something of theirs. Of one whose asker is hidden
 * nothing is kept, and whoever asks for it all the same is refused instead of told less than they think.
 * @throws what hides the question; `market.not-your-question`, `market.question-sealed`
 */
export async function ownLinkable(
  db: Executor,
  actor: Actor,
  wijk: Wijk,
  ref: string,
): Promise<QuestionForMarket> {
  const question = await questionForMarket(db, wijk.id, ref, actor);
  if (!question.isAsker) throw new DomainError('forbidden', 'market.not-your-question');
  if (!mayBeLinked(question)) throw new DomainError('conflict', 'market.question-sealed');
  return question;
}

/**
 * Says which question a request became (M9). The first one stays: a request that is asked about twice is one
 * question, and another.
 * @throws `market.listing-not-found`, `market.not-a-request`, and what `ownLinkable` throws
 */
export async function linkQuestionAsked(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  questionRef: string,
): Promise<void> {
  const question = await ownLinkable(services.db, actor, wijk, questionRef);
  await inTransaction(services.db, async (tx) => {
    const listing = await lockListing(tx, wijk.id, { ref });
    await assertAuthor(tx, actor, listing);
    if (!listing) throw listingNotFound();
    if (!mayBecomeQuestion(listing)) throw new DomainError('conflict', 'market.not-a-request');
    if (listing.becameQuestionId !== null) return;
    await saveListing(tx, wijk.id, listing.id, { becameQuestionId: question.id });
  });
}
