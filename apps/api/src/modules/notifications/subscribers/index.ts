import type { EventType } from '@wijk/contracts';
import { type Services, type Subscriber, subscribe } from '../../../services.ts';
import { onAnswerPublished } from './on-answer-published.ts';
import { onAskBackEnded, onAskedBack } from './on-ask-back.ts';
import { onAssignmentDeclined } from './on-assignment-declined.ts';
import { onAppealDecided, onAppealMade, onDecided, onFlagged, onUrgent } from './on-moderation.ts';
import { onAssignmentEnded, onInvited, onRoleChanged } from './on-people.ts';
import { onQuestionAssigned } from './on-question-assigned.ts';
import { onMarkedDuplicate, onQuestionEdited } from './on-question-changed.ts';
import { onQuestionSubmitted } from './on-question-submitted.ts';
import { onStepReached } from './on-step-reached.ts';

/** The names stand in delivery rows, so they stay as they are. */
const SUBSCRIBERS: readonly (readonly [name: string, type: EventType, Subscriber])[] = [
  ['notify-submitted', 'question.submitted.v1', onQuestionSubmitted],
  ['notify-answer', 'answer.published.v1', onAnswerPublished],
  ['notify-assigned', 'question.assigned.v1', onQuestionAssigned],
  ['notify-declined', 'assignment.declined.v1', onAssignmentDeclined],
  ['notify-step', 'promise.step-reached.v1', onStepReached],
  ['notify-asked-back', 'question.asked-back.v1', onAskedBack],
  ['notify-ask-back-ended', 'question.ask-back-ended.v1', onAskBackEnded],
  ['notify-edited', 'question.edited.v1', onQuestionEdited],
  ['notify-duplicate', 'question.marked-duplicate.v1', onMarkedDuplicate],
  ['notify-decided', 'moderation.decided.v1', onDecided],
  ['notify-appeal', 'appeal.made.v1', onAppealMade],
  ['notify-appeal-decided', 'appeal.decided.v1', onAppealDecided],
  ['notify-flagged', 'question.flagged.v1', onFlagged],
  ['notify-urgent', 'question.urgent.v1', onUrgent],
  ['notify-invited', 'invitation.made.v1', onInvited],
  ['notify-role', 'role.changed.v1', onRoleChanged],
  ['notify-passed-on', 'assignment.ended.v1', onAssignmentEnded],
];

export function subscribeNotifications(services: Services): void {
  for (const [name, type, subscriber] of SUBSCRIBERS) subscribe(services, name, [type], subscriber);
}
