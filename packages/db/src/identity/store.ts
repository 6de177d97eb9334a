import { type Actor, type Member, ROLES, type Role } from '@wijk/domain/identity';
import { randomUuid, uuidv7 } from '@wijk/domain/kernel';
import { and, asc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { membership, person, roleGrant } from './tables.ts';

export interface StoredPerson {
  id: string;
  email: string | null;
  name: string | null;
}

const asPerson = { id: person.id, email: person.email, name: person.name };
const isRole = (role: string): role is Role => (ROLES as readonly string[]).includes(role);
const holds = (now: Date): SQL =>
  sql`${roleGrant.validFrom} <= ${now} and (${roleGrant.validUntil} is null or ${roleGrant.validUntil} > ${now})`;

/** `email` as `normaliseEmail` gives it. For sign-in and the command line; pages never ask this. */
export async function findPersonByEmail(
  db: Executor,
  email: string,
): Promise<StoredPerson | undefined> {
  const [found] = await db.select(asPerson).from(person).where(eq(person.email, email));
  return found;
}

/**
 * The actor's own name and address, and how many notices they have not read yet. One round trip,
 * because every page asks for it.
 */
export async function readSelf(
  db: Executor,
  actor: Member,
): Promise<StoredPerson & { unread: number }> {
  const { wijkId, membershipId } = actor;
  const unread = sql<number>`(select count(*)::int from notifications.notice n
    where n.wijk_id = ${wijkId} and n.read_at is null and (n.membership_id = ${membershipId}
      or (n.audience = 'asker'
        and n.question_id in (select sealed.questions_of(${wijkId}, ${membershipId})))))`;
  const [found] = await db
    .select({ ...asPerson, unread })
    .from(person)
    .where(eq(person.id, actor.personId));
  if (!found) throw new Error('the actor has no person');
  return found;
}

/**
 * The person with this address, made when there is none. Locks the row until the transaction ends,
 * so that two sign-ins at once agree on what follows.
 */
export async function ensurePerson(
  tx: Transaction,
  email: string,
  now: Date,
): Promise<StoredPerson> {
  const [found] = await tx
    .insert(person)
    .values({ id: uuidv7(now), email, createdAt: now })
    .onConflictDoUpdate({ target: person.email, set: { email } })
    .returning(asPerson);
  if (!found) throw new Error('a person was neither found nor made');
  return found;
}

/** The person's membership of the wijk, made (as a resident) when there is none. */
export async function ensureMembership(
  tx: Transaction,
  wijkId: string,
  personId: string,
  now: Date,
): Promise<string> {
  const [made] = await tx
    .insert(membership)
    // random: an id with the moment in it would tell of a guest when they asked their first question
    .values({ wijkId, id: randomUuid(), personId, joinedAt: now })
    .onConflictDoNothing({ target: [membership.wijkId, membership.personId] })
    .returning({ id: membership.id });
  if (made) {
    await grantRole(tx, { wijkId, personId, role: 'resident', grantedBy: null }, now);
    return made.id;
  }
  const [found] = await tx
    .select({ id: membership.id })
    .from(membership)
    .where(and(eq(membership.wijkId, wijkId), eq(membership.personId, personId)));
  if (!found) throw new Error('a membership was neither found nor made');
  return found.id;
}

/** Who a person is in a wijk, for work outside a request; requests ask `sessions.actor`. */
export async function loadActor(
  db: Executor,
  who: { personId: string; wijkId: string; sessionId: string },
  now: Date,
): Promise<Actor> {
  const [found] = await db
    .select({ id: membership.id })
    .from(membership)
    .where(and(eq(membership.wijkId, who.wijkId), eq(membership.personId, who.personId)));
  if (!found) return { kind: 'visitor' };
  const roles = new Set(await rolesOf(db, who.wijkId, who.personId, now));
  return { kind: 'member', ...who, membershipId: found.id, roles };
}

/** Roles held now in this wijk, a platform admin's included. */
export async function rolesOf(
  db: Executor,
  wijkId: string,
  personId: string,
  now: Date,
): Promise<Role[]> {
  const rows = await db
    .selectDistinct({ role: roleGrant.role })
    .from(roleGrant)
    .where(
      and(
        eq(roleGrant.personId, personId),
        or(eq(roleGrant.wijkId, wijkId), isNull(roleGrant.wijkId)),
        holds(now),
      ),
    );
  return rows.map((row) => row.role).filter(isRole);
}

export interface Grant {
  /** null for a platform admin, and only then */
  wijkId: string | null;
  personId: string;
  role: Role;
  /** person who grants it; null for the command line and the first start */
  grantedBy: string | null;
  /** for ever when left out */
  until?: Date;
}

/**
 * Grants a role from now on; one that is held already stays as it is.
 * @returns whether it is new
 */
export async function grantRole(tx: Transaction, grant: Grant, now: Date): Promise<boolean> {
  const { wijkId, personId, role, grantedBy, until } = grant;
  // the person's row is the lock under which grants of that person change
  await tx.select({ id: person.id }).from(person).where(eq(person.id, personId)).for('update');
  const [held] = await tx
    .select({ id: roleGrant.id })
    .from(roleGrant)
    .where(and(sameGrant(grant), holds(now)));
  if (held) return false;
  await tx.insert(roleGrant).values({
    id: uuidv7(now),
    wijkId,
    personId,
    role,
    validFrom: now,
    validUntil: until ?? null,
    grantedBy,
  });
  return true;
}

/** Ends a role now; the grant stays on record, with who took it. Tells whether it was held. */
export async function revokeRole(
  tx: Transaction,
  grant: Pick<Grant, 'wijkId' | 'personId' | 'role'> & { revokedBy?: string | null },
  now: Date,
): Promise<boolean> {
  const ended = await tx
    .update(roleGrant)
    .set({ validUntil: now, revokedBy: grant.revokedBy ?? null })
    .where(and(sameGrant(grant), holds(now)))
    .returning({ id: roleGrant.id });
  return ended.length > 0;
}

const sameGrant = ({ wijkId, personId, role }: Pick<Grant, 'wijkId' | 'personId' | 'role'>) =>
  and(
    eq(roleGrant.personId, personId),
    eq(roleGrant.role, role),
    wijkId === null ? isNull(roleGrant.wijkId) : eq(roleGrant.wijkId, wijkId),
  );

export interface RoleHolder {
  membershipId: string;
  name: string | null;
  /** function, as shown beside the name */
  title: string | null;
}

/** Members of the wijk who hold one of these roles now, each once, by name. */
export async function listMembersWithRole(
  db: Executor,
  wijkId: string,
  roles: readonly Role[],
  now: Date,
): Promise<RoleHolder[]> {
  return db
    .selectDistinct({ membershipId: membership.id, name: person.name, title: membership.title })
    .from(roleGrant)
    .innerJoin(
      membership,
      and(eq(membership.wijkId, roleGrant.wijkId), eq(membership.personId, roleGrant.personId)),
    )
    .innerJoin(person, eq(person.id, membership.personId))
    .where(
      and(
        eq(roleGrant.wijkId, wijkId),
        inArray(roleGrant.role, [...roles]),
        holds(now),
        isNull(person.erasedAt),
      ),
    )
    .orderBy(asc(person.name), asc(membership.id));
}

/** `name` as `normalisePersonName` gives it. */
export async function setName(db: Executor, personId: string, name: string): Promise<void> {
  await db.update(person).set({ name }).where(eq(person.id, personId));
}

/** Sets the name of someone who has none; a guest's question brings one along. */
export async function setMissingName(db: Executor, personId: string, name: string): Promise<void> {
  await db
    .update(person)
    .set({ name })
    .where(and(eq(person.id, personId), isNull(person.name)));
}
