import { membership, person, roleGrant, session } from '@wijk/db/identity';
import type { Database } from '@wijk/db/kernel';
import { and, eq, sql } from 'drizzle-orm';
import { STRICT_ROLES } from './lifetime.ts';

/**
 * Session, person, membership and roles in one round trip, planned once per connection. A role that
 * is granted or withdrawn counts from the next request on.
 */
export function prepareFind(db: Database) {
  const wijkId = sql`${sql.placeholder('wijkId')}::uuid`;
  const now = sql`${sql.placeholder('now')}::timestamptz`;
  const strict = sql.raw(STRICT_ROLES.map((role) => `'${role}'`).join(', '));
  const granted = sql`select g.wijk_id, g.role from ${roleGrant} g
    where g.person_id = ${session.personId}
      and g.valid_from <= ${now} and (g.valid_until is null or g.valid_until > ${now})`;
  return db
    .select({
      personId: session.personId,
      createdAt: session.createdAt,
      expiresAt: session.expiresAt,
      lastSeenAt: session.lastSeenAt,
      name: person.name,
      email: person.email,
      membershipId: membership.id,
      roles: sql<string[]>`array(select r.role from (${granted}) r
        where r.wijk_id = ${wijkId} or r.wijk_id is null)`,
      strict: sql<boolean>`exists (select from (${granted}) r where r.role in (${strict}))`,
    })
    .from(session)
    .innerJoin(person, and(eq(person.id, session.personId), sql`${person.erasedAt} is null`))
    .leftJoin(
      membership,
      and(eq(membership.personId, session.personId), sql`${membership.wijkId} = ${wijkId}`),
    )
    .where(eq(session.id, sql.placeholder('id')))
    .prepare('wijk_session_actor');
}
