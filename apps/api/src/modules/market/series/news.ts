import type { Executor } from '@wijk/db/kernel';
import { readSeries, readSeriesEvent } from '@wijk/db/market';
import type { SeriesStep, Side, StepActor } from '@wijk/domain/market';
import { membersOf, partyOf } from '../orders/sides.ts';

/** What there is to tell of a step of a series: whom it concerns, never what it is about. */
export interface SeriesNews {
  ref: string;
  /** of the series now; another number than that of the step: it went on since */
  version: number;
  step: SeriesStep;
  actor: StepActor;
  side: Side | null;
  by: string | null;
  receiver: { members: string[] };
  helper: { members: string[] };
}

/** Undefined: there is no such step. */
export async function seriesNews(
  db: Executor,
  wijkId: string,
  seriesId: string,
  nr: number,
): Promise<SeriesNews | undefined> {
  const series = await readSeries(db, wijkId, { id: seriesId });
  const event = series && (await readSeriesEvent(db, wijkId, seriesId, nr));
  if (!event) return undefined;
  const [receiver, helper] = await Promise.all([
    membersOf(db, wijkId, partyOf(series, 'receiver')),
    membersOf(db, wijkId, partyOf(series, 'helper')),
  ]);
  const { actor, side, by } = event;
  return {
    ...{ ref: series.ref, version: series.version, actor, side, by },
    step: event.step as SeriesStep,
    receiver: { members: receiver },
    helper: { members: helper },
  };
}
