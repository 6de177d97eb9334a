import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  type Holder,
  listLimitedHolders,
  openLotsOf,
  readHolders,
  setDailyOverride,
} from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { limitsOfHolder } from '../policy/limits.ts';
import { note } from './act.ts';

export async function accountOf(tx: Transaction, wijk: Wijk, id: string): Promise<Holder> {
  const [holder] = await readHolders(tx, wijk.id, [id]);
  if (holder?.kind !== 'member' && holder?.kind !== 'organisation')
    throw new DomainError('not-found', 'wallet.account-not-found');
  return holder;
}

/**
 * Freezes an account with the budgets of its holder, or thaws them: nothing is paid from it or to it.
 * @throws `wallet.account-not-found`, `wallet.frozen-already`, `wallet.not-frozen`
 */
export async function setFrozen(
  services: Services,
  actor: Member,
  wijk: Wijk,
  { account: id, frozen, reason }: { account: string; frozen: boolean; reason: string },
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    await accountOf(tx, wijk, id);
    const [account] = await services.book.accounts(wijk.id, [id], tx);
    if (account?.frozen === frozen)
      throw new DomainError('conflict', frozen ? 'wallet.frozen-already' : 'wallet.not-frozen');
    // in the order of every posting: lots and members by their id
    const all = [id, ...(await openLotsOf(tx, wijk.id, id))].sort();
    for (const one of all) await services.book.setFrozen(tx, wijk.id, one, frozen);
    await note(services, tx, wijk.id, {
      kind: frozen ? 'frozen' : 'thawed',
      by: actor.membershipId,
      subject: id,
      reason,
    });
  });
}

/**
 * Gives an account a limit of a day of its own; null: that of the policy again.
 * @throws `wallet.account-not-found`
 */
export async function changeDailyLimit(
  services: Services,
  actor: Member,
  wijk: Wijk,
  { account, amount, reason }: { account: string; amount: number | null; reason: string },
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    await accountOf(tx, wijk, account);
    await setDailyOverride(tx, wijk.id, account, amount);
    const [holder] = await listLimitedHolders(tx, wijk.id, { only: account, limit: 1 });
    if (!holder) throw new Error('an account without its holder');
    const policy = await services.wallet.policies.current(wijk.id);
    await services.book.setLimits(tx, wijk.id, account, limitsOfHolder(policy, holder));
    await note(services, tx, wijk.id, {
      kind: 'daily-limit',
      by: actor.membershipId,
      subject: account,
      reason,
      detail: { amount },
    });
  });
}
