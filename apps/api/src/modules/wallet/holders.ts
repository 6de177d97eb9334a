import { randomUUID } from 'node:crypto';
import { type Database, inTransaction, type Transaction } from '@wijk/db/kernel';
import { addHolder, findHolder, type Holder, type HolderOf, isResident } from '@wijk/db/wallet';
import { limitsOf, type MoneyPolicy } from '@wijk/domain/wallet';
import type { Services } from '../../services.ts';

/** What a wallet is opened with. */
export type WalletParts = Pick<Services, 'book' | 'clock' | 'wallet'>;

/**
 * The account of somebody, opened in the book with the limits of the policy when it is needed first. Two at
 * once open one. Take it before anything that locks accounts.
 */
export async function ensureHolder(
  parts: WalletParts,
  tx: Transaction,
  wijkId: string,
  of: HolderOf,
): Promise<Holder> {
  const there = await findHolder(tx, wijkId, of);
  if (there) return there;
  const id = randomUUID();
  // whose it is comes first: the one who loses that race opens nothing in the book
  if (await addHolder(tx, wijkId, id, of, parts.clock.now())) {
    const policy = await parts.wallet.policies.current(wijkId, tx);
    const limits = await limitsFor(tx, wijkId, of, policy);
    await parts.book.open(tx, { wijkId, id, kind: of.kind, limits });
  }
  const opened = await findHolder(tx, wijkId, of);
  if (!opened) throw new Error('an account was opened and is not there');
  return opened;
}

/** The same in a transaction of its own, and without one where the account is there. */
export async function openHolder(
  parts: WalletParts & { db: Database },
  wijkId: string,
  of: HolderOf,
): Promise<Holder> {
  const there = await findHolder(parts.db, wijkId, of);
  return there ?? inTransaction(parts.db, (tx) => ensureHolder(parts, tx, wijkId, of));
}

async function limitsFor(tx: Transaction, wijkId: string, of: HolderOf, policy: MoneyPolicy) {
  switch (of.kind) {
    case 'member': {
      const confirmed = await isResident(tx, wijkId, of.membershipId);
      return limitsOf(policy, { kind: 'member', confirmed });
    }
    case 'organisation':
      return limitsOf(policy, { kind: 'organisation', confirmed: false });
    case 'fund':
      return { min: 0, max: null, daily: null };
    case 'issuance':
      // goes below zero by what is in circulation
      return { min: null, max: null, daily: null };
  }
}
