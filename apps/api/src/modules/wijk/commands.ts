import { inTransaction, type Transaction, violatedConstraint } from '@wijk/db/kernel';
import {
  addPromisePolicy,
  addWijk,
  hasAdmin,
  lockSetup,
  markOpened,
  readSetup,
  type StoredSetup,
  setCalendar,
  setHolidays,
  setProfile,
  setThemes,
} from '@wijk/db/wijk';
import { DomainError, type FieldError } from '@wijk/domain/kernel';
import {
  type Calendar,
  checkNewWijk,
  checkProfile,
  checkThemes,
  HOLIDAYS,
  type HolidayKey,
  type ModerationPolicy,
  type PromisePolicy,
  type ThemeChange,
  validateCalendar,
  validatePolicy,
  type WijkProfile,
} from '@wijk/domain/wijk';
import { heed } from '../../heed.ts';
import type { Services } from '../../services.ts';
import { changeModerationPolicy, changePhrases } from './moderation.ts';

/** Latest moment from which a new policy may hold, in days from now. */
const AHEAD_DAYS = 366;

/** One change of the set-up at a time; this process knows at once, the others by NOTIFY. */
async function change<T>(
  services: Services,
  wijkId: string,
  work: (tx: Transaction, now: Date) => Promise<T>,
): Promise<T> {
  const done = await inTransaction(services.db, async (tx) => {
    await lockSetup(tx, wijkId);
    return work(tx, services.clock.now());
  });
  heed(services, { wijk: wijkId });
  return done;
}

/**
 * Makes a wijk that is not open yet, with the starting themes, hours, promise and moderation.
 * @returns its slug
 * @throws `kernel.invalid` at 'name' or 'slug', also for a slug that is there
 */
export async function createWijk(
  services: Services,
  given: { name: string; slug: string },
): Promise<string> {
  const checked = checkNewWijk(given);
  try {
    const id = await inTransaction(services.db, (tx) => addWijk(tx, checked, services.clock.now()));
    heed(services, { wijk: id });
    return checked.slug;
  } catch (error) {
    if (violatedConstraint(error) !== 'wijk_slug_unique') throw error;
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'slug', code: 'slug-taken' }],
    });
  }
}

/** @throws `kernel.invalid` with every field at fault */
export function changeProfile(
  services: Services,
  wijkId: string,
  given: { [K in keyof WijkProfile]?: WijkProfile[K] | undefined },
): Promise<void> {
  return change(services, wijkId, async (tx, now) => {
    const { name, motto, accent, cbsCodes, cbsYear } = await readSetup(tx, wijkId, now);
    const asked = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    );
    const profile = { name, motto, accent, cbsCodes, cbsYear, ...asked };
    await setProfile(tx, wijkId, checkProfile(profile, now.getUTCFullYear()));
  });
}

/** @throws `kernel.invalid` with every field at fault */
export function changeThemes(
  services: Services,
  wijkId: string,
  given: readonly ThemeChange[],
): Promise<void> {
  return change(services, wijkId, async (tx, now) => {
    const known = new Set((await readSetup(tx, wijkId, now)).themes.map(({ slug }) => slug));
    await setThemes(tx, wijkId, checkThemes(given, known), now);
  });
}

/** @throws `kernel.invalid` with every field at fault */
export function changeCalendar(
  services: Services,
  wijk: { id: string; timeZone: string },
  given: Pick<Calendar, 'periods' | 'exceptions'>,
): Promise<void> {
  validateCalendar({ timeZone: wijk.timeZone, ...given });
  return change(services, wijk.id, (tx) => setCalendar(tx, wijk.id, given));
}

/** Closed on these public holidays, open as on any other day on the rest. */
export function changeHolidays(
  services: Services,
  wijkId: string,
  closed: readonly HolidayKey[],
): Promise<void> {
  const switches = Object.fromEntries(HOLIDAYS.map(({ key }) => [key, closed.includes(key)]));
  return change(services, wijkId, (tx) => setHolidays(tx, wijkId, switches));
}

