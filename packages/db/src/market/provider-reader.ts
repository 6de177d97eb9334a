import { sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';

/** Somebody, or an organisation, as others know them; undefined: there is none in this wijk. */
export async function readProviderRow(
  db: Executor,
  wijkId: string,
  of: { membershipId: string } | { organisationId: string },
): Promise<{ name: string | null; title: string | null; about: string } | undefined> {
  const { rows } = await run<{ name: string | null; title: string | null; about: string }>(
    db,
    'membershipId' in of
      ? sql`select p.name, m.title, coalesce(m.about, '') as about from identity.membership m
          join identity.person p on p.id = m.person_id
          where m.wijk_id = ${wijkId} and m.id = ${of.membershipId}`
      : sql`select o.name, null as title, o.about from wallet.organisation o
          where o.wijk_id = ${wijkId} and o.id = ${of.organisationId} and o.closed_at is null`,
  );
  return rows[0];
}
