import { type Services, type Subscriber, subscribe } from '../../../services.ts';
import { onAnswerPublished } from './on-answer-published.ts';
import { onAssignmentDeclined } from './on-assignment-declined.ts';
import { onQuestionAssigned } from './on-question-assigned.ts';
import { onQuestionSubmitted } from './on-question-submitted.ts';
import { onStepReached } from './on-step-reached.ts';

/** The names stand in delivery rows, so they stay as they are. */
const SUBSCRIBERS: readonly (readonly [name: string, type: string, Subscriber])[] = [
  ['notify-submitted', 'question.submitted.v1', onQuestionSubmitted],
  ['notify-answer', 'answer.published.v1', onAnswerPublished],
  ['notify-assigned', 'question.assigned.v1', onQuestionAssigned],
  ['notify-declined', 'assignment.declined.v1', onAssignmentDeclined],
  ['notify-step', 'promise.step-reached.v1', onStepReached],
];

export function subscribeNotifications(services: Services): void {
  for (const [name, type, subscriber] of SUBSCRIBERS) subscribe(services, name, [type], subscriber);
}