/**
 * A new version of what the wijk agreed about moderation; decisions that were made stay.
 * @throws `kernel.invalid` with every field at fault
 */
export function changeModeration(
  services: Services,
  wijkId: string,
  policy: Omit<ModerationPolicy, 'version'>,
  validFrom?: Date,
): Promise<number> {
  return change(services, wijkId, async (tx, now) => {
    const from = validFrom ?? now;
    assertMoment(from, now);
    return changeModerationPolicy(tx, wijkId, policy, from);
  });
}

/**
 * The lists of words; one that is left out stays as it is.
 * @param by person who changes them
 * @throws `kernel.invalid` at 'distress' or 'hold'
 */
export function changeWords(
  services: Services,
  wijkId: string,
  lists: { distress?: readonly string[] | undefined; hold?: readonly string[] | undefined },
  by: string,
): Promise<void> {
  return change(services, wijkId, async (tx, now) => {
    const errors: FieldError[] = [];
    for (const kind of ['distress', 'hold'] as const) {
      const phrases = lists[kind];
      if (!phrases) continue;
      try {
        await changePhrases(tx, wijkId, kind, { phrases, by }, now);
      } catch (error) {
        if (!(error instanceof DomainError) || error.kind !== 'invalid') throw error;
        errors.push(...error.errors.map((fault) => ({ ...fault, pointer: kind })));
      }
    }
    if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
  });
}

/**
 * A new version of the promise. Promises that run keep the moments they were given.
 * @param validFrom now where it is left out; a moment that is over is refused
 * @throws `kernel.invalid` with every field at fault
 */
export function changePromisePolicy(
  services: Services,
  wijkId: string,
  given: Omit<PromisePolicy, 'version'>,
  validFrom?: Date,
): Promise<number> {
  validatePolicy({ version: 1, ...given });
  return change(services, wijkId, async (tx, now) => {
    const { promise } = await readSetup(tx, wijkId, now);
    const from = validFrom ?? now;
    assertMoment(from, now);
    // two versions cannot begin at one moment: the later one is a millisecond younger
    const taken = new Set(promise.map((version) => version.validFrom.getTime()));
    let at = from.getTime();
    while (taken.has(at)) at += 1;
    return addPromisePolicy(tx, wijkId, given, new Date(at));
  });
}

/** @throws `kernel.invalid` at 'validFrom' for a moment that is over, or more than a year away */
export function assertMoment(from: Date, now: Date): void {
  const refuse = (code: string) =>
    new DomainError('invalid', 'kernel.invalid', { errors: [{ pointer: 'validFrom', code }] });
  if (Number.isNaN(from.getTime())) throw refuse('not-a-date');
  if (from < now) throw refuse('in-the-past');
  if (from.getTime() - now.getTime() > AHEAD_DAYS * 86_400_000) throw refuse('too-far-ahead');
}

/** What is still missing before the wijk can open. */
export async function needsOf(
  db: Parameters<typeof hasAdmin>[0],
  wijkId: string,
  setup: Pick<StoredSetup, 'themes' | 'periods' | 'promise'>,
  now: Date,
): Promise<('theme' | 'admin' | 'calendar')[]> {
  const needs: ('theme' | 'admin' | 'calendar')[] = [];
  if (setup.themes.every(({ retired }) => retired)) needs.push('theme');
  const countsHours = setup.promise.some(({ mode }) => mode === 'opening-hours');
  if (countsHours && setup.periods.length === 0) needs.push('calendar');
  if (!(await hasAdmin(db, wijkId, now))) needs.push('admin');
  return needs;
}

/**
 * Opens the wijk: everybody sees it from here on. Opening an open one changes nothing.
 * @throws `wijk.not-ready` where something is still missing
 */
export function openWijk(services: Services, wijkId: string): Promise<void> {
  return change(services, wijkId, async (tx, now) => {
    const setup = await readSetup(tx, wijkId, now);
    if (setup.openedAt) return;
    if ((await needsOf(tx, wijkId, setup, now)).length > 0)
      throw new DomainError('conflict', 'wijk.not-ready');
    await markOpened(tx, wijkId, now);
  });
}
