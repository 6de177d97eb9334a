import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, none } from './shared.ts';
import { calendarDate, givenReason } from './treasury-shared.ts';
import { minorUnits } from './wallet.ts';

const word = z.string().trim().min(1).max(30, { abort: true });
/** Whole numbers; whether they can be is told by the domain, all fields at once. */
const whole = z.number().int().max(1_000_000_000_000, { abort: true });

const terms = {
  name: word,
  plural: word,
  symbol: z.string().trim().min(1).max(4, { abort: true }),
  memberCredit: whole,
  organisationCredit: whole,
  memberMax: whole.nullable(),
  organisationMax: whole.nullable(),
  memberDaily: whole.nullable(),
  organisationDaily: whole.nullable(),
  contributionPermille: whole,
  demurragePermille: whole,
  demurrageAbove: whole,
  fourEyesFrom: whole,
};
export const moneyTerms = z.strictObject(terms);
export type MoneyTerms = z.output<typeof moneyTerms>;

export const moneyVersion = z.object({
  ...terms,
  version: z.number().int(),
  validFrom: instant,
  madeBy: z.string().nullable(),
  reason: z.string(),
});
export type MoneyVersion = z.output<typeof moneyVersion>;

export const listMoneyPolicies = defineContract({
  id: 'listMoneyPolicies',
  tag: 'wallet',
  summary: 'What holds now, and every version that the wijk adopted, the latest first',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury/policies',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    current: z.object({ ...terms, version: z.number().int() }),
    versions: z.array(moneyVersion),
  }),
});

const simulated = z.object({
  payments: z.number().int(),
  contribution: minorUnits,
  demurrage: minorUnits,
  refused: z.object({
    credit: z.number().int(),
    maximum: z.number().int(),
    daily: z.number().int(),
  }),
  aboveMaximum: z.number().int(),
  belowCredit: z.number().int(),
});
export type SimulatedPolicy = z.output<typeof simulated>;

export const simulateMoneyPolicy = defineContract({
  id: 'simulateMoneyPolicy',
  tag: 'wallet',
  summary: 'What the last thirty days would have come to under other terms, beside those that hold',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/treasury/policies/simulation',
  params: inWijk,
  query: none,
  body: moneyTerms,
  reply: z.object({ days: z.number().int(), current: simulated, changed: simulated }),
  problems: ['invalid'],
});

export const adoptMoneyPolicy = defineContract({
  id: 'adoptMoneyPolicy',
  tag: 'wallet',
  summary: 'A new version, at once or from a day on; limits of accounts follow by themselves',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/treasury/policies',
  params: inWijk,
  query: none,
  body: z.strictObject({
    ...terms,
    /** the first day on which it holds; left out: at once */
    validFrom: calendarDate.optional(),
    reason: givenReason,
  }),
  reply: z.object({ version: z.number().int() }),
  status: 201,
  problems: ['invalid'],
  idempotent: true,
});
