import type { Executor } from '@wijk/db/kernel';
import { managersOf, readHolders, readSchedule } from '@wijk/db/wallet';

/** Members who are told of a planned payment: whose it is, or who manages the organisation that pays. */
export async function payersToTell(db: Executor, wijkId: string, id: string): Promise<string[]> {
  const schedule = await readSchedule(db, wijkId, id);
  const [payer] = schedule ? await readHolders(db, wijkId, [schedule.payer]) : [];
  if (payer?.membershipId) return [payer.membershipId];
  return payer?.organisationId ? managersOf(db, wijkId, payer.organisationId) : [];
}

/** Whether there is a next moment still. */
export async function scheduleGoesOn(db: Executor, wijkId: string, id: string): Promise<boolean> {
  return ((await readSchedule(db, wijkId, id))?.dueAt ?? null) !== null;
}
