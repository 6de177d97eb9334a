import {
  countHolders,
  grantRole,
  hintPersonChanged,
  lockAdmins,
  readMemberRow,
  revokeRole,
  rolesOf,
} from '@wijk/db/identity';
import { appendEvent, hintLive, inTransaction, type Transaction } from '@wijk/db/kernel';
import { can, type Role, type SignedInActor } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { heed } from '../../../heed.ts';
import type { Services } from '../../../services.ts';

/**
 * Gives a member of the actor's wijk a role. It counts from the next request on, and open pages of
 * that person are authorised anew in every process.
 * @throws `identity.member-not-found`, `identity.role-fixed`, `identity.platform-only`
 */
export function giveRole(
  services: Services,
  actor: SignedInActor,
  membershipId: string,
  role: Role,
): Promise<void> {
  return changeRole(services, actor, membershipId, role, (tx, grant, now) =>
    grantRole(tx, { ...grant, grantedBy: actor.personId }, now),
  );
}

/**
 * Takes a role, with effect at once. The last admin of a wijk, and the last platform admin, stay.
 * @throws as `giveRole`, and `identity.last-admin`
 */
export function takeRole(
  services: Services,
  actor: SignedInActor,
  membershipId: string,
  role: Role,
): Promise<void> {
  return changeRole(services, actor, membershipId, role, async (tx, grant, now) => {
    const revoked = await revokeRole(tx, { ...grant, revokedBy: actor.personId }, now);
    const needed = role === 'admin' || role === 'platform-admin';
    if (revoked && needed && (await countHolders(tx, grant.wijkId, role, now)) === 0)
      throw new DomainError('conflict', 'identity.last-admin');
    return revoked;
  });
}

type Work = (
  tx: Transaction,
  grant: { wijkId: string | null; personId: string; role: Role },
  now: Date,
) => Promise<boolean>;

async function changeRole(
  services: Services,
  actor: SignedInActor,
  membershipId: string,
  role: Role,
  work: Work,
): Promise<void> {
  if (role === 'resident') throw new DomainError('invalid', 'identity.role-fixed');
  const { wijkId } = actor;
  const personId = await inTransaction(services.db, async (tx) => {
    const scope = role === 'platform-admin' ? null : wijkId;
    await lockAdmins(tx, scope);
    const now = services.clock.now();
    // of two admins who take each other's role the second one is none any more
    const roles = new Set(await rolesOf(tx, wijkId, actor.personId, now));
    if (!can({ ...actor, roles }, 'admin.people'))
      throw new DomainError('forbidden', 'kernel.forbidden');
    if (role === 'platform-admin' && !roles.has('platform-admin'))
      throw new DomainError('forbidden', 'identity.platform-only');
    const member = await readMemberRow(tx, wijkId, membershipId, now);
    if (!member) throw new DomainError('not-found', 'identity.member-not-found');
    const changed = await work(tx, { wijkId: scope, personId: member.personId, role }, now);
    if (!changed) return undefined;
    await appendEvent(tx, services.subscriptions, now, {
      wijkId,
      type: 'role.changed.v1',
      payload: { personId: member.personId, role },
    });
    await hintPersonChanged(tx, member.personId);
    await hintLive(tx, { w: wijkId, t: 'me', m: membershipId, k: 'roles' });
    return member.personId;
  });
  if (personId) heed(services, { person: personId });
}
