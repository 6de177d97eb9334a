import { type SQL, sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';

export interface ScoreLine {
  asked: number;
  kept: number;
  missed: number;
  running: number;
  /** see `LINE` */
  medianMinutes: number | null;
  medianBeyondTerm: boolean;
  /** the outcome of every question is frozen */
  settled: boolean;
}

/**
 * Counted in the week of submission; frozen when the term ends (V4a). Before that a kept promise
 * counts as kept for as long as it is. The median is that of the moment of the first reputed answer
 * over every question whose outcome is known: one that was missed sorts as later than any, because
 * leaving it out would make a week look better the more it missed.
 */
const LINE = sql`
  count(*)::int as asked,
  count(*) filter (where p.frozen_outcome = 'kept' or (p.frozen_outcome is null and p.kept_at is not null))::int as kept,
  count(*) filter (where p.frozen_outcome = 'missed')::int as missed,
  count(*) filter (where p.frozen_outcome is null and p.kept_at is null)::int as running,
  bool_and(p.frozen_outcome is not null) as settled,
  percentile_cont(0.5) within group (order by case
    when p.frozen_outcome = 'missed' then 'Infinity'::float8
    when p.frozen_outcome = 'kept' then p.frozen_minutes
    when p.kept_at is not null then extract(epoch from p.kept_at - p.started_at)::float8 / 60 end) as median`;

/** Cancelled before the end of the term: not counted (V12). */
const COUNTED = sql`(p.cancelled_at is null or p.frozen_outcome is not null)`;

type Week = { year: number; week: number };

const since = (wijkId: string, from: Week): SQL =>
  sql`p.wijk_id = ${wijkId} and (p.week_year, p.week) >= (${from.year}, ${from.week}) and ${COUNTED}`;
const about = (theme: string | null): SQL => (theme === null ? sql`` : sql`and p.theme = ${theme}`);

function lineOf(row: Record<string, unknown>): ScoreLine {
  const median = row.median === null ? null : Number(row.median);
  const known = median !== null && Number.isFinite(median);
  return {
    asked: Number(row.asked),
    kept: Number(row.kept),
    missed: Number(row.missed),
    running: Number(row.running),
    medianMinutes: known ? Math.round(median) : null,
    medianBeyondTerm: median !== null && !known,
    settled: row.settled !== false,
  };
}

/** From that ISO week on: each week in which something was asked, oldest first, and all together. */
export async function scoreByWeek(
  db: Executor,
  wijkId: string,
  from: Week,
  theme: string | null,
): Promise<{ total: ScoreLine; weeks: (ScoreLine & Week)[] }> {
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    select p.week_year, p.week, ${LINE} from vraagbaak.promise p
    where ${since(wijkId, from)} ${about(theme)}
    group by grouping sets ((p.week_year, p.week), ()) order by p.week_year, p.week`,
  );
  const total = rows.find((row) => row.week === null);
  return {
    total: lineOf(total ?? { asked: 0, kept: 0, missed: 0, running: 0, median: null }),
    weeks: rows
      .filter((row) => row.week !== null)
      .map((row) => ({ ...lineOf(row), year: Number(row.week_year), week: Number(row.week) })),
  };
}

/** From that ISO week on, by the theme as it counted at the time. */
export async function scoreByTheme(
  db: Executor,
  wijkId: string,
  from: Week,
): Promise<(ScoreLine & { theme: string })[]> {
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    select p.theme, ${LINE} from vraagbaak.promise p
    where ${since(wijkId, from)}
    group by p.theme order by count(*) desc, p.theme`,
  );
  return rows.map((row) => ({ ...lineOf(row), theme: row.theme as string }));
}

/** What waits for an answer now, and how much of that is late. */
export async function countOpen(
  db: Executor,
  wijkId: string,
  now: Date,
  theme: string | null,
): Promise<{ open: number; overdue: number }> {
  const { rows } = await run<{ open: number; overdue: number }>(
    db,
    sql`
    select count(*)::int as open, count(*) filter (where p.due_at <= ${now} and p.paused_at is null)::int as overdue
    from vraagbaak.promise p
    where p.wijk_id = ${wijkId} and p.kept_at is null and p.cancelled_at is null ${about(theme)}`,
  );
  return rows[0] ?? { open: 0, overdue: 0 };
}
