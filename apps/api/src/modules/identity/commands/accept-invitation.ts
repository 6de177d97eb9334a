import {
  grantRole,
  hintPersonChanged,
  lockInvitationOf,
  markAccepted,
  replaceExpertise,
  setMissingName,
  setTitle,
} from '@wijk/db/identity';
import { appendEvent, type Transaction } from '@wijk/db/kernel';
import type { Role } from '@wijk/domain/identity';
import type { Services } from '../../../services.ts';

/**
 * Accepts what this address was invited to in the wijk, in the transaction of the sign-in: roles,
 * function and themes, and a name for who has none. Of two sign-ins at once one does.
 * @returns the name that it brought along, and the roles
 */
export async function acceptInvitation(
  services: Pick<Services, 'clock' | 'subscriptions'>,
  tx: Transaction,
  who: { wijkId: string; personId: string; membershipId: string; email: string },
): Promise<{ name: string | null; roles: Role[] } | undefined> {
  const { wijkId, personId, membershipId, email } = who;
  const now = services.clock.now();
  const found = await lockInvitationOf(tx, wijkId, email, now);
  if (!found) return undefined;
  const { id, name, title, roles, themes, invitedBy } = found;
  for (const role of roles) {
    const grant = { wijkId, personId, role, grantedBy: invitedBy };
    if (await grantRole(tx, grant, now))
      await appendEvent(tx, services.subscriptions, now, {
        wijkId,
        type: 'role.changed.v1',
        payload: { personId, role },
      });
  }
  if (title) await setTitle(tx, wijkId, membershipId, title);
  if (themes.length > 0) await replaceExpertise(tx, wijkId, membershipId, themes);
  if (name) await setMissingName(tx, personId, name);
  await markAccepted(tx, wijkId, id, personId, now);
  await hintPersonChanged(tx, personId);
  return { name: name || null, roles };
}
