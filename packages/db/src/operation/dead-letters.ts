import { sql } from 'drizzle-orm';
import type { Executor } from '../kernel/index.ts';

/** Makes every dead letter of the wijk due now, with its tries counted anew; tells how many. */
export async function reviveDeadLetters(db: Executor, wijkId: string, now: Date): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`
    with d as (
      update kernel.delivery set status = 'pending', attempts = 0, due_at = ${now}
      where wijk_id = ${wijkId} and status = 'dead' returning 1
    ), m as (
      update notifications.mail set status = 'pending', attempts = 0, due_at = ${now}
      where wijk_id = ${wijkId} and status = 'dead' returning 1
    )
    select ((select count(*) from d) + (select count(*) from m))::int as n`);
  return rows[0]?.n ?? 0;
}

/**
 * Throws a dead letter away: it will not be done. The event itself stays; a mail loses its address.
 * @returns false when there is none
 */
export async function discardDeadLetter(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<boolean> {
  const { rows } = await db.execute(sql`
    with d as (
      delete from kernel.delivery
      where wijk_id = ${wijkId} and id = ${id} and status = 'dead' returning 1
    ), m as (
      delete from notifications.mail
      where wijk_id = ${wijkId} and id = ${id} and status = 'dead' returning 1
    )
    select 1 from d union all select 1 from m`);
  return rows.length > 0;
}
