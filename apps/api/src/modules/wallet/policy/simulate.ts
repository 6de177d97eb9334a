import type { MoneyTerms, ReplyOf, simulateMoneyPolicy as simulateContract } from '@wijk/contracts';
import { listLimitedHolders } from '@wijk/db/wallet';
import { DAY_MS } from '@wijk/domain/kernel';
import { type SimulatedAccount, type SimulatedTransfer, simulatePolicy } from '@wijk/domain/wallet';
import { localDateOf } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import { type Moved, readHeld, readMoved } from '../../ledger/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { policyOf } from './adopt.ts';

/** What is tried again: the last thirty days. */
const DAYS = 30;
const EVERYBODY = 100_000;
const PAYMENTS = new Set(['payment', 'order']);

/**
 * What the last thirty days would have come to under other terms, and under those that hold now, from the
 * entries of the book: the balances of then, and what was posted since, in order.
 * @throws `kernel.invalid` with every field at fault
 */
export async function simulate(
  services: Services,
  wijk: Wijk,
  terms: MoneyTerms,
): Promise<ReplyOf<typeof simulateContract>> {
  const { db, clock } = services;
  const policy = policyOf(terms);
  const current = await services.wallet.policies.current(wijk.id);
  const since = new Date(clock.now().getTime() - DAYS * DAY_MS);
  const [held, holders, moved] = await Promise.all([
    readHeld(db, wijk.id, ['member', 'organisation']),
    listLimitedHolders(db, wijk.id, { limit: EVERYBODY }),
    readMoved(db, wijk.id, since),
  ]);
  const came = new Map<string, number>();
  for (const { account, amount } of moved) came.set(account, (came.get(account) ?? 0) + amount);
  const before = new Map(held.map(({ id, balance }) => [id, balance - (came.get(id) ?? 0)]));
  const accounts = holders.map(
    ({ accountId: id, ...holder }): SimulatedAccount => ({
      ...holder,
      id,
      balance: before.get(id) ?? 0,
    }),
  );
  const transfers = transfersOf(moved, wijk.timeZone);
  return {
    days: DAYS,
    current: simulatePolicy(current, accounts, transfers),
    changed: simulatePolicy(policy, accounts, transfers),
  };
}

/**
 * Entries by the transfer that they are of, oldest first. Several can have one moment, as those of a batch
 * do; among them each account's own come in the order of its entries.
 */
export function transfersOf(moved: readonly Moved[], timeZone: string): SimulatedTransfer[] {
  const byMoment = Map.groupBy(moved, ({ at }) => at.getTime());
  return [...byMoment.values()].flatMap((same) =>
    inOrder([...Map.groupBy(same, ({ transferId }) => transferId).values()]).map((legs) =>
      transferOf(legs, timeZone),
    ),
  );
}

/** Takes a transfer once every entry of it is the next one of its account. */
function inOrder(transfers: readonly Moved[][]): Moved[][] {
  if (transfers.length === 1) return [...transfers];
  const queues = new Map<string, number[]>();
  for (const { account, version } of transfers.flat())
    queues.set(account, [...(queues.get(account) ?? []), version]);
  for (const versions of queues.values()) versions.sort((a, b) => a - b);
  const left = new Set(transfers);
  const sorted: Moved[][] = [];
  for (let moved = true; moved; ) {
    moved = false;
    for (const legs of left) {
      if (!legs.every(({ account, version }) => queues.get(account)?.[0] === version)) continue;
      for (const { account } of legs) queues.get(account)?.shift();
      left.delete(legs);
      sorted.push(legs);
      moved = true;
    }
  }
  return [...sorted, ...left];
}

function transferOf(legs: readonly Moved[], timeZone: string): SimulatedTransfer {
  const [{ transferId, kind, code, reversesId, at }] = legs as [Moved, ...Moved[]];
  const payment = PAYMENTS.has(code) && (kind === 'single' || kind === 'post');
  const to = legs.filter(({ amount }) => amount > 0);
  const payee = to.find(({ accountKind }) => accountKind !== 'fund')?.account ?? null;
  const fund = to.find(({ accountKind }) => accountKind === 'fund')?.amount ?? 0;
  return {
    id: transferId,
    payment,
    reverses: reversesId,
    day: localDateOf(at, timeZone),
    legs: legs.map(({ account, amount }) => ({ account, amount })),
    contribution: payee === null ? 0 : fund,
    payee: payment ? payee : null,
  };
}
