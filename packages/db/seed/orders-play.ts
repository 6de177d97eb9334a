import { HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import {
  afterStep,
  type Booking,
  bookingOf,
  DEFAULT_MARKET_POLICY,
  makesAt,
  type OrderTerms,
  onTheWall,
  orderDue,
  otherSide,
  reviewsClose,
  type SeriesDates,
  type Side,
  seriesMoment,
  standsInFor,
} from '@wijk/domain/market';
import type { order, orderEvent } from '../src/market/order-tables.ts';
import { type Offered, type PlannedOrder, type PlannedStep, SERIES } from './orders-plan.ts';
import { onDayOf, TIME_ZONE } from './schedule.ts';

type OrderRow = typeof order.$inferSelect;
type EventRow = typeof orderEvent.$inferInsert;

/** What an order does in the book at a moment. */
export interface Move {
  at: Date;
  /** which of the orders it is of */
  order: number;
  booking: Exclude<Booking, { kind: 'none' }>;
}

/** An order as it came to stand by its steps, decided by the domain like any other. */
export interface Played {
  row: Omit<
    OrderRow,
    'wijkId' | 'id' | 'ref' | 'listingId' | `${string}Id` | `${string}Organisation`
  >;
  events: (Omit<EventRow, 'wijkId' | 'orderId' | 'pressId' | 'by'> & { at: Date })[];
  moves: Move[];
}

/** A quarter past, or on the hour: people agree on such moments. */
const onQuarter = (at: Date): Date => {
  const minute = Math.round(at.getTime() / (15 * MINUTE_MS)) * 15;
  return onDayOf(new Date(minute * MINUTE_MS), 10 * 60 + (Math.floor(minute / 15) % 4) * 15);
};

/** The moment of an order; of a series each is counted from the first, like those of the clock. */
function momentOf({ startsIn, time }: PlannedOrder, now: Date): Date | null {
  if (startsIn === undefined) return null;
  const first = onQuarter(new Date(now.getTime() + startsIn * HOUR_MS));
  if (!time) return first;
  return seriesMoment({ ...datesOf(time.of, now) }, time.number, TIME_ZONE) ?? first;
}

/** When times of a series of the demonstration are. */
export function datesOf(name: keyof typeof SERIES, now: Date): SeriesDates {
  const { every, times, startsIn } = SERIES[name];
  const first = onQuarter(new Date(now.getTime() + startsIn * HOUR_MS));
  return { every, times, endsOn: null, ...onTheWall(first, TIME_ZONE) };
}

/** Plays what was planned: a step that the domain does not allow is a fault of the plan, and throws. */
export function playOrder(plan: PlannedOrder, nr: number, offered: Offered, now: Date): Played {
  const ago = (hours: number) => new Date(now.getTime() - hours * HOUR_MS);
  const openedBy: Side = offered.kind === 'request' ? 'helper' : 'receiver';
  const startsAt = momentOf(plan, now);
  const rate = offered.mode === 'ability' ? (plan.rate ?? 0) : offered.rate;
  const terms: OrderTerms = {
    ...{ mode: offered.mode, rate: offered.mode === 'free' ? 0 : rate, places: 1 },
    ...{ minutes: plan.minutes ?? null, materials: null, startsAt },
  };
  // the clock makes a time of a series when that is due
  const repeated = plan.time !== undefined && plan.time.number > 0;
  const made = repeated && startsAt ? makesAt(startsAt, DEFAULT_MARKET_POLICY) : ago(plan.ago);
  const row: Played['row'] = {
    ...terms,
    ...{ openedBy, state: 'requested', awaiting: otherSide(openedBy), workedMinutes: null },
    ...{ reserved: 0, paid: 0, givenBack: 0, version: 1, madeAt: made, completedAt: null },
    ...{ seriesNumber: null, rulesAt: null, heldUpSince: null, heldUpSide: null },
    reviewsDueAt: null,
    dueAt: orderDue('requested', terms, DEFAULT_MARKET_POLICY, made),
  };
  const events: Played['events'] = [
    {
      ...{ nr: 1, step: 'request', actor: openedBy, side: openedBy, state: 'requested', ...terms },
      ...{ amount: 0, withExtra: false, note: plan.note ?? '', at: made },
    },
  ];
  const moves: Move[] = [];
  if (plan.time) row.seriesNumber = plan.time.number;
  if (plan.time && repeated) repeat(row, events, moves, { nr, time: plan.time, now });
  for (const step of plan.steps ?? []) {
    const at = ago(step.ago);
    const booking = take(row, step, at);
    if (booking.kind !== 'none') moves.push({ at, order: nr, booking });
    events.push(eventOf(row, step, booking, at));
  }
  return { row, events, moves };
}

/** What the clock makes of a time: agreed from the start, with what it comes to set aside. */
function repeat(
  row: Played['row'],
  events: Played['events'],
  moves: Move[],
  { nr, time, now }: { nr: number; time: { of: keyof typeof SERIES }; now: Date },
): void {
  const at = row.madeAt;
  const booking = bookingOf(row, 'accept', DEFAULT_MARKET_POLICY);
  if (booking.kind === 'reserve') {
    row.reserved = booking.amount;
    moves.push({ at, order: nr, booking });
  }
  Object.assign(row, {
    ...{ state: 'agreed', awaiting: null },
    rulesAt: new Date(now.getTime() - SERIES[time.of].agreedAgo * HOUR_MS),
    dueAt: orderDue('agreed', row, DEFAULT_MARKET_POLICY, at),
  });
  const [first] = events;
  if (first)
    Object.assign(first, {
      ...{ step: 'repeat', actor: 'clock', side: null, state: 'agreed', amount: row.reserved },
    });
}

function take(row: Played['row'], step: PlannedStep, at: Date): Booking {
  const { withExtra, amount } = step;
  const side = step.side ?? (step.actor === 'master' ? standsInFor(row, step.step) : undefined);
  const after = afterStep(row, step.step, step.actor, side);
  Object.assign(row, step.terms ?? {});
  if (step.step === 'deliver') row.workedMinutes = step.worked ?? null;
  const booking = bookingOf(row, step.step, DEFAULT_MARKET_POLICY, {
    ...(withExtra === undefined ? {} : { withExtra }),
    ...(amount === undefined ? {} : { amount }),
  });
  if (booking.kind === 'reserve') row.reserved = booking.amount;
  if (booking.kind === 'pay' || booking.kind === 'release') row.reserved = 0;
  if (booking.kind === 'pay') row.paid = booking.amount + booking.extra;
  if (booking.kind === 'give-back') row.givenBack += booking.amount;
  const isDone = after.state === 'completed' || after.state === 'settled';
  Object.assign(row, after, {
    version: row.version + 1,
    completedAt: isDone ? (row.completedAt ?? at) : row.completedAt,
    reviewsDueAt: isDone && row.completedAt === null ? reviewsClose(at) : row.reviewsDueAt,
    dueAt: orderDue(after.state, row, DEFAULT_MARKET_POLICY, at),
  });
  return booking;
}

function eventOf(
  row: Played['row'],
  step: PlannedStep,
  booking: Booking,
  at: Date,
): Played['events'][number] {
  const moved =
    booking.kind === 'pay'
      ? booking.amount + booking.extra
      : booking.kind === 'reserve' || booking.kind === 'give-back'
        ? booking.amount
        : 0;
  const { mode, rate, minutes, places, materials, startsAt, version, state, workedMinutes } = row;
  const isSide = step.actor === 'receiver' || step.actor === 'helper';
  return {
    ...{ nr: version, step: step.step, actor: step.actor, state, mode, rate, places, materials },
    side: isSide ? (step.actor as Side) : (step.side ?? null),
    minutes: step.step === 'deliver' ? workedMinutes : minutes,
    ...{ startsAt, withExtra: step.withExtra ?? false, note: step.note ?? '', at },
    amount: step.step === 'settle' ? (step.amount ?? 0) : moved,
  };
}
