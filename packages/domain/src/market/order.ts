import { DomainError } from '../kernel/index.ts';

/**
 * An order (M4): one side helps, the other receives and pays. Its states, and every step between them as
 * data: who may take it, from where to where, what it does with the credits, and whose answer is awaited
 * then. What a step moves in the book is `order-credits.ts`, what time allows is `order-rules.ts`, and when the
 * clock takes a step is `order-terms.ts`.
 */
export const ORDER_STATES = [
  /** somebody asked; the other side answers */
  'requested',
  /** the answer was another proposal; whoever was proposed to answers */
  'countered',
  /** both agree; credits are reserved */
  'agreed',
  /** the helper says that it is done; the receiver confirms */
  'delivered',
  /** the market master decides */
  'disputed',
  /** confirmed and paid */
  'completed',
  /** the market master split it */
  'settled',
  'declined',
  'withdrawn',
  'cancelled',
  /** nobody answered in time, or nothing was delivered */
  'lapsed',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export const SIDES = ['receiver', 'helper'] as const;
export type Side = (typeof SIDES)[number];
export const otherSide = (side: Side): Side => (side === 'receiver' ? 'helper' : 'receiver');

/** Who takes a step. The market master can stand in for either side, and says why. */
export type StepActor = Side | 'master' | 'clock';

/** What a step does in the book. An order without credits has none of them. */
export type CreditEffect =
  /** the agreed amount is set aside */
  | 'reserve'
  /** what was done is paid, what is left of the reserve returns */
  | 'pay'
  /** the reserve returns */
  | 'release'
  /** a late cancellation: a part is paid, the rest returns */
  | 'pay-part'
  /** the market master says how much of it is paid */
  | 'split'
  /** the helper gives back a part of what was paid */
  | 'give-back';

type By =
  /** the side whose answer is awaited */
  | 'awaited'
  /** the side that made the proposal that lies there */
  | 'proposer'
  | 'receiver'
  | 'helper'
  | 'either'
  | 'master'
  | 'clock';

interface StepRule {
  from: readonly OrderState[];
  to: OrderState;
  by: By;
  effect: CreditEffect | null;
  /** whose answer is awaited afterwards: the other side of whoever acted, or nobody */
  awaits: 'other' | 'receiver' | null;
}

const OPEN = ['requested', 'countered'] as const;

export const ORDER_STEPS = {
  accept: { from: OPEN, to: 'agreed', by: 'awaited', effect: 'reserve', awaits: null },
  decline: { from: OPEN, to: 'declined', by: 'awaited', effect: null, awaits: null },
  counter: { from: OPEN, to: 'countered', by: 'awaited', effect: null, awaits: 'other' },
  withdraw: { from: OPEN, to: 'withdrawn', by: 'proposer', effect: null, awaits: null },
  /** nobody answered */
  lapse: { from: OPEN, to: 'lapsed', by: 'clock', effect: null, awaits: null },
  deliver: { from: ['agreed'], to: 'delivered', by: 'helper', effect: null, awaits: 'receiver' },
  /** the receiver need not wait for the helper to say it */
  confirm: {
    from: ['agreed', 'delivered'],
    to: 'completed',
    by: 'receiver',
    effect: 'pay',
    awaits: null,
  },
  /** the receiver did not say anything: what was agreed is paid, never more */
  'confirm-late': {
    from: ['delivered'],
    to: 'completed',
    by: 'clock',
    effect: 'pay',
    awaits: null,
  },
  cancel: { from: ['agreed'], to: 'cancelled', by: 'either', effect: 'release', awaits: null },
  /** the receiver, later than is free: `isLateCancel` tells which of the two it is */
  'cancel-late': {
    from: ['agreed'],
    to: 'cancelled',
    by: 'receiver',
    effect: 'pay-part',
    awaits: null,
  },
  /** long past its date, and nobody said that it was done */
  'run-out': { from: ['agreed'], to: 'lapsed', by: 'clock', effect: 'release', awaits: null },
  dispute: {
    from: ['agreed', 'delivered', 'completed'],
    to: 'disputed',
    by: 'either',
    effect: null,
    awaits: null,
  },
  settle: { from: ['disputed'], to: 'settled', by: 'master', effect: 'split', awaits: null },
  /** stays completed; how much is given back stands with the step */
  refund: { from: ['completed'], to: 'completed', by: 'helper', effect: 'give-back', awaits: null },
} as const satisfies Record<string, StepRule>;
export type OrderStep = keyof typeof ORDER_STEPS;

export const orderSteps = Object.keys(ORDER_STEPS) as OrderStep[];

/** What of an order decides which steps there are. */
export interface OrderStanding {
  state: OrderState;
  /** whose answer is awaited; null: nobody's */
  awaiting: Side | null;
}

/** Nothing is awaited any more; a completed one can still be brought before the market master. */
export const OVER: readonly OrderState[] = [
  'completed',
  'settled',
  'declined',
  'withdrawn',
  'cancelled',
  'lapsed',
];

/** States in which credits are set aside, where the order has any. */
export const HOLDS: readonly OrderState[] = ['agreed', 'delivered', 'disputed'];

/** Whether this actor may take this step now. The market master may wherever a side may. */
export function mayStep(order: OrderStanding, step: OrderStep, actor: StepActor): boolean {
  const rule: StepRule = ORDER_STEPS[step];
  if (!rule.from.includes(order.state)) return false;
  if (actor === 'clock') return rule.by === 'clock';
  if (actor === 'master') return rule.by !== 'clock';
  switch (rule.by) {
    case 'awaited':
      return order.awaiting === actor;
    case 'proposer':
      return order.awaiting === otherSide(actor);
    case 'either':
      return true;
    default:
      return rule.by === actor;
  }
}

/** The steps this actor may take now, in the order in which pages show them. */
export const stepsFor = (order: OrderStanding, actor: StepActor): OrderStep[] =>
  orderSteps.filter((step) => mayStep(order, step, actor));

/** For whom the market master takes a step: the side that would have taken it. */
export function standsInFor(order: OrderStanding, step: OrderStep): Side | null {
  const rule: StepRule = ORDER_STEPS[step];
  if (rule.by === 'receiver' || rule.by === 'helper') return rule.by;
  if (rule.by === 'awaited') return order.awaiting;
  if (rule.by === 'proposer') return order.awaiting === null ? null : otherSide(order.awaiting);
  return null;
}

/**
 * Where the order stands after a step.
 * @param side whose step it is: the actor's own, or the one the market master stands in for
 * @throws `market.step-not-now` {state} where the order is not where this step begins, `market.step-not-yours`
 */
export function afterStep(
  order: OrderStanding,
  step: OrderStep,
  actor: StepActor,
  side: Side | null = actor === 'receiver' || actor === 'helper' ? actor : standsInFor(order, step),
): OrderStanding {
  const rule: StepRule = ORDER_STEPS[step];
  if (!rule.from.includes(order.state))
    throw new DomainError('conflict', 'market.step-not-now', { params: { state: order.state } });
  if (!mayStep(order, step, actor)) throw new DomainError('forbidden', 'market.step-not-yours');
  const awaiting =
    rule.awaits === 'other' ? (side === null ? null : otherSide(side)) : (rule.awaits ?? null);
  return { state: rule.to, awaiting };
}

/** What a step does in the book, for an order with credits. */
export const effectOf = (step: OrderStep): CreditEffect | null => ORDER_STEPS[step].effect;
