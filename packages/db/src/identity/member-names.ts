import { sql } from 'drizzle-orm';
import type { Executor } from '../kernel/index.ts';

/** Members of the wijk by address; addresses that are nobody's here are left out. */
export async function membersByEmail(
  db: Executor,
  wijkId: string,
  emails: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await db.execute<{ email: string; id: string }>(sql`
    select p.email, m.id from identity.person p
    join identity.membership m on m.person_id = p.id and m.wijk_id = ${wijkId}
    where p.email = any(${sql.param(emails)}::text[]) and p.erased_at is null`);
  return new Map(rows.map(({ email, id }) => [email, id]));
}

/** Names by membership, for lists of who did what. */
export async function memberNames(
  db: Executor,
  wijkId: string,
  members: readonly string[],
): Promise<Map<string, string>> {
  if (members.length === 0) return new Map();
  const { rows } = await db.execute<{ id: string; name: string | null }>(sql`
    select m.id, p.name from identity.membership m join identity.person p on p.id = m.person_id
    where m.wijk_id = ${wijkId} and m.id = any(${sql.param(members)}::uuid[])`);
  return new Map(rows.map(({ id, name }) => [id, name ?? '']));
}
