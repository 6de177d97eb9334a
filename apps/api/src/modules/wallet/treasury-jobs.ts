import type { NamedJob } from '../../jobs/worker.ts';
import { policyJobs } from './policy/jobs.ts';
import { closeProgrammes, returnBudgets } from './programmes/jobs.ts';

/** What happens by itself at its moment, once, whichever worker does it. */
export const treasuryJobs: readonly NamedJob[] = [
  { name: 'budgets', run: returnBudgets },
  { name: 'programmes', run: closeProgrammes },
  ...policyJobs(),
];
