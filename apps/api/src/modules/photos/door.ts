import { DomainError } from '@wijk/domain/kernel';

/** Uploads under way at once in this process, each with at most 12 MB in memory, and of one address. */
const PLACES = 8;
const PLACES_OF_ONE = 4;
const DAY_MS = 24 * 60 * 60_000;

/**
 * The narrow door that every photo passes: a bounded number are under way, one at a time is worked on.
 * Lives in memory: a process has its own.
 */
export class PhotoDoor {
  readonly #inside = new Map<string, number>();
  #count = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** @returns what gives the place back @throws `vraagbaak.photos-busy` (503, try again) */
  enter(address: string): () => void {
    const own = this.#inside.get(address) ?? 0;
    if (this.#count >= PLACES || own >= PLACES_OF_ONE)
      throw new DomainError('unavailable', 'vraagbaak.photos-busy');
    this.#count += 1;
    this.#inside.set(address, own + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#count -= 1;
      const now = (this.#inside.get(address) ?? 1) - 1;
      if (now > 0) this.#inside.set(address, now);
      else this.#inside.delete(address);
    };
  }

  /** Does the work when all that came before is done, well or badly. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

/**
 * Photos in 24 hours by whoever sends them. In memory and nowhere else: no row tells who uploaded what,
 * and a day later nothing does.
 */
export class DayCount {
  readonly #moments = new Map<string, number[]>();
  #tidiedAt = 0;

  /** @returns when another one may come; null: now */
  waitUntil(who: string, limit: number, now: Date): Date | null {
    const recent = this.#recent(who, now);
    const oldest = recent.at(-limit);
    return recent.length >= limit && oldest !== undefined ? new Date(oldest + DAY_MS) : null;
  }

  add(who: string, now: Date): void {
    this.#tidy(now);
    this.#moments.set(who, [...this.#recent(who, now), now.getTime()]);
  }

  #recent(who: string, now: Date): number[] {
    return (this.#moments.get(who) ?? []).filter((at) => now.getTime() - at < DAY_MS);
  }

  #tidy(now: Date): void {
    if (now.getTime() - this.#tidiedAt < DAY_MS / 24) return;
    this.#tidiedAt = now.getTime();
    for (const who of this.#moments.keys())
      if (this.#recent(who, now).length === 0) this.#moments.delete(who);
  }
}
