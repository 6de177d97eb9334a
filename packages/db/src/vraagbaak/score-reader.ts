import { sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';

export interface ScoreLine {
  asked: number;
  kept: number;
  missed: number;
  running: number;
  medianMinutes: number | null;
}

/**
 * Counted in the week of submission; frozen when the term ends (V4a). Before that a kept promise
 * counts as kept for as long as it is. Cancelled before the end of the term: not counted (V12).
 */
const LINE = sql`
  count(*)::int as asked,
  count(*) filter (where p.frozen_outcome = 'kept' or (p.frozen_outcome is null and p.kept_at is not null))::int as kept,
  count(*) filter (where p.frozen_outcome = 'missed')::int as missed,
  count(*) filter (where p.frozen_outcome is null and p.kept_at is null)::int as running,
  percentile_cont(0.5) within group (order by case
    when p.frozen_outcome is not null then p.frozen_minutes
    when p.kept_at is not null then extract(epoch from p.kept_at - p.started_at) / 60 end) as median`;

const COUNTED = sql`(p.cancelled_at is null or p.frozen_outcome is not null)`;

function lineOf(row: Record<string, unknown>): ScoreLine {
  return {
    asked: Number(row.asked),
    kept: Number(row.kept),
    missed: Number(row.missed),
    running: Number(row.running),
    medianMinutes: row.median === null ? null : Math.round(Number(row.median)),
  };
}

export interface WeekLine extends ScoreLine {
  year: number;
  week: number;
}

/** From that ISO week on, oldest first. */
export async function scoreByWeek(
  db: Executor,
  wijkId: string,
  from: { year: number; week: number },
): Promise<WeekLine[]> {
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    select p.week_year, p.week, ${LINE} from vraagbaak.promise p
    where p.wijk_id = ${wijkId} and (p.week_year, p.week) >= (${from.year}, ${from.week}) and ${COUNTED}
    group by p.week_year, p.week order by p.week_year, p.week`,
  );
  return rows.map((row) => ({
    ...lineOf(row),
    year: Number(row.week_year),
    week: Number(row.week),
  }));
}

export async function scoreByTheme(
  db: Executor,
  wijkId: string,
  from: { year: number; week: number },
): Promise<(ScoreLine & { theme: string })[]> {
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    select p.theme, ${LINE} from vraagbaak.promise p
    where p.wijk_id = ${wijkId} and (p.week_year, p.week) >= (${from.year}, ${from.week}) and ${COUNTED}
    group by p.theme order by count(*) desc, p.theme`,
  );
  return rows.map((row) => ({ ...lineOf(row), theme: row.theme as string }));
}

export async function countOpen(
  db: Executor,
  wijkId: string,
  now: Date,
): Promise<{ open: number; overdue: number }> {
  const { rows } = await run<{ open: number; overdue: number }>(
    db,
    sql`
    select count(*)::int as open, count(*) filter (where p.due_at <= ${now} and p.paused_at is null)::int as overdue
    from vraagbaak.promise p
    where p.wijk_id = ${wijkId} and p.kept_at is null and p.cancelled_at is null`,
  );
  return rows[0] ?? { open: 0, overdue: 0 };
}
