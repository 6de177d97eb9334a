import type { SeriesLine, SeriesView } from '@wijk/contracts';
import type { SeriesRow, StoredOrder, StoredSeriesEvent } from '@wijk/db/market';
import { DAY_MS } from '@wijk/domain/kernel';
import {
  aheadMs,
  amountOf,
  type MarketPolicy,
  type Side,
  seriesMoment,
  seriesStepsFor,
  stopTermMs,
} from '@wijk/domain/market';
import { partyOf } from '../orders/sides.ts';
import { type Names, partyView } from '../orders/views.ts';

const iso = (at: Date | null | undefined) => at?.toISOString() ?? null;

/** What there is to know of the times of a series. */
export interface TimesKnown {
  orders: readonly StoredOrder[];
  skipped: readonly number[];
  timeZone: string;
  now: Date;
}

/** Times that are to come: orders that were made of them, and what is planned. */
export function timesOf(series: SeriesRow, known: TimesKnown, limit: number): SeriesLine['next'] {
  const { orders, skipped, timeZone, now } = known;
  const found: SeriesLine['next'] = [];
  for (let number = 0; found.length < limit; number += 1) {
    const planned = seriesMoment(series, number, timeZone);
    const order = orders.find((one) => one.seriesId === series.id && one.seriesNumber === number);
    const at = order?.startsAt ?? planned;
    if (!at) break;
    if (series.stopsAt !== null && at >= series.stopsAt && !order) break;
    if (at <= now) continue;
    found.push({
      ...{ number, startsAt: at.toISOString(), state: stateOf(series, number, order, skipped) },
      order: order ? { ref: order.ref, state: order.state } : null,
    });
  }
  return found;
}

function stateOf(
  series: SeriesRow,
  number: number,
  order: StoredOrder | undefined,
  skipped: readonly number[],
): SeriesLine['next'][number]['state'] {
  if (order) return 'made';
  if (skipped.includes(number)) return 'skipped';
  if (number < series.nextNumber) return 'missed';
  return number === series.nextNumber && series.waitingSince !== null ? 'waits' : 'planned';
}

/** @param side of the reader; null: the market master */
export function lineOf(
  series: SeriesRow,
  side: Side | null,
  names: Names,
  known: TimesKnown,
  limit: number,
): SeriesLine {
  const { ref, listing, every, times, endsOn, state, ending, awaiting } = series;
  const { mode, rate, proposedRate, minutes } = series;
  const first = seriesMoment({ ...series, times: null, endsOn: null }, 0, known.timeZone);
  const comesTo = (price: number) => amountOf({ mode, rate: price, minutes, places: 1 });
  return {
    ...{ ref, listing, side, every, times, until: endsOn, state, ending, awaiting },
    receiver: partyView(partyOf(series, 'receiver'), names),
    helper: partyView(partyOf(series, 'helper'), names),
    startsAt: (first ?? series.madeAt).toISOString(),
    ...{ mode, rate, proposedRate, minutes, amount: comesTo(rate) },
    proposedAmount: proposedRate === null ? null : comesTo(proposedRate),
    stopsAt: iso(series.stopsAt),
    waitingSince: iso(series.waitingSince),
    next: timesOf(series, known, limit),
  };
}

/** What a page of one series has beside what stands in a list. */
export function detailsOf(
  series: SeriesRow,
  side: Side | null,
  names: Names,
  known: TimesKnown,
  { events, policy }: { events: readonly StoredSeriesEvent[]; policy: MarketPolicy },
): Pick<SeriesView, 'version' | 'steps' | 'rules' | 'timeline'> {
  const stopsAt = new Date(known.now.getTime() + stopTermMs(policy));
  return {
    version: series.version,
    steps: seriesStepsFor(series, side ?? 'master'),
    rules: { aheadDays: Math.round(aheadMs(policy) / DAY_MS), stopsAt: stopsAt.toISOString() },
    timeline: events.map((event) => ({
      ...{ nr: event.nr, actor: event.actor, side: event.side, rate: event.rate },
      step: event.step as SeriesView['timeline'][number]['step'],
      name: event.by === null ? null : names.members.get(event.by) || null,
      startsAt:
        event.number === null ? null : iso(seriesMoment(series, event.number, known.timeZone)),
      ...{ note: event.note, at: event.at.toISOString() },
    })),
  };
}
