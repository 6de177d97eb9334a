import type { ReplyOf, readComplaintBoard as readContract } from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import { boardMember, nameBoardMember } from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import { memberNames } from '../../identity/index.ts';
import { actsFor, organisationNames } from '../../wallet/index.ts';

const organisationNotFound = () => new DomainError('not-found', 'wallet.organisation-not-found');

/** Those who act for it, and the market master, who sees to it that somebody is named. */
async function assertSees(
  { db }: Services,
  { wijkId, membershipId, roles }: Member,
  organisationId: string,
): Promise<string> {
  const name = (await organisationNames(db, wijkId, [organisationId])).get(organisationId);
  const sees =
    roles.has('market-master') || (await actsFor(db, wijkId, organisationId, membershipId));
  if (name === undefined || !sees) throw organisationNotFound();
  return name;
}

/** @throws `wallet.organisation-not-found` */
export async function complaintBoardOf(
  services: Services,
  actor: Member,
  organisationId: string,
): Promise<ReplyOf<typeof readContract>> {
  const organisation = await assertSees(services, actor, organisationId);
  const id = await boardMember(services.db, actor.wijkId, organisationId);
  const name = id && (await memberNames(services.db, actor.wijkId, [id])).get(id);
  return { organisation, member: id && name ? { id, name } : null };
}

/** Naming the same one again changes nothing. @throws `wallet.organisation-not-found`, `kernel.invalid` */
export async function nameComplaintBoard(
  services: Services,
  actor: Member,
  organisationId: string,
  member: string | null,
): Promise<void> {
  await assertSees(services, actor, organisationId);
  const { wijkId, membershipId } = actor;
  await inTransaction(services.db, async (tx) => {
    if ((await boardMember(tx, wijkId, organisationId)) === member) return;
    if (member !== null && !(await memberNames(tx, wijkId, [member])).get(member))
      throw new DomainError('invalid', 'kernel.invalid', {
        errors: [{ pointer: 'member', code: 'invalid-choice' }],
      });
    await nameBoardMember(tx, {
      ...{ wijkId, organisationId, membershipId: member, by: membershipId },
      at: services.clock.now(),
    });
  });
}
