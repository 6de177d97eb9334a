import { uuidv7 } from '@wijk/domain/kernel';
import {
  type Calendar,
  DEFAULT_CALENDAR,
  DEFAULT_POLICY,
  type PromisePolicy,
  STARTING_MODERATION,
  STARTING_THEMES,
  type WijkProfile,
} from '@wijk/domain/wijk';
import { and, eq, notInArray, sql } from 'drizzle-orm';
import { type Executor, hintChanged, type Transaction } from '../kernel/index.ts';
import {
  calendarException,
  calendarHoliday,
  calendarPeriod,
  moderationPolicy,
  promisePolicy,
  theme,
  wijk,
} from './tables.ts';

/**
 * A wijk to be set up: with the starting themes, hours, promise and moderation, and not open yet.
 * @returns its id
 */
export async function addWijk(
  tx: Transaction,
  given: { slug: string; name: string },
  now: Date,
): Promise<string> {
  const wijkId = uuidv7(now);
  await tx.insert(wijk).values({
    id: wijkId,
    slug: given.slug,
    name: given.name,
    timeZone: DEFAULT_CALENDAR.timeZone,
    openedAt: null,
    createdAt: now,
  });
  await tx
    .insert(theme)
    .values(STARTING_THEMES.map(({ slug, name }, i) => ({ wijkId, slug, name, position: i + 1 })));
  await tx
    .insert(calendarPeriod)
    .values(DEFAULT_CALENDAR.periods.map((period) => ({ wijkId, ...period })));
  await addPromisePolicy(tx, wijkId, DEFAULT_POLICY, now);
  await tx
    .insert(moderationPolicy)
    .values({ wijkId, version: 1, ...STARTING_MODERATION, validFrom: now });
  await hintChanged(tx, { wijk: wijkId });
  return wijkId;
}

/** One change of the set-up at a time, so that two admins do not write half of each other's lists. */
export async function lockSetup(tx: Transaction, wijkId: string): Promise<void> {
  await tx.select({ id: wijk.id }).from(wijk).where(eq(wijk.id, wijkId)).for('update');
}

export interface StoredSetup extends WijkProfile {
  openedAt: Date | null;
  timeZone: string;
  themes: { slug: string; name: string; retired: boolean }[];
  periods: { weekday: number; opens: string; closes: string }[];
  exceptions: { date: string; label: string; periods: { opens: string; closes: string }[] }[];
  /** holidays that the wijk switched, by key */
  holidays: Record<string, boolean>;
  /** the policy that holds at the moment asked about, then the later ones */
  promise: (PromisePolicy & { validFrom: Date })[];
}

/** How the wijk is set up, read anew: what is remembered for requests may be half a minute old. */
export async function readSetup(db: Executor, wijkId: string, now: Date): Promise<StoredSetup> {
  const [row] = await db.select().from(wijk).where(eq(wijk.id, wijkId));
  if (!row) throw new Error('there is no such wijk');
  const themes = await db
    .select({ slug: theme.slug, name: theme.name, retiredAt: theme.retiredAt })
    .from(theme)
    .where(eq(theme.wijkId, wijkId))
    .orderBy(theme.position, theme.slug);
  const periods = await db
    .select({
      weekday: calendarPeriod.weekday,
      opens: calendarPeriod.opens,
      closes: calendarPeriod.closes,
    })
    .from(calendarPeriod)
    .where(eq(calendarPeriod.wijkId, wijkId))
    .orderBy(calendarPeriod.weekday, calendarPeriod.opens);
  const exceptions = await db
    .select({
      date: calendarException.date,
      label: calendarException.label,
      periods: calendarException.periods,
    })
    .from(calendarException)
    .where(eq(calendarException.wijkId, wijkId))
    .orderBy(calendarException.date);
  const switches = await db
    .select({ holiday: calendarHoliday.holiday, closed: calendarHoliday.closed })
    .from(calendarHoliday)
    .where(eq(calendarHoliday.wijkId, wijkId));
  const policies = await db
    .select()
    .from(promisePolicy)
    .where(
      and(
        eq(promisePolicy.wijkId, wijkId),
        sql`${promisePolicy.validFrom} >= (select max(c.valid_from) from wijk.promise_policy c
          where c.wijk_id = ${wijkId} and c.valid_from <= ${now})`,
      ),
    )
    .orderBy(promisePolicy.validFrom);
  return {
    name: row.name,
    motto: row.motto,
    accent: row.accent,
    cbsCodes: row.cbsCodes,
    cbsYear: row.cbsYear,
    openedAt: row.openedAt,
    timeZone: row.timeZone,
    themes: themes.map(({ retiredAt, ...rest }) => ({ ...rest, retired: retiredAt !== null })),
    periods,
    exceptions,
    holidays: Object.fromEntries(switches.map(({ holiday, closed }) => [holiday, closed])),
    promise: policies.map(({ version, mode, termMinutes, steps, validFrom }) => ({
      version,
      mode,
      termMinutes,
      steps: steps as PromisePolicy['steps'],
      validFrom,
    })),
  };
}

