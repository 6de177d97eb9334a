import type { Transaction } from '@wijk/db/kernel';
import {
  addVettingRound,
  ensureCriteria,
  listVettingRounds,
  type StoredProvider,
  saveProvider,
} from '@wijk/db/market';
import type { VettingApplication, VettingCause } from '@wijk/domain/market';

/**
 * Opens a round by the criteria that hold now, about what was handed in last where nothing new comes along. An open
 * one before it is over: what was found in it is kept and counts no more. The transaction holds the provider.
 */
export async function openVettingRound(
  tx: Transaction,
  provider: StoredProvider,
  how: {
    cause: VettingCause;
    application?: VettingApplication;
    openedBy: string | null;
    note?: string;
  },
  now: Date,
): Promise<StoredProvider> {
  const { wijkId, key } = provider;
  const [last] = how.application ? [] : await listVettingRounds(tx, wijkId, key);
  const application = how.application ?? last?.application;
  if (!application) throw new Error('a round about nothing');
  const { version: criteriaVersion } = await ensureCriteria(tx, wijkId, now, 'providers');
  const round = provider.round + 1;
  await addVettingRound(tx, {
    ...{ wijkId, provider: key, round, application, criteriaVersion, cause: how.cause },
    ...{ note: how.note ?? '', openedBy: how.openedBy, openedAt: now },
  });
  return saveProvider(tx, provider, { round, isOpen: true, waitsSince: now, tellAt: null });
}
