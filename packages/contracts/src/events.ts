/** Events carry ids only; subscribers read the state anew. The version is part of the name. */
export interface Events {
  'question.submitted.v1': { questionId: string };
  'question.withdrawn.v1': { questionId: string };
  'question.assigned.v1': { questionId: string; assignmentId: string };
  'assignment.ended.v1': { questionId: string; assignmentId: string };
  'assignment.declined.v1': { questionId: string; assignmentId: string };
  'answer.published.v1': { questionId: string; answerId: string };
  'answer.removed.v1': { questionId: string; answerId: string };
  'answer.endorsed.v1': { questionId: string; answerId: string };
  'promise.step-reached.v1': { questionId: string; step: string };
}
export type EventType = keyof Events;
