import type { getQuestion, listQuestions as listContract, QueryOf, ReplyOf } from '@wijk/contracts';
import {
  listOwnDecisions,
  listPhotos,
  listQuestions,
  type QuestionRow,
  readLastAskBack,
  readOwnStanding,
  readQuestion,
} from '@wijk/db/vraagbaak';
import { type Actor, can } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import {
  canAnswer,
  findDistress,
  type HelpLine,
  helpLines,
  inReadingOrder,
  isOpenToReaders,
} from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { accessQuestion, isInView, maySee, viewerOf } from '../access.ts';
import { capacityOf } from '../commands/publish-answer.ts';
import { answerView, cursorOf, readCursor, summaryView, waitingView } from '../present.ts';
import { decisionView } from './statement.ts';

/** Visible questions, newest first; 'mine' are those that the actor asked. */
export async function questionList(
  services: Services,
  actor: Actor,
  wijk: Wijk,
  query: QueryOf<typeof listContract>,
): Promise<ReplyOf<typeof listContract>> {
  if (query.show === 'mine' && actor.kind !== 'member')
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
  const { question, viewer } = await accessQuestion(services, wijk.id, ref, actor, true);
  const now = services.clock.now();
  const standing = canAnswer(question.status);
  const member = actor.kind === 'member' ? actor.membershipId : null;
  const { isAsker, useful } = viewer;
  const reader = { membershipId: member, isAsker, useful, askedBy: question.askedBy };
  return {
    ...summaryView(question, now),
    body: question.body,
    health: question.health,
    photos: await listPhotos(services.db, wijk.id, question.id),
    openToReaders: isOpenToReaders(question),
    answers: inReadingOrder(question.answers).map((a) => answerView(a, reader)),
    waiting: waitingView(question.promise, wijk.calendar),
    help: viewer.isAsker ? helpFor(wijk, question) : [],
    decisions: member ? await decisionsFor(services, wijk.id, member, question.id) : [],
    duplicateOf: await originalOf(services, wijk.id, question.duplicateOf, actor),
    own: isAsker ? await ownOf(services, wijk.id, question) : null,
    viewer: {
      isAsker,
      follows: viewer.follows,
      meToo: viewer.meToo,
      mayMeToo: !viewer.isAsker && can(actor, 'vraagbaak.me-too') && isInView(question),
      mayAnswer: standing && can(actor, 'vraagbaak.answer'),
      mayWithdraw: standing && viewer.isAsker,
      mayThank: standing && viewer.isAsker,
      mayEndorse: standing && can(actor, 'vraagbaak.endorse'),
      askBack:
        viewer.isAsker && question.promise.pausedAt
          ? await currentAskBack(services, wijk.id, question.id)
          : null,
      mayFlag: standing && can(actor, 'vraagbaak.flag'),
      mayComment: standing && can(actor, 'vraagbaak.comment'),
      mayFindUseful: standing && !isAsker && can(actor, 'vraagbaak.useful'),
      writesMarkup: actor.kind === 'member' && capacityOf(actor.roles) === 'editor',
    },
  };
}

/** How the question stands for its asker to change it. */
async function ownOf(services: Services, wijkId: string, question: QuestionRow) {
  const { redacted, consentAt } = await readOwnStanding(services.db, wijkId, question.id);
  return {
    mayEdit: canAnswer(question.status),
    editedAt: question.editedAt?.toISOString() ?? null,
    readFirst: redacted,
    consentAt: consentAt?.toISOString() ?? null,
  };
}

/** Who the asker can call. The words may have been redacted since: then every line is shown. */
function helpFor(wijk: Wijk, question: QuestionRow): HelpLine[] {
  if (!question.urgentAt) return [];
  const kinds = findDistress(`${question.title}\n${question.body}`, wijk.moderation.distress);
  return helpLines(kinds.length > 0 ? kinds : ['general']);
}

const AGAINST: readonly string[] = ['held', 'hidden', 'removed', 'redacted', 'photo-removed'];

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

/** The question in the place of a duplicate, for those who may see it. */
async function originalOf(services: Services, wijkId: string, id: string | null, actor: Actor) {
  const original = id ? await readQuestion(services.db, wijkId, { id }) : undefined;
  if (!original) return null;
  const viewer = await viewerOf(services, wijkId, original.id, actor);
  if (!maySee(original, actor, viewer)) return null;
  const { ref, slug, title } = original;
  return { ref, slug, title };
}
