import { DAY_MS, DomainError, type FieldError, HOUR_MS } from '../kernel/index.ts';
import type { OrderState } from './order.ts';
import type { MarketPolicy } from './policy.ts';

/** How an offer or a request is paid for (M1). */
export const PRICE_MODES = ['free', 'fixed', 'hourly', 'ability'] as const;
export type PriceMode = (typeof PRICE_MODES)[number];

/** Work is agreed and told in quarters of an hour. */
export const QUARTER = 15;
export const MINUTES_MAX = 60 * 24 * 7;
export const PLACES_MAX = 50;
/** Largest amount of an order, in minor units: that of any payment. */
export const ORDER_AMOUNT_MAX = 100_000_000;
/** Materials in euro cents; they are settled outside of the platform and only noted. */
export const MATERIALS_MAX = 1_000_000;

/** What two sides propose to each other. */
export interface OrderTerms {
  mode: PriceMode;
  /** minor units: of the whole, of a place, of an hour, or what somebody can miss; 0 where it is free */
  rate: number;
  /** work that is expected; for `hourly` it decides the amount. null: not said */
  minutes: number | null;
  /** of a group offer */
  places: number;
  /** euro cents, noted and settled outside */
  materials: number | null;
  /** the moment that is proposed; null: to be agreed in messages */
  startsAt: Date | null;
}

/** What is set aside when both agree, in minor units. Parts of a minor unit go to the receiver. */
export function amountOf(terms: Pick<OrderTerms, 'mode' | 'rate' | 'minutes' | 'places'>): number {
  switch (terms.mode) {
    case 'free':
      return 0;
    case 'hourly':
      return Math.floor((terms.rate * (terms.minutes ?? 0)) / 60);
    case 'fixed':
      return terms.rate * terms.places;
    case 'ability':
      return terms.rate;
  }
}

/** Refuses with every field at fault: `kernel.invalid`. */
export function validateTerms(terms: OrderTerms, now: Date): void {
  const errors: FieldError[] = [];
  const whole = (pointer: string, value: number, min: number, max: number) => {
    if (!Number.isInteger(value) || value < min)
      errors.push({ pointer, code: 'too-small', params: { min } });
    else if (value > max) errors.push({ pointer, code: 'too-large', params: { max } });
  };
  const { mode, rate, minutes, places, materials, startsAt } = terms;
  // who pays what they can may pay nothing; what has a price has one
  whole('rate', rate, mode === 'free' || mode === 'ability' ? 0 : 1, ORDER_AMOUNT_MAX);
  if (mode === 'free' && rate > 0)
    errors.push({ pointer: 'rate', code: 'too-large', params: { max: 0 } });
  if (minutes === null) {
    if (mode === 'hourly') errors.push({ pointer: 'minutes', code: 'required' });
  } else {
    whole('minutes', minutes, QUARTER, MINUTES_MAX);
    if (minutes % QUARTER !== 0) errors.push({ pointer: 'minutes', code: 'not-a-quarter' });
  }
  whole('places', places, 1, PLACES_MAX);
  if (materials !== null) whole('materials', materials, 0, MATERIALS_MAX);
  if (startsAt !== null && startsAt <= now) errors.push({ pointer: 'startsAt', code: 'date-past' });
  if (errors.length === 0 && amountOf(terms) > ORDER_AMOUNT_MAX)
    errors.push({ pointer: 'rate', code: 'too-large', params: { max: ORDER_AMOUNT_MAX } });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

/**
 * What is paid for the work that was done. Less than agreed is paid as less; hours above what was agreed
 * are paid only where the receiver agrees to them.
 */
export function earned(
  terms: Pick<OrderTerms, 'mode' | 'rate' | 'minutes' | 'places'>,
  workedMinutes: number | null,
): { amount: number; extra: number } {
  const agreed = amountOf(terms);
  if (terms.mode !== 'hourly' || workedMinutes === null) return { amount: agreed, extra: 0 };
  const worked = amountOf({ ...terms, minutes: workedMinutes });
  return { amount: Math.min(agreed, worked), extra: Math.max(0, worked - agreed) };
}

/** Whether it is too late for the receiver to cancel without costs. The helper always cancels without. */
export function isLateCancel(
  order: { startsAt: Date | null },
  policy: Pick<MarketPolicy, 'freeCancelHours'>,
  now: Date,
): boolean {
  if (order.startsAt === null) return false;
  return now.getTime() > order.startsAt.getTime() - policy.freeCancelHours * HOUR_MS;
}

/** From when on cancelling costs; null: never, nothing was planned. Pages say it before it bites. */
export function freeCancelUntil(
  order: { startsAt: Date | null },
  policy: Pick<MarketPolicy, 'freeCancelHours'>,
): Date | null {
  if (order.startsAt === null) return null;
  return new Date(order.startsAt.getTime() - policy.freeCancelHours * HOUR_MS);
}

/** What the helper gets of a late cancellation, rounded down. */
export const lateCancelAmount = (
  reserved: number,
  policy: Pick<MarketPolicy, 'lateCancelPermille'>,
): number => Math.floor((reserved * policy.lateCancelPermille) / 1000);

/**
 * When the clock acts if nobody does, for an order that came into this state now; null: it waits for
 * people. Days are days of 24 hours: nobody counts a term of a week in hours.
 */
export function orderDue(
  state: OrderState,
  order: { startsAt: Date | null },
  policy: MarketPolicy,
  now: Date,
): Date | null {
  const after = (from: Date, days: number) => new Date(from.getTime() + days * DAY_MS);
  switch (state) {
    case 'requested':
    case 'countered': {
      // an answer after the moment itself is none
      const due = after(now, policy.answerDays);
      return order.startsAt !== null && order.startsAt > now && order.startsAt < due
        ? order.startsAt
        : due;
    }
    case 'agreed': {
      const from = order.startsAt !== null && order.startsAt > now ? order.startsAt : now;
      return after(from, policy.deliverDays);
    }
    case 'delivered':
      return after(now, policy.confirmDays);
    default:
      return null;
  }
}

/** The step that the clock takes from a state. */
export function stepOfClock(state: OrderState): 'lapse' | 'run-out' | 'confirm-late' | null {
  if (state === 'requested' || state === 'countered') return 'lapse';
  if (state === 'agreed') return 'run-out';
  return state === 'delivered' ? 'confirm-late' : null;
}

/** Whether a completed order can still be brought before the market master. */
export const mayDispute = (
  order: { state: OrderState; completedAt: Date | null },
  policy: Pick<MarketPolicy, 'disputeDays'>,
  now: Date,
): boolean =>
  order.state !== 'completed' ||
  (order.completedAt !== null &&
    now.getTime() <= order.completedAt.getTime() + policy.disputeDays * DAY_MS);

/**
 * When the clock tries again what a wallet stood in the way of: after an hour, and then after as long as it has
 * waited by now, a day at most. A wallet that stands still does so for days, and each try locks it.
 */
export function nextHeldUpTry(since: Date, now: Date): Date {
  const wait = Math.min(Math.max(now.getTime() - since.getTime(), HOUR_MS), DAY_MS);
  return new Date(now.getTime() + wait);
}
