import { DAY_MS, HOUR_MS } from '../kernel/index.ts';
import type { MarketPolicy } from './policy.ts';

type Rules = Pick<MarketPolicy, 'freeCancelHours'>;

/**
 * How long before its moment a time becomes an order and its credits are set aside: five days. That is less than a
 * week, so of a weekly series no more than one time holds credits; and more than the term in which cancelling costs
 * something, with two days to hear of it, however long the wijk made that term.
 */
export const AHEAD_DAYS = 5;
const TO_HEAR_HOURS = 48;
export const aheadMs = ({ freeCancelHours }: Rules): number =>
  Math.max(AHEAD_DAYS * DAY_MS, (freeCancelHours + TO_HEAR_HOURS) * HOUR_MS);

/**
 * How long a series goes on after somebody stopped it: a week, so that the other side can look for somebody else.
 * Never shorter than the time ahead, so no order of a time behind the stop was made by the clock.
 */
export const STOP_DAYS = 7;
export const stopTermMs = (rules: Rules): number => Math.max(STOP_DAYS * DAY_MS, aheadMs(rules));

/** How often it is tried anew to set credits aside for a time. */
export const TRY_HOURS = 6;

/** When a time becomes an order. */
export const makesAt = (moment: Date, rules: Rules): Date =>
  new Date(moment.getTime() - aheadMs(rules));

/**
 * When setting aside is tried again for a time whose credits are not there; null: nothing comes of it. The last try
 * is when cancelling begins to cost: an order that comes later could not be left without costs.
 */
export function nextSeriesTry(moment: Date, rules: Rules, now: Date): Date | null {
  const last = new Date(moment.getTime() - rules.freeCancelHours * HOUR_MS);
  if (now >= last) return null;
  const next = new Date(now.getTime() + TRY_HOURS * HOUR_MS);
  return next < last ? next : last;
}
