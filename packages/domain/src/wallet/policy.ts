import { DomainError, type FieldError } from '../kernel/index.ts';

/** One credit has a hundred minor units, in every wijk and for good (W1, "Money" in the architecture). */
export const SCALE = 100;
/** Largest amount of one payment, in minor units: a million credits. */
export const AMOUNT_MAX = 1_000_000 * SCALE;

/** How a wijk handles its credits (W4). A change is a new version from a date on. Amounts in minor units. */
export interface MoneyPolicy {
  version: number;
  name: string;
  plural: string;
  symbol: string;
  memberCredit: number;
  organisationCredit: number;
  memberMax: number | null;
  organisationMax: number | null;
  memberDaily: number | null;
  organisationDaily: number | null;
  contributionPermille: number;
  demurragePermille: number;
  demurrageAbove: number;
  fourEyesFrom: number;
}

/** What a wijk starts with: no credit below zero, no contribution, nothing that melts away. */
export const DEFAULT_MONEY_POLICY: MoneyPolicy = {
  version: 1,
  name: 'wijk-credit',
  plural: 'wijk-credits',
  symbol: 'Ȼ',
  memberCredit: 0,
  organisationCredit: 0,
  memberMax: 1000 * SCALE,
  organisationMax: 10_000 * SCALE,
  memberDaily: 250 * SCALE,
  organisationDaily: null,
  contributionPermille: 0,
  demurragePermille: 0,
  demurrageAbove: 100 * SCALE,
  fourEyesFrom: 100 * SCALE,
};

export interface HolderLimits {
  min: number;
  max: number | null;
  daily: number | null;
}

/**
 * The limits of an account by the policy. A member has credit only where the wijk confirmed that they live
 * there: who has not would leave with what others worked for.
 */
export function limitsOf(
  policy: MoneyPolicy,
  holder: { kind: 'member' | 'organisation'; confirmed: boolean },
): HolderLimits {
  if (holder.kind === 'organisation')
    return {
      min: 0 - policy.organisationCredit,
      max: policy.organisationMax,
      daily: policy.organisationDaily,
    };
  return {
    min: holder.confirmed ? 0 - policy.memberCredit : 0,
    max: policy.memberMax,
    daily: policy.memberDaily,
  };
}

/** What of a payment goes to the fund, rounded down: the receiver never pays more than the policy says. */
export function contributionOf(policy: MoneyPolicy, amount: number): number {
  return Math.floor((amount * policy.contributionPermille) / 1000);
}

/** What melts away of a balance in a month, rounded down; nothing of what is reserved or below the line. */
export function demurrageOf(policy: MoneyPolicy, available: number): number {
  const above = available - policy.demurrageAbove;
  return above <= 0 ? 0 : Math.floor((above * policy.demurragePermille) / 1000);
}

/** Refuses with every field at fault: `kernel.invalid`. */
export function validateMoneyPolicy(policy: MoneyPolicy): void {
  const errors: FieldError[] = [];
  const amount = (pointer: keyof MoneyPolicy, value: number | null, max = AMOUNT_MAX) => {
    if (value === null) return;
    if (!Number.isSafeInteger(value) || value < 0)
      errors.push({ pointer, code: 'too-small', params: { min: 0 } });
    else if (value > max) errors.push({ pointer, code: 'too-large', params: { max } });
  };
  for (const key of ['name', 'plural', 'symbol'] as const)
    if (policy[key].trim() === '') errors.push({ pointer: key, code: 'required' });
  amount('memberCredit', policy.memberCredit);
  amount('organisationCredit', policy.organisationCredit);
  amount('memberMax', policy.memberMax);
  amount('organisationMax', policy.organisationMax);
  amount('memberDaily', policy.memberDaily);
  amount('organisationDaily', policy.organisationDaily);
  amount('contributionPermille', policy.contributionPermille, 200);
  amount('demurragePermille', policy.demurragePermille, 100);
  amount('demurrageAbove', policy.demurrageAbove);
  amount('fourEyesFrom', policy.fourEyesFrom);
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}
