import type { Database, Executor } from '@wijk/db/kernel';
import { readWijken, type StoredWijk } from '@wijk/db/wijk';
import type { Clock } from '@wijk/domain/kernel';
import type { Calendar } from '@wijk/domain/wijk';
import { calendarWithHolidays } from './holidays.ts';
import { type Moderation, moderationOf } from './moderation.ts';

/** A neighbourhood with what every request needs of it. */
export interface Wijk extends Omit<StoredWijk, 'moderation' | 'phrases'> {
  /** what holds now for V11: its own rules and lists, or those of the house */
  moderation: Moderation;
}

/**
 * All wijken, their closed holidays in the calendar. Where only elapsed time counts no calendar is ever
 * asked, and the holidays are not looked up.
 */
async function readWithHolidays(db: Executor, now: Date): Promise<Wijk[]> {
  return Promise.all(
    (await readWijken(db, now)).map(async ({ moderation, phrases, ...wijk }) => ({
      ...wijk,
      calendar: wijk.countsHours
        ? await calendarWithHolidays(wijk.calendar, wijk.holidays, now)
        : wijk.calendar,
      moderation: moderationOf(moderation, phrases),
    })),
  );
}

/** The calendar of a wijk as it is now, for a promise that runs on inside a transaction. */
export async function readCalendar(db: Executor, wijkId: string, now: Date): Promise<Calendar> {
  const wijk = (await readWithHolidays(db, now)).find(({ id }) => id === wijkId);
  if (!wijk) throw new Error('there is no such wijk');
  return wijk.calendar;
}

/** How old a remembered wijk may be; a change of name or theme shows within this time. */
const REMEMBER_MS = 30_000;

/** The wijken of this installation, remembered for half a minute: they are in every request. */
export class Wijken {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #defaultSlug: string | undefined;
  #bySlug = new Map<string, Wijk>();
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;
  /** counts `forget`: a reading that was under way by then is old already */
  #forgotten = 0;

  constructor(db: Database, clock: Clock, defaultSlug?: string) {
    this.#db = db;
    this.#clock = clock;
    this.#defaultSlug = defaultSlug;
  }

  async bySlug(slug: string): Promise<Wijk | undefined> {
    const now = this.#clock.now().getTime();
    const known = this.#bySlug.get(slug);
    if (known ? this.#isOld(known, now) : now - this.#readAt > 1000) await this.#read();
    return this.#bySlug.get(slug);
  }

  /** Makes sure that host names can be told apart; what is remembered will do when it is not fresh. */
  async ready(): Promise<void> {
    if (this.#bySlug.size === 0) await this.#read();
  }

  async byId(id: string): Promise<Wijk | undefined> {
    const known = [...this.#bySlug.values()].find((wijk) => wijk.id === id);
    if (known && !this.#isOld(known, this.#clock.now().getTime())) return known;
    await this.#read();
    return [...this.#bySlug.values()].find((wijk) => wijk.id === id);
  }

  /**
   * The time zone of a wijk. What is remembered will do, however old: asked inside a transaction, a reading
   * would wait for a second connection while holding the first.
   */
  async timeZoneOf(id: string): Promise<string | undefined> {
    const known = [...this.#bySlug.values()].find((wijk) => wijk.id === id);
    return (known ?? (await this.byId(id)))?.timeZone;
  }

  /** Those that have opened, by slug; at most half a minute old. */
  async listOpen(): Promise<Wijk[]> {
    const age = this.#clock.now().getTime() - this.#readAt;
    if (age > REMEMBER_MS) await this.#read();
    return [...this.#bySlug.values()]
      .filter(({ openedAt }) => openedAt !== null)
      .sort((a, b) => (a.slug < b.slug ? -1 : 1));
  }

  /** Reads them anew at the next request, after a change of set-up. */
  forget(): void {
    this.#forgotten += 1;
    this.#readAt = Number.NEGATIVE_INFINITY;
  }

  /**
   * The wijk of a host name: its own, the configured one, or the one that opened first, so that a
   * second one takes nothing from it. Where two opened at one moment there is no first.
   */
  slugOfHost(host: string): string | undefined {
    const name = host.replace(/:\d+$/, '').toLowerCase();
    const wijken = [...this.#bySlug.values()];
    const own = wijken.find((wijk) => wijk.host === name);
    if (own) return own.slug;
    if (this.#defaultSlug) return this.#defaultSlug;
    const opened = wijken.flatMap(({ slug, openedAt }) =>
      openedAt ? [{ slug, at: openedAt.getTime() }] : [],
    );
    const [first, second] = opened.sort((a, b) => a.at - b.at);
    return first && first.at !== second?.at ? first.slug : undefined;
  }

  /** Also the moment that a planned version of a policy begins, to the millisecond. */
  #isOld(wijk: Wijk, now: number): boolean {
    return now - this.#readAt > REMEMBER_MS || (wijk.policyUntil?.getTime() ?? now + 1) <= now;
  }

  async #read(): Promise<void> {
    const before = this.#forgotten;
    this.#reading ??= readWithHolidays(this.#db, this.#clock.now())
      .then((wijken) => {
        this.#bySlug = new Map(wijken.map((wijk) => [wijk.slug, wijk]));
        if (before === this.#forgotten) this.#readAt = this.#clock.now().getTime();
      })
      .finally(() => {
        this.#reading = undefined;
      });
    await this.#reading;
    // a change came in while it was read: the first reading may not have seen it
    if (before !== this.#forgotten) await this.#read();
  }
}
