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
  /** a step of `duplicateId`, if named, is about `questionId`, the question that stands in its place */
  'promise.step-reached.v1': { questionId: string; step: string; duplicateId?: string };
  /** the redactie asked the asker something; the promise is paused */
  'question.asked-back.v1': { questionId: string; askBackId: string };
  /** the asker replied, or the seven days were over: the promise runs again */
  'question.ask-back-ended.v1': { questionId: string; askBackId: string; reason: string };
  'question.edited.v1': { questionId: string; revisionId: string };
  'question.marked-duplicate.v1': { questionId: string; originalId: string };
  'question.flagged.v1': { questionId: string; flagId: string };
  /** held, hidden, removed, redacted, published or restored: the statement goes to the author */
  'moderation.decided.v1': { questionId: string; decisionId: string };
  'appeal.made.v1': { questionId: string; appealId: string };
  'appeal.decided.v1': { questionId: string; appealId: string };
  /** words of acute distress */
  'question.urgent.v1': { questionId: string };
  /** the mail server refused this mail for good */
  'mail.refused.v1': { questionId: string; assignmentId: string };
  'invitation.made.v1': { invitationId: string };
  'role.changed.v1': { personId: string; role: string };
}
export type EventType = keyof Events;
