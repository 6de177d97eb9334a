import { HOUR_MS } from '@wijk/domain/kernel';
import { DEFAULT_MARKET_POLICY, endOfSeries, makesAt, timesFrom } from '@wijk/domain/market';
import type { Transaction } from '../src/kernel/database.ts';
import { seriesEvent } from '../src/market/series-event-tables.ts';
import { series } from '../src/market/series-tables.ts';
import { SERIES } from './orders-plan.ts';
import { datesOf } from './orders-play.ts';
import { type Chance, chance as seededChance } from './random.ts';
import { TIME_ZONE } from './schedule.ts';

const SEED = 15_2026;

type Name = keyof typeof SERIES;

interface Place {
  wijkId: string;
  membershipOf: (name: string) => string;
  now: Date;
}

/** Writes the series of the demonstration, before the orders that are their times. Returns their ids by name. */
export async function fillSeries(
  tx: Transaction,
  { wijkId, membershipOf, now }: Place,
  listingOf: (name: Name) => string,
): Promise<Map<Name, string>> {
  const chance = seededChance(SEED);
  const ids = new Map<Name, string>();
  for (const [key, { receiver, helper, rate, minutes, agreedAgo }] of Object.entries(SERIES)) {
    const name = key as Name;
    const id = chance.uuid();
    ids.set(name, id);
    const dates = datesOf(name, now);
    const how = { skipped: [], timeZone: TIME_ZONE, limit: 1 };
    // what is due by now was made by the clock of then
    const made = timesBefore(name, now);
    const [next] = timesFrom({ ...dates, stopsAt: null }, made, how);
    const agreedAt = new Date(now.getTime() - agreedAgo * HOUR_MS);
    await tx.insert(series).values({
      ...{ wijkId, id, ref: chance.ref(), listingId: listingOf(name), openedBy: 'receiver' },
      ...{ receiverId: membershipOf(receiver), helperId: membershipOf(helper), ...dates },
      ...{ state: 'running', mode: 'hourly', rate, minutes, nextNumber: made, version: made },
      ...{ agreedAt, madeAt: new Date(agreedAt.getTime() - 24 * HOUR_MS) },
      dueAt: next
        ? makesAt(next.at, DEFAULT_MARKET_POLICY)
        : (endOfSeries(dates, made, TIME_ZONE) ?? now),
    });
  }
  return ids;
}

/** So many times of a series are orders by now. */
export function timesBefore(name: Name, now: Date): number {
  const how = { skipped: [], timeZone: TIME_ZONE, limit: 99 };
  const all = timesFrom({ ...datesOf(name, now), stopsAt: null }, 1, how);
  return 1 + all.filter(({ at }) => makesAt(at, DEFAULT_MARKET_POLICY) <= now).length;
}

/** What the timeline of a series says of one of its times. */
export async function noteTime(
  tx: Transaction,
  chance: Chance,
  time: {
    wijkId: string;
    seriesId: string;
    orderId: string;
    number: number;
    rate: number;
    at: Date;
    by: string;
  },
): Promise<void> {
  const { wijkId, seriesId, orderId, number, rate, at, by } = time;
  const what =
    number === 0
      ? ({ step: 'begin', actor: 'helper', side: 'helper', by } as const)
      : ({ step: 'make', actor: 'clock', side: null, by: null } as const);
  await tx.insert(seriesEvent).values({
    ...{ wijkId, seriesId, nr: number + 1, pressId: chance.uuid(), ...what },
    ...{ number, orderId, rate, at },
  });
}
