import type { TransferRequest } from '@wijk/domain/ledger';
import fc from 'fast-check';
import type { ModelLimits } from './rules.ts';

/** Random lives of a book. A script says what to do by numbers; the `Scribe` makes requests out of it. */
export type Step =
  | { do: 'post'; asks: Ask[] }
  /** earlier requests come once more, in another order */
  | { do: 'replay'; picks: number[] }
  | { do: 'clock'; minutes: number }
  | { do: 'limits'; account: number; limits: ModelLimits }
  | { do: 'freeze'; account: number; frozen: boolean };

export interface Script {
  accounts: ModelLimits[];
  steps: Step[];
}

export interface Ask {
  kind: TransferRequest['kind'];
  payer: number;
  payees: number[];
  amounts: number[];
  /** which of the latest that could be meant, counted back */
  ref: number;
  /** how much of a reservation is posted, in hundredths; 0: all of it, without legs */
  share: number;
  minutes: number | null;
  twist: Twist;
}

const TWISTS = [
  'same-id-same-body',
  'same-id-other-body',
  'same-intent',
  'unbalanced',
  'one-leg',
  'no-legs',
  'twice-the-same-account',
  'not-positive',
  'enormous',
  'no-number',
  'unknown-account',
  'unknown-reference',
  'wrong-reference',
  'no-code',
  'more-than-reserved',
  'another-party',
] as const;
type Twist = (typeof TWISTS)[number] | null;

const amount = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 120 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 900 }) },
);
const ask: fc.Arbitrary<Ask> = fc.record({
  kind: fc.oneof(
    { weight: 5, arbitrary: fc.constant('single' as const) },
    { weight: 5, arbitrary: fc.constant('pending' as const) },
    { weight: 4, arbitrary: fc.constant('post' as const) },
    { weight: 5, arbitrary: fc.constantFrom('void', 'expire', 'reversal') },
  ),
  payer: fc.nat(20),
  payees: fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }),
  amounts: fc.array(amount, { minLength: 3, maxLength: 3 }),
  ref: fc.nat(5),
  share: fc.constantFrom(0, 0, 100, 50, 1),
  minutes: fc.constantFrom(null, 10, 60, 60),
  twist: fc.oneof(
    { weight: 8, arbitrary: fc.constant(null) },
    { weight: 3, arbitrary: fc.constantFrom(...TWISTS) },
  ),
});
const limits: fc.Arbitrary<ModelLimits> = fc.record({
  min: fc.constantFrom(null, 0, 0, -100, 150),
  max: fc.constantFrom(null, null, null, 600, 50),
  daily: fc.constantFrom(null, 150),
});

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('post' as const),
      asks: fc.array(ask, { minLength: 1, maxLength: 8 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('replay' as const),
      picks: fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('clock' as const),
      minutes: fc.constantFrom(1, 15, 60, 60, 900, -30, -1000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('limits' as const), account: fc.nat(20), limits }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('freeze' as const),
      account: fc.nat(20),
      frozen: fc.constantFrom(true, false, false),
    }),
  },
);

/** The first account issues and has no limits; the others have some, or none. */
export const script: fc.Arbitrary<Script> = fc.record({
  accounts: fc.array(limits, { minLength: 2, maxLength: 6 }),
  steps: fc.array(step, { minLength: 3, maxLength: 20, size: 'max' }),
});
