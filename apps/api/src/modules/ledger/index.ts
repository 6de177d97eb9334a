import type { NamedJob } from '../../jobs/worker.ts';
import { lapsing } from './jobs/lapse-holds.ts';
import { sealing } from './jobs/seal.ts';

export type { Account, Hold, HoldLeg, Movement, MovementCursor } from '@wijk/db/ledger';
export {
  countFrozen,
  type HeldNow,
  type Moved,
  readHeld,
  readMoved,
  readNetFlows,
  readTurnover,
} from '@wijk/db/ledger';
export { Book } from './book.ts';
export { PostingQueue, type QueueLimits, type Submission } from './posting-queue.ts';

export const ledgerJobs: readonly NamedJob[] = [lapsing, sealing()];
