import type { StoredVerification } from '@wijk/db/wallet';
import { drain } from '../../apps/api/src/jobs/worker.ts';
import {
  bookJobs,
  readVerifications,
  requestVerification,
} from '../../apps/api/src/modules/wallet/index.ts';
import type { Guest, House } from './house.ts';

/** Presses the button and lets the worker do it. @returns what is kept of it */
export async function verifyNow(
  { services, wijk }: Pick<House, 'services' | 'wijk'>,
  by: Pick<Guest, 'membershipId'>,
): Promise<StoredVerification> {
  const { id } = await requestVerification(services, wijk.id, by.membershipId);
  await drain(
    services,
    bookJobs.filter(({ name }) => name === 'ledger-verify-asked'),
  );
  const kept = (await readVerifications(services, wijk.id)).find((one) => one.id === id);
  if (!kept) throw new Error('nothing is kept of the verification');
  return kept;
}
