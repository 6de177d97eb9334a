import type { Transaction } from '@wijk/db/kernel';
import {
  addNotice,
  type DecisionNews,
  listNonAskers,
  readAppealedDecision,
  readDecisionNews,
} from '@wijk/db/notifications';
import type { Services, Subscriber } from '../../../services.ts';
import type { QuestionTemplate } from '../kinds.ts';
import { ASKER, desk, member, onDuty, type Reader, standingQuestion, tell } from './tell.ts';

/** Who wrote what was decided about: the asker is named by their question alone (V3). */
const authorOf = ({ writtenBy }: DecisionNews): Reader => (writtenBy ? member(writtenBy) : ASKER);

const MAIL_OF: Readonly<Record<string, QuestionTemplate>> = {
  held: 'decision-held',
  published: 'decision-shown',
  restored: 'decision-shown',
};

/** The author gets the statement of reasons (V11), whatever became of the question since. */
export const onDecided: Subscriber = async (tx, event, services) => {
  const { decisionId = '' } = event.payload;
  const decision = await readDecisionNews(tx, event.wijkId, decisionId);
  if (!decision || decision.reversed) return;
  // an editor who took back words of their own knows
  if (decision.writtenBy !== null && decision.writtenBy === decision.decidedBy) return;
  await tell(tx, services, event, [authorOf(decision)], {
    questionId: decision.questionId,
    notice: 'decision',
    mail: MAIL_OF[decision.kind] ?? 'decision',
    params: { decision: decisionId },
  });
};

/**
 * Who may look at an appeal: the redactie without whoever decided and whoever wrote. Where that leaves
 * nobody, everybody but the writer; somebody has to look.
 */
async function judges(
  tx: Transaction,
  services: Services,
  wijkId: string,
  decision: DecisionNews,
): Promise<Reader[]> {
  const all = (await desk(tx, services, wijkId)).flatMap((reader) =>
    reader.audience === 'member' ? [reader.membershipId] : [],
  );
  const notAuthor = decision.writtenBy
    ? all.filter((id) => id !== decision.writtenBy)
    : await listNonAskers(tx, wijkId, decision.questionId, all);
  const free = notAuthor.filter((id) => id !== decision.decidedBy);
  if (free.length === 0) return notAuthor.map(member);
  // an editor who asked it is told like the others: being left out would tell that it is theirs
  const told = decision.writtenBy ? free : all.filter((id) => id !== decision.decidedBy);
  return told.map(member);
}

export const onAppealMade: Subscriber = async (tx, event, services) => {
  const { wijkId } = event;
  const decisionId = await readAppealedDecision(tx, wijkId, event.payload.appealId ?? '');
  const decision = decisionId && (await readDecisionNews(tx, wijkId, decisionId));
  if (!decision) return;
  await tell(tx, services, event, await judges(tx, services, wijkId, decision), {
    questionId: decision.questionId,
    notice: 'appeal',
    mail: 'appeal-made',
  });
};

export const onAppealDecided: Subscriber = async (tx, event, services) => {
  const decisionId = await readAppealedDecision(tx, event.wijkId, event.payload.appealId ?? '');
  const decision = decisionId && (await readDecisionNews(tx, event.wijkId, decisionId));
  if (!decision) return;
  await tell(tx, services, event, [authorOf(decision)], {
    questionId: decision.questionId,
    notice: 'appeal-decided',
    mail: 'appeal-decided',
    params: { decision: decisionId },
  });
};

/** In the app only, and once for each question however many flag it: the desk shows the rest. */
export const onFlagged: Subscriber = async (tx, event, services) => {
  const question = await standingQuestion(tx, event);
  if (!question) return;
  const { wijkId } = event;
  for (const reader of await desk(tx, services, wijkId))
    await addNotice(
      tx,
      // the question instead of the event: the database then keeps it to one for each reader
      { wijkId, eventId: question.id, questionId: question.id, kind: 'flagged', for: reader },
      services.clock.now(),
    );
};

/** At once, to whoever has the duty; it may not be refused. */
export const onUrgent: Subscriber = async (tx, event, services) => {
  const question = await standingQuestion(tx, event);
  if (!question) return;
  await tell(tx, services, event, await onDuty(tx, services, event.wijkId), {
    questionId: question.id,
    notice: 'urgent',
    mail: 'urgent',
  });
};
