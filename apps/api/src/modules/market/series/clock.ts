import { randomUUID } from 'node:crypto';
import { inTransaction, newRef, type Transaction, violatedConstraint } from '@wijk/db/kernel';
import {
  insertOrder,
  listingForOrder,
  lockSeries,
  ONE_AT_A_TIME,
  postponeSeries,
  type SeriesChange,
  type StoredOrder,
  type StoredSeries,
  saveSeriesStep,
  takeDueSeries,
} from '@wijk/db/market';
import { DomainError, MINUTE_MS } from '@wijk/domain/kernel';
import {
  afterSeriesStep,
  bookingOf,
  nextSeriesTry,
  orderDue,
  type SeriesStep,
  type SeriesTime,
  type Side,
  timesFrom,
} from '@wijk/domain/market';
import type { NamedJob } from '../../../jobs/worker.ts';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { move, movingOf, OldPlan, sideOfWallet } from '../orders/credits.ts';
import { pressOfClock } from '../orders/press-of-clock.ts';
import { tellStepped } from '../orders/tell-stepped.ts';
import { nextDue, rulesOf, skippedOf } from './next-due.ts';
import { tellSeries } from './tell-series.ts';

/**
 * Does what is due of one series: makes an order of its next time, with its credits set aside, passes over a time
 * that is gone, or ends the series. One transaction behind the lock on the series, under a press that is named after
 * the series and its version: each time becomes one order, with several workers, and after a crash at any point.
 * Where the credits cannot be set aside, or the helper is somewhere else by then, that time waits or is missed in a
 * transaction of its own, and the series goes on.
 * @returns whether there was one
 */
export async function runDueSeries(services: Services): Promise<boolean> {
  let taken: StoredSeries | undefined;
  try {
    return await inTransaction(services.db, async (tx) => {
      taken = await takeDueSeries(tx, services.clock.now());
      if (!taken) return false;
      await doDue(services, tx, await wijkOf(services, taken), taken);
      return true;
    });
  } catch (err) {
    if (!taken) throw err;
    if (err instanceof OldPlan) return true;
    // the helper is somewhere else then: waiting would not help
    const wallet = err instanceof DomainError ? err : null;
    if (wallet || violatedConstraint(err) === ONE_AT_A_TIME) {
      await waitOrMiss(services, taken, wallet);
      return true;
    }
    // one that cannot be must not keep the others waiting
    services.log.error({ err, series: taken.id }, 'a time of a series failed');
    await postponeSeries(services.db, taken, new Date(services.clock.now().getTime() + MINUTE_MS));
    return true;
  }
}

async function wijkOf(services: Services, { wijkId }: StoredSeries): Promise<Wijk> {
  const wijk = await services.wijken.byId(wijkId);
  if (!wijk) throw new Error('there is no such wijk');
  return wijk;
}

async function nextTime(
  tx: Transaction,
  wijk: Wijk,
  series: StoredSeries,
): Promise<SeriesTime | undefined> {
  const how = { skipped: await skippedOf(tx, series), timeZone: wijk.timeZone, limit: 1 };
  return timesFrom(series, series.nextNumber, how)[0];
}

async function doDue(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  series: StoredSeries,
): Promise<void> {
  const next = await nextTime(tx, wijk, series);
  if (!next) return finish(services, tx, series);
  if (next.at <= services.clock.now()) return miss(services, tx, wijk, series, next, null);
  await make(services, tx, wijk, series, next);
}

/** What a step of the clock writes. */
async function step(
  services: Services,
  tx: Transaction,
  series: StoredSeries,
  name: SeriesStep,
  change: SeriesChange,
  more: { number?: number; orderId?: string; side?: Side | null; rate?: number } = {},
): Promise<number> {
  const nr = series.version + 1;
  const after = afterSeriesStep(series, name, 'clock');
  await saveSeriesStep(
    tx,
    series.wijkId,
    series.id,
    { ...after, version: nr, ...change },
    {
      ...{ wijkId: series.wijkId, seriesId: series.id, nr, pressId: pressOfClock(series) },
      ...{ step: name, actor: 'clock', by: null, at: services.clock.now(), ...more },
    },
  );
  return nr;
}

