import {
  addInvitation,
  emptyExpired,
  isMemberAddress,
  lockInvitation,
  markRevoked,
  prolongInvitation,
  type StoredInvitation,
} from '@wijk/db/identity';
import { appendEvent, inTransaction, type Transaction, violatedConstraint } from '@wijk/db/kernel';
import {
  checkInvitation,
  expiryOf,
  type InvitationRequest,
  RESEND_AFTER_MS,
  type SignedInActor,
} from '@wijk/domain/identity';
import { DomainError, randomUuid } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';

const atEmail = (code: string) =>
  new DomainError('invalid', 'kernel.invalid', { errors: [{ pointer: 'email', code }] });

/**
 * Invites somebody by e-mail, for fourteen days. The id is random: it stands in the link of the mail,
 * and opens the door of a wijk that is not open yet.
 * @returns the id of the invitation
 * @throws `kernel.invalid` with every field at fault, also for an address that is a member or was
 *   invited already; `identity.platform-only`
 */
export async function invite(
  services: Services,
  wijk: Wijk,
  actor: SignedInActor,
  request: InvitationRequest,
): Promise<string> {
  const known = new Set(wijk.themes.map(({ slug }) => slug));
  const invitation = checkInvitation(request, known);
  // platform admins are made of people who are here already
  if (invitation.roles.includes('platform-admin'))
    throw new DomainError('forbidden', 'identity.platform-only');
  const id = randomUuid();
  try {
    await inTransaction(services.db, async (tx) => {
      const now = services.clock.now();
      if (await isMemberAddress(tx, wijk.id, invitation.email)) throw atEmail('already-member');
      await emptyExpired(tx, now, invitation.email);
      await addInvitation(tx, {
        ...invitation,
        wijkId: wijk.id,
        id,
        invitedBy: actor.personId,
        invitedAt: now,
        expiresAt: expiryOf(now),
      });
      await tell(services, tx, wijk.id, id, now);
    });
  } catch (error) {
    if (violatedConstraint(error) === 'invitation_open') throw atEmail('already-invited');
    throw error;
  }
  return id;
}

/**
 * Mails an open invitation once more, and lets it count for fourteen days from now.
 * @throws `kernel.not-found`, `identity.invitation-over`, `identity.invitation-too-soon`
 */
export function resend(services: Services, wijkId: string, id: string): Promise<void> {
  return inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    const { invitedAt } = await openOne(tx, wijkId, id, now);
    const waitMs = invitedAt.getTime() + RESEND_AFTER_MS - now.getTime();
    if (waitMs > 0)
      throw new DomainError('too-many', 'identity.invitation-too-soon', {
        params: { minutes: Math.ceil(waitMs / 60_000) },
      });
    await prolongInvitation(tx, wijkId, id, now, expiryOf(now));
    await tell(services, tx, wijkId, id, now);
  });
}

/** @throws `kernel.not-found`, `identity.invitation-over` */
export function withdraw(services: Services, wijkId: string, id: string): Promise<void> {
  return inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    await openOne(tx, wijkId, id, now);
    await markRevoked(tx, wijkId, id, now);
  });
}

async function openOne(
  tx: Transaction,
  wijkId: string,
  id: string,
  now: Date,
): Promise<StoredInvitation> {
  const found = await lockInvitation(tx, wijkId, id);
  if (!found) throw new DomainError('not-found', 'kernel.not-found');
  if (found.acceptedAt || found.revokedAt || found.expiresAt <= now)
    throw new DomainError('gone', 'identity.invitation-over');
  return found;
}

async function tell(
  { subscriptions }: Services,
  tx: Transaction,
  wijkId: string,
  invitationId: string,
  now: Date,
): Promise<void> {
  const payload = { invitationId };
  await appendEvent(tx, subscriptions, now, { wijkId, type: 'invitation.made.v1', payload });
}
