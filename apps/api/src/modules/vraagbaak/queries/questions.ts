import type { getQuestion, listQuestions as listContract, QueryOf, ReplyOf } from '@wijk/contracts';
import {
  listOwnDecisions,
  listQuestions,
  type QuestionRow,
  readLastAskBack,
  readQuestion,
} from '@wijk/db/vraagbaak';
import { type Actor, can } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { canAnswer, findDistress, type HelpLine, helpLines } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import { readPhrases, type Wijk } from '../../wijk/index.ts';
import { accessQuestion, maySee, viewerOf } from '../access.ts';
import { answerView, cursorOf, readCursor, summaryView, waitingView } from '../present.ts';
import { decisionView } from './statement.ts';

/** Visible questions, newest first; 'mine' are those that the actor asked. */
export async function questionList(
  services: Services,
  actor: Actor,
  wijk: Wijk,
  query: QueryOf<typeof listContract>,
): Promise<ReplyOf<typeof listContract>> {
  if (query.show === 'mine' && actor.kind === 'visitor')
    throw new DomainError('unauthenticated', 'kernel.unauthenticated');
  const now = services.clock.now();
  const rows = await listQuestions(services.db, wijk.id, {
    show: query.show,
    theme: query.theme,
    membershipId: actor.kind === 'member' ? actor.membershipId : undefined,
    after: readCursor(query.cursor),
    limit: query.limit + 1,
  });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => summaryView(row, now)),
    nextCursor: rows.length > query.limit && last ? cursorOf(last.submittedAt, last.id) : null,
  };
}

/** What the redactie asks the asker now, without who of them did. */
async function currentAskBack(services: Services, wijkId: string, questionId: string) {
  const last = await readLastAskBack(services.db, wijkId, questionId);
  return last && last.endedAt === null ? { body: last.body, at: last.askedAt.toISOString() } : null;
}

/** A question as this actor may see it, with what they may do. */
export async function questionPage(
  services: Services,
  actor: Actor,
  wijk: Wijk,
  ref: string,
): Promise<ReplyOf<typeof getQuestion>> {
  const { question, viewer } = await accessQuestion(services, wijk.id, ref, actor);
  const now = services.clock.now();
  const standing = canAnswer(question.status);
  const member = actor.kind === 'member' ? actor.membershipId : null;
  return {
    ...summaryView(question, now),
    body: question.body,
    answers: question.answers.map((a) => answerView(a, member)),
    duplicateOf: await originalOf(services, wijk.id, question.duplicateOf, actor),
    help: viewer.isAsker ? await helpFor(services, wijk.id, question) : [],
    decisions: member ? await decisionsFor(services, wijk.id, member, question.id) : [],
    waiting: waitingView(question.promise, wijk.calendar),
    viewer: {
      isAsker: viewer.isAsker,
      follows: viewer.follows,
      mayAnswer: standing && can(actor, 'vraagbaak.answer'),
      mayWithdraw: standing && viewer.isAsker,
      mayThank: standing && viewer.isAsker,
      mayEndorse: standing && can(actor, 'vraagbaak.endorse'),
      mayFlag: standing && can(actor, 'vraagbaak.flag'),
      askBack:
        viewer.isAsker && question.promise.pausedAt
          ? await currentAskBack(services, wijk.id, question.id)
          : null,
    },
  };
}

/** The question in the place of a duplicate, for those who may see it. */
async function originalOf(services: Services, wijkId: string, id: string | null, actor: Actor) {
  const original = id ? await readQuestion(services.db, wijkId, { id }) : undefined;
  if (!original) return null;
  const viewer = await viewerOf(services, wijkId, original.id, actor);
  if (!maySee(original, actor, viewer)) return null;
  const { ref, slug, title } = original;
  return { ref, slug, title };
}

/** Who the asker can call. The words may have been redacted since: then every line is shown. */
async function helpFor(
  services: Services,
  wijkId: string,
  question: QuestionRow,
): Promise<HelpLine[]> {
  if (!question.urgentAt) return [];
  const { phrases } = await readPhrases(services.db, wijkId, 'distress');
  const kinds = findDistress(`${question.title}\n${question.body}`, phrases);
  return helpLines(kinds.length > 0 ? kinds : ['general']);
}

const AGAINST: readonly string[] = ['held', 'hidden', 'removed', 'redacted'];

/** What was decided against something that this member wrote here, and stands. */
async function decisionsFor(
  services: Services,
  wijkId: string,
  membershipId: string,
  questionId: string,
) {
  const rows = await listOwnDecisions(services.db, wijkId, membershipId, questionId);
  return rows.filter((row) => !row.reversed && AGAINST.includes(row.kind)).map(decisionView);
}
