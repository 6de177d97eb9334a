import type { Transaction } from '@wijk/db/kernel';
import { addRound, ensureCriteria, type StoredApp, saveApp } from '@wijk/db/market';
import type { RoundCause } from '@wijk/domain/market';

/**
 * Opens a round about the newest version of a record, by the criteria that hold now. An open one before it is
 * over: what was found in it is kept and counts no more. The transaction holds the app.
 */
export async function openRound(
  tx: Transaction,
  app: StoredApp,
  cause: RoundCause,
  openedBy: string | null,
  now: Date,
  note = '',
): Promise<StoredApp> {
  const { wijkId, listingId, version } = app;
  const { version: criteriaVersion } = await ensureCriteria(tx, wijkId, now);
  const round = app.round + 1;
  await addRound(tx, {
    ...{ wijkId, listingId, round, version, criteriaVersion, cause, note, openedBy },
    openedAt: now,
  });
  return saveApp(tx, app, { version, round, isOpen: true, waitsSince: now });
}