export async function setProfile(
  tx: Transaction,
  wijkId: string,
  { cbsCodes, ...profile }: WijkProfile,
): Promise<void> {
  await tx
    .update(wijk)
    .set({ ...profile, cbsCodes: [...cbsCodes] })
    .where(eq(wijk.id, wijkId));
  await hintChanged(tx, { wijk: wijkId });
}

/** The list in its new order. A theme that was retired before keeps the moment. */
export async function setThemes(
  tx: Transaction,
  wijkId: string,
  themes: readonly { slug: string; name: string; retired: boolean }[],
  now: Date,
): Promise<void> {
  for (const [i, { slug, name, retired }] of themes.entries())
    await tx
      .insert(theme)
      .values({ wijkId, slug, name, position: i + 1, retiredAt: retired ? now : null })
      .onConflictDoUpdate({
        target: [theme.wijkId, theme.slug],
        set: {
          name,
          position: i + 1,
          retiredAt: retired ? sql`coalesce(${theme.retiredAt}, ${now})` : null,
        },
      });
  await hintChanged(tx, { wijk: wijkId });
}

/** Replaces opening periods and dates that differ; promises that run keep their moments. */
export async function setCalendar(
  tx: Transaction,
  wijkId: string,
  { periods, exceptions }: Pick<Calendar, 'periods' | 'exceptions'>,
): Promise<void> {
  await tx.delete(calendarPeriod).where(eq(calendarPeriod.wijkId, wijkId));
  if (periods.length > 0)
    await tx.insert(calendarPeriod).values(periods.map((period) => ({ wijkId, ...period })));
  const dates = exceptions.map(({ date }) => date);
  await tx
    .delete(calendarException)
    .where(
      and(
        eq(calendarException.wijkId, wijkId),
        ...(dates.length > 0 ? [notInArray(calendarException.date, dates)] : []),
      ),
    );
  for (const { date, label, periods: own } of exceptions) {
    const values = { label, periods: own.map((period) => ({ ...period })) };
    await tx
      .insert(calendarException)
      .values({ wijkId, date, ...values })
      .onConflictDoUpdate({
        target: [calendarException.wijkId, calendarException.date],
        set: values,
      });
  }
  await hintChanged(tx, { wijk: wijkId });
}

/** Whether the redactie is away on each of these holidays. */
export async function setHolidays(
  tx: Transaction,
  wijkId: string,
  switches: Readonly<Record<string, boolean>>,
): Promise<void> {
  for (const [holiday, closed] of Object.entries(switches))
    await tx
      .insert(calendarHoliday)
      .values({ wijkId, holiday, closed })
      .onConflictDoUpdate({
        target: [calendarHoliday.wijkId, calendarHoliday.holiday],
        set: { closed },
      });
  await hintChanged(tx, { wijk: wijkId });
}

/** The next version of what the wijk promises; the versions before it stay as they are. */
export async function addPromisePolicy(
  tx: Transaction,
  wijkId: string,
  policy: Omit<PromisePolicy, 'version'>,
  validFrom: Date,
): Promise<number> {
  const { rows } = await tx.execute<{ version: number }>(sql`
    select coalesce(max(version), 0)::int + 1 as version from wijk.promise_policy
    where wijk_id = ${wijkId}`);
  const version = rows[0]?.version ?? 1;
  await tx.insert(promisePolicy).values({
    wijkId,
    version,
    mode: policy.mode,
    termMinutes: policy.termMinutes,
    steps: policy.steps.map((step) => ({ ...step })),
    validFrom,
  });
  await hintChanged(tx, { wijk: wijkId });
  return version;
}

/** Opens the wijk; false where it was open already. */
export async function markOpened(tx: Transaction, wijkId: string, now: Date): Promise<boolean> {
  const opened = await tx
    .update(wijk)
    .set({ openedAt: now })
    .where(and(eq(wijk.id, wijkId), sql`${wijk.openedAt} is null`))
    .returning({ id: wijk.id });
  await hintChanged(tx, { wijk: wijkId });
  return opened.length > 0;
}
