import type { Subscriber } from '../../../services.ts';
import { readAssignment } from '../../vraagbaak/index.ts';
import { member, standingQuestion, tell } from './tell.ts';

/** The expert gets a link of their own; nobody does when it was undone or given to another since. */
export const onQuestionAssigned: Subscriber = async (tx, event, services) => {
  const question = await standingQuestion(tx, event);
  const id = event.payload.assignmentId ?? '';
  const assignment = await readAssignment(tx, event.wijkId, id);
  if (!question || !assignment || assignment.endedAt) return;
  await tell(tx, services, event, [member(assignment.membershipId)], {
    questionId: question.id,
    notice: 'assigned',
    mail: 'assigned',
    params: { assignment: id },
  });
};
