import type { Executor } from '@wijk/db/kernel';
import { type OperatorRole, roleIn } from '@wijk/db/wallet';
import { DomainError } from '@wijk/domain/kernel';

/** @throws `wallet.not-operator` unless this member acts for the organisation now, in any role */
export async function assertActs(
  db: Executor,
  wijkId: string,
  organisationId: string,
  membershipId: string,
): Promise<OperatorRole> {
  const role = await roleIn(db, wijkId, organisationId, membershipId);
  if (!role) throw new DomainError('forbidden', 'wallet.not-operator');
  return role;
}

/** @throws `wallet.not-operator` for who does not act for it, `wallet.not-manager` for who only pays for it */
export async function assertManages(
  db: Executor,
  wijkId: string,
  organisationId: string,
  membershipId: string,
): Promise<void> {
  if ((await assertActs(db, wijkId, organisationId, membershipId)) !== 'manager')
    throw new DomainError('forbidden', 'wallet.not-manager');
}
