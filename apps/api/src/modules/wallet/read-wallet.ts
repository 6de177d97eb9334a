import type { readWallet as contract, ReplyOf } from '@wijk/contracts';
import { listActing, listOpenRequests, listOwnLots } from '@wijk/db/wallet';

import type { Member } from '@wijk/domain/identity';
import { localDateOf } from '@wijk/domain/wijk';
import type { Services } from '../../services.ts';
import type { Account } from '../ledger/index.ts';
import { walletOf } from './access.ts';
import { partyOf, requestViews, unitOf } from './views.ts';

/** More than anybody has open at once; older ones are found by their code. */
const REQUESTS = 50;

/** A wallet as its holder sees it; opened at the first look. @throws `wallet.not-operator` */
export async function readWallet(
  services: Services,
  actor: Member,
  wijk: { id: string; timeZone: string },
  organisation: string | undefined,
): Promise<ReplyOf<typeof contract>> {
  const { db, book, clock, wallet } = services;
  const now = clock.now();
  const holder = await walletOf(services, actor, organisation);
  const [lots, toPay, asked, acting, policy] = await Promise.all([
    listOwnLots(db, wijk.id, holder.accountId, now),
    listOpenRequests(db, wijk.id, { payer: holder.accountId }, { now, limit: REQUESTS }),
    listOpenRequests(db, wijk.id, { payee: holder.accountId }, { now, limit: REQUESTS }),
    listActing(db, wijk.id, actor.membershipId),
    wallet.policies.current(wijk.id),
  ]);
  const accounts = await book.accounts(wijk.id, [
    holder.accountId,
    ...lots.map(({ account }) => account),
  ]);
  const known = new Map(accounts.map((account) => [account.id, account]));
  const own = known.get(holder.accountId);
  if (!own) throw new Error('a wallet has no account in the book');
  const views = await requestViews(db, wijk.id, [...toPay, ...asked], now);
  return {
    unit: unitOf(policy),
    holder: partyOf(holder),
    balance: own.balance,
    reserved: own.reserved,
    expected: own.expected,
    available: own.available ?? 0,
    credit: Math.max(0, -(own.min ?? 0)),
    max: own.max,
    leftToday: leftOf(own, localDateOf(now, wijk.timeZone)),
    frozen: own.frozen,
    payCode: holder.payCode,
    budgets: lots.flatMap(({ account, ...lot }) => {
      const { available = 0, reserved = 0 } = known.get(account) ?? {};
      return [{ id: account, ...lot, available: available ?? 0, reserved }];
    }),
    toPay: views.slice(0, toPay.length),
    asked: views.slice(toPay.length),
    organisations: acting,
  };
}

/** What may still go out today by the limit of the day. */
export function leftOf(account: Account, today: string): number | null {
  if (account.dailyLimit === null) return null;
  const spent = account.spentDay === today ? account.spentToday : 0;
  return Math.max(0, account.dailyLimit - spent);
}
