import type { Transaction } from '@wijk/db/kernel';
import { readCurrentAssignment } from '@wijk/db/notifications';
import type { PromiseStepKind } from '@wijk/domain/wijk';
import type { Services, Subscriber } from '../../../services.ts';
import { desk, member, standingQuestion, type Told, tell } from './tell.ts';

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

const alert =
  (mail: 'alert' | undefined, ...roles: string[]): OnStep =>
  async (tx, event, services, questionId) =>
    tell(tx, services, event, await desk(tx, services, event.wijkId, roles), {
      questionId,
      notice: 'alert',
      ...(mail ? { mail } : {}),
    });

const tellOverdue: OnStep = async (tx, event, services, questionId) =>
  tell(tx, services, event, await desk(tx, services, event.wijkId), {
    questionId,
    notice: 'overdue',
  });

/** The ladder (V5), as far as people are told of it. */
const LADDER: Record<PromiseStepKind, OnStep> = {
  'remind-assignee': remindAssignee,
  'second-expert': alert(undefined, 'editor', 'chief-editor'),
  'alert-editors': alert('alert', 'editor', 'chief-editor'),
  'alert-chief-editor': alert('alert', 'chief-editor'),
  overdue: tellOverdue,
};

export const onStepReached: Subscriber = async (tx, event, services) => {
  const question = await standingQuestion(tx, event);
  const { step = '' } = event.payload;
  if (!question || !Object.hasOwn(LADDER, step)) return;
  await LADDER[step as PromiseStepKind](tx, event, services, question.id);
};
