import { DomainError, type FieldError } from '../kernel/index.ts';

/** How a wijk runs its market (M1, M3, M4, M7). Terms in whole days, or hours where it says so. */
export interface MarketPolicy {
  /** whether the market master looks at what residents offer or ask before others see it */
  reviewFirst: boolean;
  /** how long a listing stands before it ends by itself; one press renews it */
  listingDays: number;
  /** how long before that its author is reminded */
  remindDays: number;
  /** how long the other side has to answer a request or a counter-offer */
  answerDays: number;
  /** how long after its date an agreement may wait for its helper to say that it is done */
  deliverDays: number;
  /** how long the receiver has to confirm before it is confirmed by itself */
  confirmDays: number;
  /** how long after that something can still be brought before the market master */
  disputeDays: number;
  /** until how many hours before the appointment the receiver cancels without costs */
  freeCancelHours: number;
  /** what the helper gets of the reserve when the receiver cancels later than that, in thousandths */
  lateCancelPermille: number;
  /** after how many days without anybody a request goes to the welfare organisation */
  unmatchedDays: number;
  /** whether offers of professionals (shell 3) ask for a provider that was vetted and has signed */
  vetProfessional: boolean;
  /** whether offers at a price do, whoever makes them */
  vetPaid: boolean;
}

export const DEFAULT_MARKET_POLICY: MarketPolicy = {
  reviewFirst: true,
  listingDays: 90,
  remindDays: 7,
  answerDays: 3,
  deliverDays: 14,
  confirmDays: 7,
  disputeDays: 14,
  freeCancelHours: 24,
  lateCancelPermille: 500,
  unmatchedDays: 7,
  vetProfessional: false,
  vetPaid: false,
};

/** What is a choice; the rest are whole numbers between bounds. */
export const POLICY_SWITCHES = ['reviewFirst', 'vetProfessional', 'vetPaid'] as const;
export type PolicySwitch = (typeof POLICY_SWITCHES)[number];
export type PolicyNumber = Exclude<keyof MarketPolicy, PolicySwitch>;

export const POLICY_BOUNDS: Record<PolicyNumber, readonly [number, number]> = {
  listingDays: [7, 730],
  remindDays: [1, 60],
  answerDays: [1, 30],
  deliverDays: [1, 90],
  confirmDays: [1, 60],
  disputeDays: [1, 90],
  freeCancelHours: [0, 336],
  lateCancelPermille: [0, 1000],
  unmatchedDays: [1, 90],
};

/** Refuses with every field at fault: `kernel.invalid`. */
export function validateMarketPolicy(policy: MarketPolicy): void {
  const errors: FieldError[] = [];
  for (const [pointer, [min, max]] of Object.entries(POLICY_BOUNDS)) {
    const value = policy[pointer as PolicyNumber];
    if (!Number.isInteger(value) || value < min)
      errors.push({ pointer, code: 'too-small', params: { min } });
    else if (value > max) errors.push({ pointer, code: 'too-large', params: { max } });
  }
  if (errors.length === 0 && policy.remindDays >= policy.listingDays)
    errors.push({
      pointer: 'remindDays',
      code: 'too-large',
      params: { max: policy.listingDays - 1 },
    });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}
