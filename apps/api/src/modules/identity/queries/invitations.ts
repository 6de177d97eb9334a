import type {
  InvitationView,
  listInvitations as listContract,
  ReplyOf,
  readInvitation as readContract,
} from '@wijk/contracts';
import { findInvitation, listInvitations, rolesOf, type StoredInvitation } from '@wijk/db/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';

function statusOf(found: StoredInvitation, now: Date): InvitationView['status'] {
  if (found.acceptedAt) return 'accepted';
  if (found.revokedAt) return 'revoked';
  return found.expiresAt > now ? 'open' : 'expired';
}

export async function invitations(
  { db, clock }: Services,
  wijkId: string,
): Promise<ReplyOf<typeof listContract>> {
  const now = clock.now();
  const rows = await listInvitations(db, wijkId, now);
  return {
    items: rows.map((row) => ({
      id: row.id,
      email: row.email,
      name: row.name,
      title: row.title ?? '',
      roles: row.roles,
      themes: row.themes,
      invitedBy: row.invitedBy,
      invitedAt: row.invitedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      status: statusOf(row, now),
    })),
  };
}

/**
 * What the link in the mail is for; names neither address nor person.
 * @throws `identity.invitation-over`, also where there never was one: nobody learns which were made
 */
export async function oneInvitation(
  services: Services,
  wijk: Wijk,
  id: string,
): Promise<ReplyOf<typeof readContract>> {
  const found = await usable(services, wijk.id, id);
  if (!found) throw new DomainError('gone', 'identity.invitation-over');
  return {
    roles: found.roles,
    expiresAt: found.expiresAt.toISOString(),
    accepted: found.acceptedAt !== null,
    notOpenYet: wijk.openedAt === null && !found.roles.includes('admin'),
  };
}

/**
 * Whether this is the link of an invitation that can still be accepted, or that was accepted by
 * somebody who is an admin of the wijk: they have to come in again before it opens.
 */
export async function isInvited(
  services: Pick<Services, 'db' | 'clock'>,
  wijkId: string,
  id: string,
): Promise<boolean> {
  return (await usable(services, wijkId, id)) !== undefined;
}

async function usable(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  wijkId: string,
  id: string,
): Promise<StoredInvitation | undefined> {
  const now = clock.now();
  const found = await findInvitation(db, wijkId, id);
  if (!found || found.revokedAt) return undefined;
  if (found.acceptedBy === null) return found.expiresAt > now ? found : undefined;
  const roles = await rolesOf(db, wijkId, found.acceptedBy, now);
  return roles.includes('admin') ? found : undefined;
}
