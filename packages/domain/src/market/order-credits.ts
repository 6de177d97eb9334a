import { DomainError } from '../kernel/index.ts';
import { effectOf, type OrderStep } from './order.ts';
import {
  amountOf,
  earned,
  isLateCancel,
  lateCancelAmount,
  type OrderTerms,
} from './order-terms.ts';
import type { MarketPolicy } from './policy.ts';

/** What of an order decides what a step moves. Amounts are minor units. */
export interface OrderMoney extends Pick<OrderTerms, 'mode' | 'rate' | 'minutes' | 'places'> {
  startsAt: Date | null;
  /** what the helper says was done; null: not told */
  workedMinutes: number | null;
  /** what is set aside now */
  reserved: number;
  /** what was paid, and what was given back of it */
  paid: number;
  givenBack: number;
}

/** What a step does in the book, in one movement at most. */
export type Booking =
  | { kind: 'none' }
  | { kind: 'reserve'; amount: number }
  /** of the reserve, whose rest returns; `extra` comes on top, and only when the receiver agreed to it */
  | { kind: 'pay'; amount: number; extra: number }
  | { kind: 'release' }
  | { kind: 'give-back'; amount: number };

/** What whoever presses says with it. */
export interface StepChoice {
  /** the receiver agrees to the hours above what was agreed */
  withExtra?: boolean;
  /** of a split: what the helper has in the end; of a refund: what goes back */
  amount?: number;
}

const NONE: Booking = { kind: 'none' };
const payOrRelease = (amount: number, extra = 0): Booking =>
  amount > 0 ? { kind: 'pay', amount, extra } : { kind: 'release' };

/**
 * What this step does with the credits. An order for which nothing is set aside and nothing was paid moves
 * nothing, whatever the step.
 * @throws `kernel.invalid` at `amount` where a split or a refund is more or less than there is
 */
export function bookingOf(
  order: OrderMoney,
  step: OrderStep,
  policy: Pick<MarketPolicy, 'lateCancelPermille'>,
  { withExtra = false, amount = 0 }: StepChoice = {},
): Booking {
  switch (effectOf(step)) {
    case null:
      return NONE;
    case 'reserve': {
      const asked = amountOf(order);
      return asked > 0 ? { kind: 'reserve', amount: asked } : NONE;
    }
    case 'pay': {
      if (order.reserved === 0) return NONE;
      const { amount: agreed, extra } = earned(order, order.workedMinutes);
      // the clock says nothing about hours above what was agreed, so neither do we
      return payOrRelease(agreed, step === 'confirm' && withExtra ? extra : 0);
    }
    case 'release':
      return order.reserved > 0 ? { kind: 'release' } : NONE;
    case 'pay-part':
      if (order.reserved === 0) return NONE;
      return payOrRelease(lateCancelAmount(order.reserved, policy));
    case 'split': {
      const { min, max } = splitBounds(order);
      within(amount, min, max);
      if (order.reserved > 0) return payOrRelease(amount);
      return amount < max ? { kind: 'give-back', amount: max - amount } : NONE;
    }
    case 'give-back':
      within(amount, 1, refundable(order));
      return { kind: 'give-back', amount };
  }
}

/** How much the helper can give back: all that was paid, hours above the reserve as well, less what went back. */
export const refundable = ({ paid, givenBack }: Pick<OrderMoney, 'paid' | 'givenBack'>): number =>
  paid - givenBack;

/** What the helper can have in the end when the market master decides. */
export function splitBounds(order: OrderMoney): { min: number; max: number } {
  if (order.reserved > 0) return { min: 0, max: order.reserved };
  return { min: 0, max: refundable(order) };
}

/** What cancelling costs the receiver now; 0: nothing. Never anything for the helper. */
export function cancelCosts(
  order: Pick<OrderMoney, 'startsAt' | 'reserved'>,
  policy: Pick<MarketPolicy, 'freeCancelHours' | 'lateCancelPermille'>,
  now: Date,
): number {
  return isLateCancel(order, policy, now) ? lateCancelAmount(order.reserved, policy) : 0;
}

function within(amount: number, min: number, max: number): void {
  const fault =
    !Number.isInteger(amount) || amount < min
      ? { code: 'too-small', params: { min } }
      : amount > max
        ? { code: 'too-large', params: { max } }
        : null;
  if (fault)
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'amount', ...fault }],
    });
}
