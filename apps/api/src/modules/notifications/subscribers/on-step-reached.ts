import type { Transaction } from '@wijk/db/kernel';
import { readCurrentAssignment } from '@wijk/db/notifications';
import type { PromiseStepKind } from '@wijk/domain/wijk';
import type { Services, Subscriber } from '../../../services.ts';
import {
  ASKER,
  desk,
  member,
  onDuty,
  type Reader,
  standingQuestion,
  type Told,
  tell,
} from './tell.ts';

type OnStep = (
  tx: Transaction,
  event: Told,
  services: Services,
  questionId: string,
) => Promise<void>;

/** Whoever was asked is reminded, with the link once more; where nobody was, the redactie is. */
const remindAssignee: OnStep = async (tx, event, services, questionId) => {
  const assignment = await readCurrentAssignment(tx, event.wijkId, questionId);
  if (assignment)
    return tell(tx, services, event, [member(assignment.membershipId)], {
      questionId,
      notice: 'reminder',
      mail: 'reminder',
      params: { assignment: assignment.id },
    });
  await tell(tx, services, event, await desk(tx, services, event.wijkId), {
    questionId,
    notice: 'alert',
    mail: 'unassigned',
  });
};

/** The ladder may have asked another expert by itself; where it did not, the redactie looks. */
const secondExpert: OnStep = async (tx, event, services, questionId) => {
  const assignment = await readCurrentAssignment(tx, event.wijkId, questionId);
  if (assignment?.byLadder) return;
  await tell(tx, services, event, await desk(tx, services, event.wijkId), {
    questionId,
    notice: 'alert',
  });
};

const alert =
  (readers: (tx: Transaction, services: Services, wijkId: string) => Promise<Reader[]>): OnStep =>
  async (tx, event, services, questionId) =>
    tell(tx, services, event, await readers(tx, services, event.wijkId), {
      questionId,
      notice: 'alert',
      mail: 'alert',
    });

/** Where there is no chief editor, whoever has the duty hears it once more. */
const chiefs = async (tx: Transaction, services: Services, wijkId: string) => {
  const found = await desk(tx, services, wijkId, ['chief-editor']);
  return found.length > 0 ? found : onDuty(tx, services, wijkId);
};

/** The redactie is told that it was too late, and the asker that we are sorry and what comes next. */
const tellOverdue: OnStep = async (tx, event, services, questionId) => {
  await tell(tx, services, event, await desk(tx, services, event.wijkId), {
    questionId,
    notice: 'overdue',
  });
  await tell(tx, services, event, [ASKER], {
    // the promise of a duplicate was made to whoever asked the duplicate
    questionId: event.payload.duplicateId ?? questionId,
    notice: 'sorry',
    mail: 'overdue-for-asker',
  });
};

/** The ladder (V5), as far as people are told of it. */
const LADDER: Record<PromiseStepKind, OnStep> = {
  'remind-assignee': remindAssignee,
  'second-expert': secondExpert,
  'alert-editors': alert(onDuty),
  'alert-chief-editor': alert(chiefs),
  overdue: tellOverdue,
};

export const onStepReached: Subscriber = async (tx, event, services) => {
  const question = await standingQuestion(tx, event);
  const { step = '' } = event.payload;
  if (!question || !Object.hasOwn(LADDER, step)) return;
  await LADDER[step as PromiseStepKind](tx, event, services, question.id);
};
