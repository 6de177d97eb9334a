import type {
  InvitationView,
  listInvitations as listContract,
  ReplyOf,
  readInvitation as readContract,
} from '@wijk/contracts';
import { findOpenInvitation, listInvitations, type StoredInvitation } from '@wijk/db/identity';
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
  { db, clock }: Services,
  wijk: Wijk,
  id: string,
): Promise<ReplyOf<typeof readContract>> {
  const found = await findOpenInvitation(db, wijk.id, id, clock.now());
  if (!found) throw new DomainError('gone', 'identity.invitation-over');
  return {
    roles: found.roles,
    expiresAt: found.expiresAt.toISOString(),
    notOpenYet: wijk.openedAt === null && !found.roles.includes('admin'),
  };
}

/** Whether this is an invitation to the wijk that can still be accepted. */
export async function isInvited(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  wijkId: string,
  id: string,
): Promise<boolean> {
  return (await findOpenInvitation(db, wijkId, id, clock.now())) !== undefined;
}
