import { addNotice, listHolders, readMembershipOf } from '@wijk/db/notifications';
import { queueMail } from '../../../jobs/mail-queue.ts';
import type { Subscriber } from '../../../services.ts';
import { readAssignment } from '../../vraagbaak/index.ts';
import { member, standingQuestion, tell } from './tell.ts';

/** The address stands in the invitation alone and is looked up when the mail goes out. */
export const onInvited: Subscriber = async (tx, event, services) => {
  const { invitationId = '' } = event.payload;
  await queueMail(
    tx,
    {
      wijkId: event.wijkId,
      for: { audience: 'address', address: null },
      template: 'invitation',
      params: { invitation: invitationId },
      cause: event.eventId,
    },
    services.clock.now(),
  );
};

/** Told as it stands now: a role that was given and ended at once was never held. */
export const onRoleChanged: Subscriber = async (tx, event, services) => {
  const { wijkId, eventId } = event;
  const { personId = '', role = '' } = event.payload;
  const membershipId = await readMembershipOf(tx, wijkId, personId);
  if (!membershipId) return;
  const now = services.clock.now();
  const holds = (await listHolders(tx, wijkId, [role], now)).includes(membershipId);
  const kind = holds ? 'role-given' : 'role-ended';
  await addNotice(tx, { wijkId, eventId, questionId: null, kind, for: member(membershipId) }, now);
};

/** The expert whom the ladder passed over is thanked; other endings speak for themselves. */
export const onAssignmentEnded: Subscriber = async (tx, event, services) => {
  const question = await standingQuestion(tx, event);
  const assignment = await readAssignment(tx, event.wijkId, event.payload.assignmentId ?? '');
  if (!question || assignment?.endReason !== 'passed-on') return;
  await tell(tx, services, event, [member(assignment.membershipId)], {
    questionId: question.id,
    notice: 'passed-on',
    mail: 'passed-on',
  });
};
