import type { NamedJob } from '../../jobs/worker.ts';
import { runDueSchedule } from './schedules/run.ts';

/** What the wallet does by itself at its moment, once, whichever worker does it. */
export const walletJobs: readonly NamedJob[] = [
  { name: 'schedules', run: runDueSchedule, lanes: 2 },
];
