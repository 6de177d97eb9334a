import { forgetOldChallenges } from '@wijk/db/identity';
import type { Services } from '../../../services.ts';

/** Removes sessions that are over and the codes of yesterday. */
export async function tidyIdentity({ db, clock, sessions }: Services): Promise<void> {
  await sessions.deleteExpired();
  await forgetOldChallenges(db, clock.now());
}
