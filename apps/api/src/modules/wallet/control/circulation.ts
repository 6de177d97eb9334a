import type { readCirculation as circulationContract, ReplyOf } from '@wijk/contracts';
import {
  type AccountPeriod,
  type AccountState,
  readClosedDays,
  readPaidPeriods,
  readStatesBefore,
  readTakenBack,
  type TakenBack,
} from '@wijk/db/wallet';
import { DAY_MS } from '@wijk/domain/kernel';
import { circulationOf, DORMANT_DAYS, type Holding } from '@wijk/domain/wallet';
import { addDays, localDateOf, periodsUpTo, startOfDay } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import { readHeld, readNetFlows } from '../../ledger/index.ts';
import type { Wijk } from '../../wijk/index.ts';

const WEEKS = 13;
const MONTHS = 12;
/** Who paid nothing for longer than this before the first period has credits that lie still, whenever it was. */
const BACK_DAYS = DORMANT_DAYS + 1;
const KINDS = ['member', 'organisation'] as const;

/**
 * How credits of members and organisations move and how they are spread; budgets are not theirs yet. Read
 * from the days that were added up by night, and what was paid since from the payments. Until the last day
 * is added up, and before any was, all of it comes from book and payments, which in a large book takes seconds.
 */
export async function circulation(
  services: Services,
  wijk: Wijk,
  by: 'week' | 'month',
): Promise<ReplyOf<typeof circulationContract>> {
  const { db } = services;
  const now = services.clock.now();
  const today = localDateOf(now, wijk.timeZone);
  const periods = periodsUpTo(today, by, by === 'week' ? WEEKS : MONTHS).map((startsOn) => ({
    startsOn,
    startsAt: startOfDay(startsOn, wijk.timeZone),
  }));
  const starts = periods.map(({ startsAt }) => startsAt);
  const days = periods.map(({ startsOn }) => startsOn);
  const [first = now, last = now] = [starts[0], starts.at(-1)];
  const closed = await readClosedDays(db, wijk.id);
  const until = closed && closed.until >= last ? closed.until : null;
  const from = until ?? new Date(first.getTime() - BACK_DAYS * DAY_MS);
  const [accounts, states, live, takenBack] = await Promise.all([
    readHeld(db, wijk.id, KINDS),
    until
      ? readStatesBefore(db, wijk.id, [...days, addDays(closed?.last ?? today, 1) ?? today])
      : [],
    readPaidPeriods(db, wijk.id, starts, from),
    readTakenBack(db, wijk.id, starts),
  ]);
  const nets = until
    ? netsOf(accounts, states.slice(0, -1))
    : await readNetFlows(db, wijk.id, KINDS, starts);
  const all = [...periodsOf(states), ...live];
  const facts = {
    accounts,
    nets,
    paid: all.flatMap(({ account, period, lastPaidAt: at }) =>
      at ? [{ account, period, at }] : [],
    ),
    payments: paymentsOf(all, takenBack),
  };
  return { periods: circulationOf(periods, now, facts), accounts: accounts.length };
}

/** What came in less what went out in each period, from what accounts held before it; the last one runs. */
function netsOf(
  accounts: readonly Holding[],
  states: readonly ReadonlyMap<string, AccountState>[],
): { account: string; period: number; net: number }[] {
  return accounts.flatMap(({ id: account, balance: now }) => {
    const held = states.map((state) => state.get(account)?.balance ?? 0);
    return held
      .map((then, period) => ({ account, period, net: (held[period + 1] ?? now) - then }))
      .filter(({ net }) => net !== 0);
  });
}

/** What accounts did between one state and the next; before the first one, when they last paid. */
function periodsOf(states: readonly ReadonlyMap<string, AccountState>[]): AccountPeriod[] {
  return states.flatMap((state, nr) =>
    [...state.values()].flatMap(({ account, paid, volume, received, lastPaidAt }) => {
      const then = states[nr - 1]?.get(account);
      const own = {
        ...{ account, period: nr - 1, lastPaidAt },
        paid: nr === 0 ? 0 : paid - (then?.paid ?? 0),
        volume: nr === 0 ? 0 : volume - (then?.volume ?? 0),
        received: nr === 0 ? 0 : received - (then?.received ?? 0),
      };
      const same = lastPaidAt?.getTime() === then?.lastPaidAt?.getTime();
      return nr > 0 && own.paid + own.received === 0 && same ? [] : [own];
    }),
  );
}

/** By period; who only paid or received what was taken back did nothing in it. */
function paymentsOf(all: readonly AccountPeriod[], takenBack: readonly TakenBack[]) {
  const periods = new Map<number, { payments: number; volume: number; by: Map<string, number> }>();
  const add = (period: number, account: string, times: number, paid: number, volume: number) => {
    const sums = periods.get(period) ?? { payments: 0, volume: 0, by: new Map() };
    sums.payments += paid;
    sums.volume += volume;
    sums.by.set(account, (sums.by.get(account) ?? 0) + times);
    periods.set(period, sums);
  };
  for (const { account, period, paid, received, volume } of all)
    add(period, account, paid + received, paid, volume);
  for (const { payer, payee, amount, period } of takenBack) {
    add(period, payer, -1, -1, -amount);
    add(period, payee, -1, 0, 0);
  }
  return [...periods].map(([period, { payments, volume, by }]) => ({
    ...{ period, payments, volume },
    active: [...by.values()].filter((times) => times > 0).length,
  }));
}
