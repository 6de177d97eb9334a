import type { Services } from '../services.ts';

/**
 * Does one piece of work that is due; says whether there was any. A piece that may take minutes ends early
 * when the signal comes, and is done anew after the next start; the others are waited for.
 */
export type Job = (services: Services, signal?: AbortSignal) => Promise<boolean>;

export interface NamedJob {
  name: string;
  run: Job;
  /** pieces at the same time at most; one if left out. Several workers must be harmless for it. */
  lanes?: number;
}

const IDLE_MS = 1000;
const AFTER_FAILURE_MS = 2000;
/** Of the connections to the database, so that pages find one while there is much to do. */
const SHARE_OF_POOL = 1 / 3;

/**
 * Works through everything that is due, in one or more lanes per job, each a piece at a time, and
 * looks again every second. `wake` is only a hint: without it the work is done all the same, a little
 * later. It rouses one lane of each job; a lane that found something rouses the next, so that a
 * single event doesn't make all of them look.
 */
export class Worker {
  readonly #services: Services;
  readonly #jobs: readonly NamedJob[];
  readonly #ending = new AbortController();
  #stopping = false;
  #lanes: Promise<void>[] = [];
  /** what ends the rest of a lane, by its job, longest resting first */
  readonly #resting = new Map<NamedJob, Set<() => void>>();

  constructor(services: Services, jobs: readonly NamedJob[]) {
    this.#services = services;
    this.#jobs = jobs;
  }

  start(): void {
    const most = Math.max(1, Math.floor(this.#services.config.poolSize * SHARE_OF_POOL));
    this.#lanes = this.#jobs.flatMap((job) =>
      Array.from({ length: Math.min(job.lanes ?? 1, most) }, () => this.#lane(job)),
    );
  }

  wake(): void {
    for (const job of this.#jobs) this.#rouseOne(job);
  }

  /** Ends after the pieces under way; those that take minutes are broken off. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#ending.abort();
    for (const resting of this.#resting.values()) for (const rouse of resting) rouse();
    await Promise.all(this.#lanes);
  }

  async #lane(job: NamedJob): Promise<void> {
    while (!this.#stopping) {
      try {
        while (!this.#stopping && (await job.run(this.#services, this.#ending.signal)))
          this.#rouseOne(job);
        await this.#rest(job, IDLE_MS);
      } catch (err) {
        this.#services.log.error({ err, job: job.name }, 'job failed');
        await this.#rest(job, AFTER_FAILURE_MS);
      }
    }
  }

  #rouseOne(job: NamedJob): void {
    const [first] = this.#resting.get(job) ?? [];
    first?.();
  }

  async #rest(job: NamedJob, ms: number): Promise<void> {
    if (this.#stopping) return;
    const resting = this.#resting.get(job) ?? new Set();
    this.#resting.set(job, resting);
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        resting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      resting.add(done);
    });
  }
}

/** Runs every job until none has work left; for tests. */
export async function drain(services: Services, jobs: readonly NamedJob[]): Promise<void> {
  for (let worked = true; worked; ) {
    worked = false;
    for (const job of jobs) while (await job.run(services)) worked = true;
  }
}