async function finish(services: Services, tx: Transaction, series: StoredSeries): Promise<void> {
  const nr = await step(services, tx, series, 'finish', {
    ...{ ending: series.stopsAt === null ? 'done' : 'stopped', dueAt: null },
    ...{ proposedRate: null, waitingSince: null },
  });
  await tellSeries(services, tx, series, nr);
}

/** @param side whose wallet it waited for; null: the moment passed while nobody was there to make it */
async function miss(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  series: StoredSeries,
  { number }: SeriesTime,
  side: Side | null,
): Promise<void> {
  const change = { ...(await nextDue(tx, wijk, series, number + 1)), waitingSince: null };
  const nr = await step(services, tx, series, 'miss', change, { number, side });
  await tellSeries(services, tx, series, nr);
}

/** The order of one time, agreed from the start by what both agreed to once. The book moves last. */
async function make(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  series: StoredSeries,
  { number, at }: SeriesTime,
): Promise<void> {
  const now = services.clock.now();
  const policy = await rulesOf(tx, series);
  const { mode, rate, minutes, materials } = series;
  const terms = { mode, rate, minutes, materials, places: 1, startsAt: at };
  const listing = await listingForOrder(tx, wijk.id, { id: series.listingId });
  if (!listing) throw new Error('a series has no listing');
  const plain: StoredOrder = {
    ...{ wijkId: wijk.id, id: randomUUID(), ref: newRef(), listingId: listing.id, ...terms },
    ...{ receiverId: series.receiverId, receiverOrganisation: series.receiverOrganisation },
    ...{ helperId: series.helperId, helperOrganisation: series.helperOrganisation },
    ...{ openedBy: series.openedBy, state: 'agreed', awaiting: null, workedMinutes: null },
    ...{ reserved: 0, reservationId: null, paid: 0, paymentId: null, givenBack: 0 },
    ...{ extraPaymentId: null, heldUpSince: null, heldUpSide: null, reviewsDueAt: null },
    ...{ questionId: listing.questionId, seriesId: series.id, seriesNumber: number },
    ...{ rulesAt: series.agreedAt, version: 1, madeAt: now, completedAt: null },
    dueAt: orderDue('agreed', terms, policy, now),
  };
  const moving = movingOf(plain, bookingOf(plain, 'accept', policy));
  const order = { ...plain, ...moving.change };
  await insertOrder(tx, order, {
    ...{ wijkId: wijk.id, orderId: order.id, nr: 1, pressId: pressOfClock(series) },
    ...{ step: 'repeat', actor: 'clock', side: null, by: null, state: 'agreed', ...terms },
    ...{ amount: moving.amount, withExtra: false, note: '', at: now },
  });
  const change = { ...(await nextDue(tx, wijk, series, number + 1)), waitingSince: null };
  await step(services, tx, series, 'make', change, { number, orderId: order.id, rate });
  await tellStepped(services, tx, order, 1);
  await move(services, tx, wijk, plain, listing, moving, null);
}

/**
 * The credits of a time cannot be set aside: it is tried again until cancelling would begin to cost, and both are
 * told once; after that nothing comes of this time, both are told, and the series goes on.
 * @param error null: the time itself is taken, and nothing comes of it at once
 */
async function waitOrMiss(
  services: Services,
  seen: StoredSeries,
  error: DomainError | null,
): Promise<void> {
  const now = services.clock.now();
  const wijk = await wijkOf(services, seen);
  await inTransaction(services.db, async (tx) => {
    const series = await lockSeries(tx, seen.wijkId, { id: seen.id });
    // another worker, or one of the two, was here meanwhile
    if (!series || series.version !== seen.version || series.dueAt === null || series.dueAt > now)
      return;
    const next = await nextTime(tx, wijk, series);
    if (!next) return;
    const side = error && sideOfWallet(error);
    const again = error && nextSeriesTry(next.at, await rulesOf(tx, series), now);
    if (again === null) return miss(services, tx, wijk, series, next, side);
    if (series.waitingSince !== null) return postponeSeries(tx, series, again);
    const change = { dueAt: again, waitingSince: now };
    const { number } = next;
    const nr = await step(services, tx, series, 'wait', change, { number, side });
    await tellSeries(services, tx, series, nr);
  });
}

export const seriesJobs: readonly NamedJob[] = [{ name: 'series', run: runDueSeries, lanes: 2 }];
