import type { stepSeries as contract, ReplyOf } from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  findSeriesPress,
  listSeriesEvents,
  lockSeries,
  type SeriesChange,
  type StoredSeries,
  saveSeriesStep,
} from '@wijk/db/market';
import { DomainError } from '@wijk/domain/kernel';
import {
  afterSeriesStep,
  type SeriesPress,
  type StepActor,
  stopTermMs,
  timesFrom,
  validateTerms,
} from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import { memberNames } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { sideOf, sidesOf } from '../orders/sides.ts';
import { nextDue, rulesOf, skippedOf } from './next-due.ts';
import { tellSeries } from './tell-series.ts';

export type SteppedSeries = ReplyOf<typeof contract>;

/** A step of a series that somebody presses. Amounts are minor units. */
export interface SeriesPressed {
  ref: string;
  /** made by the client, kept through every retry: under it this happens once */
  pressId: string;
  by: string;
  /** the market master stands in, with `note` as the reason */
  asMaster: boolean;
  step: SeriesPress;
  /** the series as it was looked at */
  version: number;
  note: string;
  /** which time is skipped */
  number?: number;
  /** the price that is proposed */
  rate?: number;
}

export const seriesNotFound = () => new DomainError('not-found', 'market.series-not-found');

/**
 * Takes a step of a series, once for one press (M4): decided behind the lock on the series; the series, its
 * timeline and its event change in one transaction. Nothing moves in the book.
 *
 * @throws `market.series-not-found`, `market.both-sides`, `market.own-order`, `market.series-moved` {name},
 *   `market.series-not-now`, `market.step-not-yours`, `market.series-time-gone`, `kernel.invalid`,
 *   `kernel.idempotency-mismatch`
 */
export async function takeSeriesStep(
  services: Services,
  wijk: Wijk,
  press: SeriesPressed,
): Promise<SteppedSeries> {
  return inTransaction(services.db, async (tx) => {
    const series = await lockSeries(tx, wijk.id, { ref: press.ref });
    const actor = await actorOf(tx, wijk.id, series, press);
    if (!series) throw seriesNotFound();
    const before = await answeredBefore(tx, wijk.id, press);
    if (before) return before;
    if (series.version !== press.version) throw await movedOn(tx, series);
    const now = services.clock.now();
    const after = afterSeriesStep(series, press.step, actor);
    const change = await changeOf(tx, wijk, series, press, now);
    const nr = series.version + 1;
    const { step, pressId, by, number, rate } = press;
    await saveSeriesStep(
      tx,
      wijk.id,
      series.id,
      { ...change, ...after, version: nr },
      {
        ...{ wijkId: wijk.id, seriesId: series.id, nr, pressId, step, actor, by },
        ...{ side: actor === 'master' ? null : actor, note: press.note.trim(), at: now },
        ...(step === 'skip' ? { number } : {}),
        rate: step === 'propose' ? rate : step === 'agree' ? series.proposedRate : null,
      },
    );
    await tellSeries(services, tx, series, nr);
    return { ref: series.ref, nr, state: after.state };
  });
}

async function actorOf(
  tx: Transaction,
  wijkId: string,
  series: StoredSeries | undefined,
  { asMaster, by, note }: SeriesPressed,
): Promise<Exclude<StepActor, 'clock'>> {
  if (!asMaster)
    return sideOf(tx, wijkId, series, by).catch((error) => {
      throw error instanceof DomainError && error.kind === 'not-found' ? seriesNotFound() : error;
    });
  if (!series) throw seriesNotFound();
  if ((await sidesOf(tx, wijkId, series, by)).length > 0)
    throw new DomainError('forbidden', 'market.own-order');
  if (note.trim() === '') throw fieldFault('note', 'required');
  return 'master';
}

const fieldFault = (pointer: string, code: string) =>
  new DomainError('invalid', 'kernel.invalid', { errors: [{ pointer, code }] });

async function answeredBefore(
  tx: Transaction,
  wijkId: string,
  press: SeriesPressed,
): Promise<SteppedSeries | undefined> {
  const before = await findSeriesPress(tx, wijkId, press.pressId);
  if (!before) return undefined;
  const same =
    before.ref === press.ref &&
    before.step === press.step &&
    before.by === press.by &&
    (press.step !== 'skip' || before.number === press.number) &&
    (press.step !== 'propose' || before.rate === press.rate);
  if (!same) throw new DomainError('conflict', 'kernel.idempotency-mismatch');
  return { ref: before.ref, nr: before.nr, state: 'running' };
}

/** Something happened meanwhile: who did it, so that whoever pressed knows what to read anew. */
async function movedOn(tx: Transaction, series: StoredSeries): Promise<DomainError> {
  const last = (await listSeriesEvents(tx, series.wijkId, series.id)).at(-1);
  const names = last?.by ? await memberNames(tx, series.wijkId, [last.by]) : new Map();
  return new DomainError('conflict', 'market.series-moved', {
    params: { name: names.get(last?.by ?? '') || '-' },
  });
}

async function changeOf(
  tx: Transaction,
  wijk: Wijk,
  series: StoredSeries,
  press: SeriesPressed,
  now: Date,
): Promise<SeriesChange> {
  switch (press.step) {
    case 'skip':
      return skipChange(tx, wijk, series, press.number ?? -1, now);
    case 'stop': {
      const stopsAt = new Date(now.getTime() + stopTermMs(await rulesOf(tx, series)));
      const next = await nextDue(tx, wijk, { ...series, stopsAt }, series.nextNumber);
      const waits = next.nextNumber === series.nextNumber && next.dueAt < stopsAt;
      return {
        ...{ stopsAt, proposedRate: null, ...next },
        ...(waits ? { dueAt: series.dueAt } : { waitingSince: null }),
      };
    }
    case 'propose': {
      const rate = press.rate ?? 0;
      const { mode, minutes, materials } = series;
      validateTerms({ mode, rate, minutes, materials, places: 1, startsAt: null }, now);
      if (rate === series.rate) throw fieldFault('rate', 'same-price');
      return { proposedRate: rate };
    }
    case 'agree': {
      // a time that waits for credits may be possible at the new price
      const dueAt = series.waitingSince === null ? series.dueAt : now;
      return { rate: series.proposedRate ?? series.rate, proposedRate: null, dueAt };
    }
    default:
      return { proposedRate: null };
  }
}

/** @throws `market.series-time-gone`: it is an order by now, or somebody skipped it, or there is no such time */
async function skipChange(
  tx: Transaction,
  wijk: Wijk,
  series: StoredSeries,
  number: number,
  now: Date,
): Promise<SeriesChange> {
  const how = { skipped: await skippedOf(tx, series), timeZone: wijk.timeZone, limit: 200 };
  const time = timesFrom(series, series.nextNumber, how).find((one) => one.number === number);
  if (!time || time.at <= now) throw new DomainError('conflict', 'market.series-time-gone');
  if (number !== series.nextNumber) return {};
  return { ...(await nextDue(tx, wijk, series, number + 1, [number])), waitingSince: null };
}
