import { emptyExpired, forgetOldChallenges } from '@wijk/db/identity';
import type { Services } from '../../../services.ts';

/** Removes sessions that are over, the codes of yesterday and addresses of invitations that are over. */
export async function tidyIdentity({ db, clock, sessions }: Services): Promise<void> {
  await sessions.deleteExpired();
  await forgetOldChallenges(db, clock.now());
  await emptyExpired(db, clock.now());
}
