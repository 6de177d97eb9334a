import type { Role } from '@wijk/domain/identity';
import { and, eq, gt, isNotNull, isNull, lte, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { invitation, membership, person } from './tables.ts';

export interface StoredInvitation {
  id: string;
  email: string | null;
  name: string;
  title: string | null;
  roles: Role[];
  themes: { theme: string; position: number }[];
  invitedBy: string | null;
  invitedAt: Date;
  expiresAt: Date;
  acceptedAt: Date | null;
  /** person */
  acceptedBy: string | null;
  revokedAt: Date | null;
}

const columns = {
  id: invitation.id,
  email: invitation.email,
  name: invitation.name,
  title: invitation.title,
  roles: invitation.roles,
  themes: invitation.themes,
  invitedBy: invitation.invitedBy,
  invitedAt: invitation.invitedAt,
  expiresAt: invitation.expiresAt,
  acceptedAt: invitation.acceptedAt,
  acceptedBy: invitation.acceptedBy,
  revokedAt: invitation.revokedAt,
};
const stored = <T extends { roles: string[] }>(row: T) => ({ ...row, roles: row.roles as Role[] });
const isOpen = and(isNull(invitation.acceptedAt), isNull(invitation.revokedAt));

/** Open ones first, then the newest. `invitedBy` is a name here. */
export async function listInvitations(
  db: Executor,
  wijkId: string,
  now: Date,
): Promise<StoredInvitation[]> {
  const open = sql`(${invitation.acceptedAt} is null and ${invitation.revokedAt} is null
    and ${invitation.expiresAt} > ${now})`;
  const rows = await db
    .select({ ...columns, invitedBy: person.name })
    .from(invitation)
    .innerJoin(person, eq(person.id, invitation.invitedBy))
    .where(eq(invitation.wijkId, wijkId))
    .orderBy(sql`${open} desc`, sql`${invitation.invitedAt} desc`)
    .limit(100);
  return rows.map(stored);
}

export interface NewInvitation {
  wijkId: string;
  id: string;
  email: string;
  name: string;
  title: string;
  roles: readonly Role[];
  themes: readonly { theme: string; position: number }[];
  /** person */
  invitedBy: string;
  invitedAt: Date;
  expiresAt: Date;
}

/** One open invitation for an address at a time: `invitation_open` is violated by a second one. */
export async function addInvitation(tx: Transaction, given: NewInvitation): Promise<void> {
  const { title, roles, themes, ...rest } = given;
  await tx.insert(invitation).values({
    ...rest,
    title: title === '' ? null : title,
    roles: [...roles],
    themes: themes.map((theme) => ({ ...theme })),
  });
}

/** Locks one invitation of this wijk. */
export async function lockInvitation(
  tx: Transaction,
  wijkId: string,
  id: string,
): Promise<StoredInvitation | undefined> {
  const [found] = await tx
    .select(columns)
    .from(invitation)
    .where(and(eq(invitation.wijkId, wijkId), eq(invitation.id, id)))
    .for('update');
  return found && stored(found);
}

/** One invitation of this wijk, whatever became of it. */
export async function findInvitation(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<StoredInvitation | undefined> {
  const [found] = await db
    .select(columns)
    .from(invitation)
    .where(and(eq(invitation.wijkId, wijkId), eq(invitation.id, id)));
  return found && stored(found);
}

/** Locks the open invitation of this address; of two who accept at once the second finds none. */
export async function lockInvitationOf(
  tx: Transaction,
  wijkId: string,
  email: string,
  now: Date,
): Promise<(StoredInvitation & { invitedBy: string }) | undefined> {
  const [found] = await tx
    .select(columns)
    .from(invitation)
    .where(
      and(
        eq(invitation.wijkId, wijkId),
        eq(invitation.email, email),
        isOpen,
        gt(invitation.expiresAt, now),
      ),
    )
    .for('update');
  return found && (stored(found) as StoredInvitation & { invitedBy: string });
}

export async function markAccepted(
  tx: Transaction,
  wijkId: string,
  id: string,
  personId: string,
  now: Date,
): Promise<void> {
  await tx
    .update(invitation)
    .set({ acceptedAt: now, acceptedBy: personId, email: null })
    .where(and(eq(invitation.wijkId, wijkId), eq(invitation.id, id)));
}

export async function markRevoked(
  tx: Transaction,
  wijkId: string,
  id: string,
  now: Date,
): Promise<void> {
  await tx
    .update(invitation)
    .set({ revokedAt: now, email: null })
    .where(and(eq(invitation.wijkId, wijkId), eq(invitation.id, id)));
}

export async function prolongInvitation(
  tx: Transaction,
  wijkId: string,
  id: string,
  invitedAt: Date,
  expiresAt: Date,
): Promise<void> {
  await tx
    .update(invitation)
    .set({ invitedAt, expiresAt })
    .where(and(eq(invitation.wijkId, wijkId), eq(invitation.id, id)));
}

/** Whether this address belongs to a member of this wijk. For its admins, who see the members anyway. */
export async function isMemberAddress(
  db: Executor,
  wijkId: string,
  email: string,
): Promise<boolean> {
  const [found] = await db
    .select({ id: membership.id })
    .from(membership)
    .innerJoin(person, eq(person.id, membership.personId))
    .where(and(eq(membership.wijkId, wijkId), eq(person.email, email)));
  return found !== undefined;
}

/**
 * Addresses of invitations that are over are emptied; their place for a new one is free then.
 * @param address only those of this address, where one is about to be invited anew
 */
export async function emptyExpired(db: Executor, now: Date, address?: string): Promise<number> {
  const gone = await db
    .update(invitation)
    .set({ email: null })
    .where(
      and(
        isOpen,
        lte(invitation.expiresAt, now),
        address === undefined ? isNotNull(invitation.email) : eq(invitation.email, address),
      ),
    )
    .returning({ id: invitation.id });
  return gone.length;
}

/** Names of the people with these ids, for lists of who did what. */
export async function namesOf(
  db: Executor,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map();
  const { rows } = await db.execute<{ id: string; name: string | null }>(
    sql`select id, name from identity.person where id in ${[...personIds]}`,
  );
  return new Map(rows.map(({ id, name }) => [id, name ?? '']));
}
