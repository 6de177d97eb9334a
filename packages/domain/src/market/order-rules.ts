import { DomainError, type FieldError } from '../kernel/index.ts';
import {
  mayStep,
  type OrderStanding,
  type OrderStep,
  orderSteps,
  type StepActor,
} from './order.ts';
import { cancelCosts, type OrderMoney, refundable } from './order-credits.ts';
import { MINUTES_MAX, mayDispute, QUARTER } from './order-terms.ts';
import type { MarketPolicy } from './policy.ts';

/** An order, as far as rules about time and credits need it. */
export type OrderNow = OrderStanding & OrderMoney & { completedAt: Date | null };

/**
 * Why this step cannot be taken at this moment, although the state would allow it; null: it can.
 *
 * - `market.moment-passed`: the moment that was proposed has passed, so nobody can agree to it any more
 * - `market.not-begun`: what has not begun yet is not done; the market master may know better
 * - `market.cancel-costs`, `market.cancel-free`: it is the other of the two ways to cancel
 * - `market.dispute-too-late`, `market.nothing-paid`
 */
export function faultNow(
  order: OrderNow,
  step: OrderStep,
  actor: StepActor,
  policy: MarketPolicy,
  now: Date,
): DomainError | null {
  const fault = (code: string) => new DomainError('conflict', code);
  const { startsAt } = order;
  switch (step) {
    case 'accept':
      return startsAt !== null && startsAt <= now ? fault('market.moment-passed') : null;
    case 'deliver':
      return actor === 'helper' && startsAt !== null && startsAt > now
        ? fault('market.not-begun')
        : null;
    case 'cancel':
      return actor === 'receiver' && cancelCosts(order, policy, now) > 0
        ? fault('market.cancel-costs')
        : null;
    case 'cancel-late':
      return cancelCosts(order, policy, now) === 0 ? fault('market.cancel-free') : null;
    case 'dispute':
      return mayDispute(order, policy, now) ? null : fault('market.dispute-too-late');
    case 'refund':
      return refundable(order) === 0 ? fault('market.nothing-paid') : null;
    default:
      return null;
  }
}

/** The steps that this actor may take at this moment, in the order in which pages show them. */
export const stepsNow = (
  order: OrderNow,
  actor: StepActor,
  policy: MarketPolicy,
  now: Date,
): OrderStep[] =>
  orderSteps.filter(
    (step) => mayStep(order, step, actor) && faultNow(order, step, actor, policy, now) === null,
  );

/**
 * Refuses work that is not told in whole quarters, or is more than a week: `kernel.invalid`.
 * @param isHourly what was done decides what is paid, so it has to be told
 */
export function validateWorked(workedMinutes: number | null, isHourly: boolean): void {
  const errors: FieldError[] = [];
  const fault = (code: string, params: FieldError['params'] = {}) =>
    errors.push({ pointer: 'workedMinutes', code, params });
  if (workedMinutes === null) {
    if (isHourly) fault('required');
  } else if (!Number.isInteger(workedMinutes) || workedMinutes < QUARTER)
    fault('too-small', { min: QUARTER });
  else if (workedMinutes > MINUTES_MAX) fault('too-large', { max: MINUTES_MAX });
  else if (workedMinutes % QUARTER !== 0) fault('not-a-quarter');
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}
