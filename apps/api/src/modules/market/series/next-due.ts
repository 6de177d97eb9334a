import type { Executor } from '@wijk/db/kernel';
import {
  marketPolicyAt,
  type SeriesChange,
  type StoredSeries,
  skippedTimes,
} from '@wijk/db/market';
import type { MarketPolicy } from '@wijk/domain/market';
import { endOfSeries, makesAt, timesFrom } from '@wijk/domain/market';
import type { Wijk } from '../../wijk/index.ts';

/** The rules of the market that a series follows: those of when both agreed. */
export const rulesOf = (
  db: Executor,
  { wijkId, agreedAt, madeAt }: Pick<StoredSeries, 'wijkId' | 'agreedAt' | 'madeAt'>,
): Promise<MarketPolicy> => marketPolicyAt(db, wijkId, agreedAt ?? madeAt);

/** Numbers of the times that somebody skipped. */
export const skippedOf = async (
  db: Executor,
  { wijkId, id }: Pick<StoredSeries, 'wijkId' | 'id'>,
): Promise<number[]> => (await skippedTimes(db, wijkId, [id])).map(({ number }) => number);

/**
 * The next time that is to become an order, and when. Where none is left the clock ends the series: at its last
 * time, or when the term of the stop is over.
 * @param skipping a time that is being skipped in this very transaction
 */
export async function nextDue(
  db: Executor,
  wijk: Pick<Wijk, 'timeZone'>,
  series: StoredSeries,
  from: number,
  skipping: readonly number[] = [],
): Promise<Required<Pick<SeriesChange, 'nextNumber'>> & { dueAt: Date }> {
  const skipped = [...(await skippedOf(db, series)), ...skipping];
  const { timeZone } = wijk;
  const [next] = timesFrom(series, from, { skipped, timeZone, limit: 1 });
  if (next) return { nextNumber: next.number, dueAt: makesAt(next.at, await rulesOf(db, series)) };
  const end = series.stopsAt ?? endOfSeries(series, from, timeZone);
  return { nextNumber: from, dueAt: end ?? series.madeAt };
}
