import type { Role } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import type { Executor } from '../kernel/index.ts';

export interface StoredMember {
  personId: string;
  name: string | null;
  /** function, as shown beside the name */
  title: string | null;
  roles: ReadonlySet<Role>;
}

/**
 * A member of this wijk with the roles held now.
 * @throws `identity.member-not-found`, also for a member of another wijk
 */
export async function readMember(
  db: Executor,
  wijkId: string,
  membershipId: string,
  now: Date,
): Promise<StoredMember> {
  const { rows } = await db.execute<{
    person_id: string;
    name: string | null;
    title: string | null;
    roles: Role[];
  }>(sql`
    select m.person_id, p.name, m.title, coalesce((
      select array_agg(distinct g.role) from identity.role_grant g
      where g.person_id = m.person_id and (g.wijk_id = m.wijk_id or g.wijk_id is null)
        and g.valid_from <= ${now} and (g.valid_until is null or g.valid_until > ${now})
    ), '{}') as roles
    from identity.membership m
    join identity.person p on p.id = m.person_id and p.erased_at is null
    where m.wijk_id = ${wijkId} and m.id = ${membershipId}`);
  const row = rows[0];
  if (!row) throw new DomainError('not-found', 'identity.member-not-found');
  return { personId: row.person_id, name: row.name, title: row.title, roles: new Set(row.roles) };
}
