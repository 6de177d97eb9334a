import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm';
import type { Executor } from '../kernel/index.ts';
import { dailyStatement } from './control-tables.ts';

export type StoredStatement = typeof dailyStatement.$inferSelect;

/** Adds the statement of a day; where there is one already, that one stays. */
export async function addStatement(db: Executor, row: StoredStatement): Promise<void> {
  await db.insert(dailyStatement).values(row).onConflictDoNothing();
}

/** Of that day, or the last one. */
export async function readStatement(
  db: Executor,
  wijkId: string,
  day?: string,
): Promise<StoredStatement | null> {
  const [row] = await db
    .select()
    .from(dailyStatement)
    .where(and(eq(dailyStatement.wijkId, wijkId), day ? eq(dailyStatement.day, day) : undefined))
    .orderBy(desc(dailyStatement.day))
    .limit(1);
  return row ?? null;
}

/** The days with a statement before and after. */
export async function neighboursOf(
  db: Executor,
  wijkId: string,
  day: string,
): Promise<{ previous: string | null; next: string | null }> {
  const days = db.select({ day: dailyStatement.day }).from(dailyStatement);
  const mine = eq(dailyStatement.wijkId, wijkId);
  const [[previous], [next]] = await Promise.all([
    days
      .where(and(mine, lt(dailyStatement.day, day)))
      .orderBy(desc(dailyStatement.day))
      .limit(1),
    db
      .select({ day: dailyStatement.day })
      .from(dailyStatement)
      .where(and(mine, gt(dailyStatement.day, day)))
      .orderBy(asc(dailyStatement.day))
      .limit(1),
  ]);
  return { previous: previous?.day ?? null, next: next?.day ?? null };
}

/** What was published of the book of a wijk, oldest first, beside the payments of each day as they are now. */
export async function readPublished(
  db: Executor,
  wijkId: string,
): Promise<
  {
    day: string;
    height: number;
    head: string;
    shown: {
      until: Date;
      totals: StoredStatement['totals'];
      payments: Record<'shown' | 'now', { payments: number; volume: number }>;
    };
  }[]
> {
  const { rows } = await db.execute<{
    day: string;
    height: number;
    head: string;
    totals: StoredStatement['totals'];
    payments: number;
    volume: string;
    until: string;
    paymentsNow: number;
    volumeNow: string;
  }>(sql`
    select s.day::text, s.height, s.head, s.totals, s.payments, s.volume::text, b.to as until,
      count(p.id)::int as "paymentsNow", coalesce(sum(p.amount), 0)::text as "volumeNow"
    from wallet.daily_statement s
    join wijk.wijk w on w.id = s.wijk_id
    cross join lateral (select s.day::timestamp at time zone w.time_zone as "from",
      (s.day + 1)::timestamp at time zone w.time_zone as "to") b
    left join wallet.payment p on p.wijk_id = s.wijk_id and p.at >= b.from and p.at < b.to
    where s.wijk_id = ${wijkId}
    group by s.wijk_id, s.day, b.to order by s.day`);
  return rows.map(({ day, height, head, totals, ...row }) => ({
    ...{ day, height, head },
    shown: {
      until: new Date(row.until),
      totals,
      payments: {
        shown: { payments: row.payments, volume: Number(row.volume) },
        now: { payments: row.paymentsNow, volume: Number(row.volumeNow) },
      },
    },
  }));
}

/** The moments at which a day of a wijk begins and ends. */
export async function readBounds(
  db: Executor,
  day: string,
  timeZone: string,
): Promise<{ from: Date; to: Date }> {
  const { rows } = await db.execute<{ from: string; to: string }>(sql`
    select (${day}::date)::timestamp at time zone ${timeZone} as "from",
      (${day}::date + 1)::timestamp at time zone ${timeZone} as "to"`);
  const [bounds] = rows;
  if (!bounds) throw new Error('a day has no bounds');
  return { from: new Date(bounds.from), to: new Date(bounds.to) };
}

/** Payments in a stretch of time, and what they came to, in minor units. */
export async function countPayments(
  db: Executor,
  wijkId: string,
  { from, to }: { from: Date; to: Date },
): Promise<{ payments: number; volume: number }> {
  const { rows } = await db.execute<{ payments: number; volume: string }>(sql`
    select count(*)::int as payments, coalesce(sum(amount), 0)::text as volume
    from wallet.payment where wijk_id = ${wijkId} and at >= ${from} and at < ${to}`);
  return { payments: rows[0]?.payments ?? 0, volume: Number(rows[0]?.volume ?? 0) };
}
