import { randomUUID } from 'node:crypto';
import type { LiveHint } from '@wijk/db/kernel';
import { atDesk, send, type Viewer } from './live-viewer.ts';

/** How often a process repeats what it said; what was not repeated for `LASTS_MS` is over. */
export const BEAT_EVERY_MS = 10_000;
export const LASTS_MS = 35_000;
/** Moves within this time are told together. */
const GATHER_MS = 250;
/** NOTIFY carries less than 8000 bytes; who does not fit in is left out. */
const BYTES = 7000;

type Seen = { m: string; n: string; r: string };

/**
 * Who has which question before them at the desk (V6, "Noor bekijkt dit"), over all processes. Each
 * process tells the others its whole list by NOTIFY when it changes and with every beat; nothing is
 * stored. After a crash its viewers are gone within `LASTS_MS` and a beat.
 */
export class PresenceBoard {
  readonly #self = randomUUID();
  readonly #now: () => number;
  readonly #announce: (hint: LiveHint) => Promise<void>;
  readonly #viewers: () => Iterable<Viewer>;
  /** by wijk and process */
  readonly #elsewhere = new Map<string, Map<string, { seen: Seen[]; until: number }>>();
  readonly #gathering = new Map<string, NodeJS.Timeout>();

  constructor(parts: {
    now(): number;
    announce(hint: LiveHint): Promise<void>;
    viewers(): Iterable<Viewer>;
  }) {
    this.#now = parts.now;
    this.#announce = parts.announce;
    this.#viewers = parts.viewers;
  }

  /** Somebody of this process began or ceased to look at a question, or to watch the desk. */
  moved({ wijkId }: Pick<Viewer, 'wijkId'>): void {
    if (this.#gathering.has(wijkId)) return;
    const timer = setTimeout(() => void this.#tellAll(wijkId), GATHER_MS);
    this.#gathering.set(wijkId, timer);
  }

  /** What another process says; its own words come back as well and are left aside. */
  hear({ w: wijkId, v }: LiveHint): void {
    if (!v || v.from === this.#self) return;
    const processes = this.#elsewhere.get(wijkId) ?? new Map();
    if (v.seen.length > 0) processes.set(v.from, { seen: v.seen, until: this.#now() + LASTS_MS });
    else processes.delete(v.from);
    this.#elsewhere.set(wijkId, processes);
    this.show(wijkId);
  }

  async beat(): Promise<void> {
    const now = this.#now();
    for (const [wijkId, processes] of this.#elsewhere) {
      for (const [from, { until }] of processes) if (until <= now) processes.delete(from);
      this.show(wijkId);
      if (processes.size === 0) this.#elsewhere.delete(wijkId);
    }
    const wijken = new Set<string>();
    for (const { wijkId, viewing } of this.#viewers()) if (viewing !== null) wijken.add(wijkId);
    for (const wijkId of wijken) await this.#announce(this.#hintOf(wijkId));
  }

  /** The process stops: what was gathered is told at once. */
  async leave(): Promise<void> {
    for (const wijkId of [...this.#gathering.keys()]) await this.#tellAll(wijkId);
  }

  async #tellAll(wijkId: string): Promise<void> {
    clearTimeout(this.#gathering.get(wijkId));
    this.#gathering.delete(wijkId);
    this.show(wijkId);
    await this.#announce(this.#hintOf(wijkId));
  }

  #hintOf(wijkId: string): LiveHint {
    const seen: Seen[] = [];
    let bytes = 0;
    for (const one of this.#here(wijkId)) {
      bytes += Buffer.byteLength(JSON.stringify(one)) + 1;
      if (bytes > BYTES) break;
      seen.push(one);
    }
    return { w: wijkId, t: 'presence', v: { from: this.#self, seen } };
  }

  #here(wijkId: string): Seen[] {
    const seen: Seen[] = [];
    for (const viewer of this.#viewers()) {
      const { actor, viewing, name } = viewer;
      if (viewer.wijkId !== wijkId || viewing === null || !name) continue;
      if (actor.kind !== 'member' || !atDesk(viewer)) continue;
      seen.push({ m: actor.membershipId, n: name, r: viewing });
    }
    return seen;
  }

  /**
   * Tells each editor of this process about the others, where that is another list than before. Whoever
   * is authorised anew just then is passed over, and told when that is done.
   */
  show(wijkId: string): void {
    const elsewhere = [...(this.#elsewhere.get(wijkId)?.values() ?? [])];
    const all = [...this.#here(wijkId), ...elsewhere.flatMap(({ seen }) => seen)];
    const once = [...new Map(all.map((one) => [`${one.m} ${one.r}`, one])).values()].sort(
      (a, b) => a.n.localeCompare(b.n, 'nl') || (a.r < b.r ? -1 : 1),
    );
    for (const viewer of this.#viewers()) {
      const { actor } = viewer;
      if (viewer.wijkId !== wijkId || viewer.doubts > 0) continue;
      if (actor.kind !== 'member' || !atDesk(viewer)) continue;
      const others = once
        .filter(({ m }) => m !== actor.membershipId)
        .map(({ n, r }) => ({ name: n, ref: r }));
      const told = JSON.stringify(others);
      if (told === viewer.told) continue;
      viewer.told = told;
      send(viewer, { type: 'presence', viewers: others });
    }
  }
}
