import type { Services } from '../services.ts';

/** Does one piece of work that is due; says whether there was any. */
export type Job = (services: Services) => Promise<boolean>;

export interface NamedJob {
  name: string;
  run: Job;
}

const IDLE_MS = 1000;
const AFTER_FAILURE_MS = 2000;

/**
 * Works through everything that is due, one piece at a time per job, and looks again every second.
 * `wake` is only a hint: without it the work is done all the same, a little later.
 */
export class Worker {
  readonly #services: Services;
  readonly #jobs: readonly NamedJob[];
  #stopping = false;
  #loops: Promise<void>[] = [];
  #wakers = new Set<() => void>();

  constructor(services: Services, jobs: readonly NamedJob[]) {
    this.#services = services;
    this.#jobs = jobs;
  }

  start(): void {
    this.#loops = this.#jobs.map((job) => this.#loop(job));
  }

  wake(): void {
    for (const waker of this.#wakers) waker();
  }

  /** Ends after the pieces under way. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.wake();
    await Promise.all(this.#loops);
  }

  async #loop({ name, run }: NamedJob): Promise<void> {
    while (!this.#stopping) {
      try {
        while (!this.#stopping && (await run(this.#services)));
        await this.#rest(IDLE_MS);
      } catch (err) {
        this.#services.log.error({ err, job: name }, 'job failed');
        await this.#rest(AFTER_FAILURE_MS);
      }
    }
  }

  async #rest(ms: number): Promise<void> {
    if (this.#stopping) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#wakers.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#wakers.add(done);
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
