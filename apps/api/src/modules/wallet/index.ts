import type { NamedJob } from '../../jobs/worker.ts';
import { closingDays } from './close-days.ts';
import { dailyStatements } from './daily-statement.ts';
import { verifying } from './verify.ts';

export { completePayments, composeWallet, type Wallet } from './complete.ts';
export { circulation } from './control/circulation.ts';
export { dailyStatementRoutes } from './daily-statement.ts';
export { ensureHolder, openHolder } from './holders.ts';
export { walletJobs } from './jobs.ts';
export {
  actsFor,
  availableOf,
  earnedByMonth,
  listActing,
  operatorsOf,
  organisationNames,
  organisationsOf,
} from './market-door.ts';
export {
  type OrderParty,
  payForOrder,
  releaseForOrder,
  reserveForOrder,
} from './orders.ts';
export { giveBackForOrder } from './orders-back.ts';
export { registerOrganisations } from './organisation-routes.ts';
export {
  makePayment,
  type Paid,
  type PayCommand,
  type PaymentToMake,
  pay,
  payInTransaction,
} from './pay.ts';
export { MoneyPolicies } from './policy.ts';
export { registerWallet } from './routes.ts';
export { registerSchedules, registerStatementFiles } from './schedule-routes.ts';
export { makeSchedule, type ScheduleToMake, stopSchedule } from './schedules/make.ts';
export { runDueSchedule } from './schedules/run.ts';
export { payersToTell, scheduleGoesOn } from './schedules/told.ts';
export { amount as decimal, csv } from './statement-files/cells.ts';
export { artifact, openDocument, PAGE, Paper, SIZE, SOFT } from './statement-files/paper.ts';
export { treasuryJobs } from './treasury-jobs.ts';
export { registerTreasury } from './treasury-routes.ts';
export { readVerifications, requestVerification } from './verify.ts';
export { unitOf } from './views.ts';

export const bookJobs: readonly NamedJob[] = [...verifying(), dailyStatements(), closingDays()];
