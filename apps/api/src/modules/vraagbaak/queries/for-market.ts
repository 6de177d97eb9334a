import type { Executor, Transaction } from '@wijk/db/kernel';
import { readStandings, type StandingQuestion } from '@wijk/db/vraagbaak';
import { type Actor, can } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { canAnswer, isOpenToReaders } from '@wijk/domain/vraagbaak';
import { isInView, maySee, notToSee, viewerOf } from '../access.ts';
import { answerInView } from '../commands/reply-words.ts';

/** A question as the market needs it, for a reader who may see it. */
export interface QuestionForMarket extends StandingQuestion {
  isAsker: boolean;
  /** it can be answered still */
  stands: boolean;
  /** the reader is of the redactie */
  isEditor: boolean;
}

/** @throws what `accessQuestion` throws to whoever may not see it */
export async function questionForMarket(
  db: Executor,
  wijkId: string,
  ref: string,
  actor: Actor,
): Promise<QuestionForMarket> {
  const [question] = await readStandings(db, wijkId, { ref });
  if (!question) throw new DomainError('not-found', 'vraagbaak.question-not-found');
  const viewer = await viewerOf({ db }, wijkId, question.id, actor);
  if (!maySee(question, actor, viewer)) throw notToSee(question);
  return {
    ...question,
    isAsker: viewer.isAsker,
    stands: canAnswer(question.status),
    isEditor: can(actor, 'vraagbaak.edit-desk'),
  };
}

/** Who wrote an answer that readers see. @throws `vraagbaak.answer-not-found` */
export async function authorOfAnswer(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  answerId: string,
): Promise<string> {
  return (await answerInView(tx, wijkId, questionId, answerId)).membershipId;
}

/** A question as a link to it says it. */
export interface QuestionLink {
  ref: string;
  slug: string;
  title: string;
  openToReaders: boolean;
}

/** Of these the ones that anybody may read with the name of who asked, by id. */
export async function linksInView(
  db: Executor,
  wijkId: string,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, QuestionLink>> {
  const rows = await readStandings(db, wijkId, { ids: ids.filter((id) => id !== null) });
  return new Map(
    rows
      .filter((one) => isInView(one) && one.visibility === 'public')
      .map((one) => {
        const { id, ref, slug, title } = one;
        return [id, { ref, slug, title, openToReaders: isOpenToReaders(one) }];
      }),
  );
}
