import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, DomainError, HOUR_MS } from '../kernel/index.ts';
import {
  amountOf,
  bookingOf,
  cancelCosts,
  DEFAULT_MARKET_POLICY,
  earned,
  faultNow,
  freeCancelUntil,
  isLateCancel,
  MINUTES_MAX,
  mayDispute,
  nextHeldUpTry,
  ORDER_AMOUNT_MAX,
  ORDER_STATES,
  type OrderNow,
  type OrderTerms,
  OVER,
  orderDue,
  PRICE_MODES,
  QUARTER,
  refundable,
  splitBounds,
  stepsNow,
  validateMarketPolicy,
  validateTerms,
  validateWorked,
} from './index.ts';

const NOW = new Date('2026-12-01T10:00:00Z');
const POLICY = DEFAULT_MARKET_POLICY;
const hours = (n: number) => new Date(NOW.getTime() + n * HOUR_MS);
const terms = (more: Partial<OrderTerms> = {}): OrderTerms => ({
  ...{ mode: 'hourly', rate: 600, minutes: 60, places: 1, materials: null, startsAt: null },
  ...more,
});
const order = (more: Partial<OrderNow> = {}): OrderNow => ({
  ...terms(),
  ...{ state: 'agreed', awaiting: null, workedMinutes: null, completedAt: null },
  ...{ reserved: 600, paid: 0, givenBack: 0 },
  ...more,
});
const faults = (work: () => void) => {
  try {
    work();
    return [];
  } catch (error) {
    return (error as DomainError).errors.map(({ pointer, code }) => `${pointer} ${code}`);
  }
};
const code = (error: DomainError | null) => error?.code ?? null;

const anyMode = fc.constantFrom(...PRICE_MODES);
const anyTerms = fc
  .record({
    mode: anyMode,
    rate: fc.integer({ min: 1, max: 5000 }),
    quarters: fc.integer({ min: 1, max: 96 }),
    places: fc.integer({ min: 1, max: 20 }),
  })
  .map(({ mode, rate, quarters, places }) =>
    terms({ mode, rate: mode === 'free' ? 0 : rate, minutes: quarters * QUARTER, places }),
  );

describe('what an order costs', () => {
  it.each([
    [{ mode: 'free', rate: 0 }, 0],
    [{ mode: 'fixed', rate: 250, places: 3, minutes: null }, 750],
    [{ mode: 'hourly', rate: 600, minutes: 90 }, 900],
    [{ mode: 'hourly', rate: 5, minutes: 15 }, 1],
    [{ mode: 'hourly', rate: 600, minutes: null }, 0],
    [{ mode: 'ability', rate: 0 }, 0],
    [{ mode: 'ability', rate: 120, places: 4 }, 120],
  ] as const)('%j is %i', (of, amount) => {
    expect(amountOf(terms(of))).toBe(amount);
  });

  it('refuses every field at fault at once, and nothing that is right', () => {
    const wrong = terms({ minutes: 20, places: 0, materials: -1, startsAt: NOW, rate: 0 });
    expect(faults(() => validateTerms(wrong, NOW))).toEqual([
      'rate too-small',
      'minutes not-a-quarter',
      'places too-small',
      'materials too-small',
      'startsAt date-past',
    ]);
    expect(faults(() => validateTerms(terms({ minutes: null }), NOW))).toEqual([
      'minutes required',
    ]);
    expect(faults(() => validateTerms(terms({ mode: 'free', rate: 1 }), NOW))).toEqual([
      'rate too-large',
    ]);
    const dear = terms({ mode: 'fixed', rate: ORDER_AMOUNT_MAX, places: 2 });
    expect(faults(() => validateTerms(dear, NOW))).toEqual(['rate too-large']);
    for (const more of [{ startsAt: hours(1) }, { mode: 'ability', rate: 0 }] as const)
      expect(faults(() => validateTerms(terms(more), NOW))).toEqual([]);
  });

  it('takes work in whole quarters, and wants it told where it is paid by the hour', () => {
    expect(faults(() => validateWorked(null, true))).toEqual(['workedMinutes required']);
    expect(faults(() => validateWorked(null, false))).toEqual([]);
    expect(faults(() => validateWorked(50, false))).toEqual(['workedMinutes not-a-quarter']);
    expect(faults(() => validateWorked(0, true))).toEqual(['workedMinutes too-small']);
    expect(faults(() => validateWorked(MINUTES_MAX + 15, true))).toEqual([
      'workedMinutes too-large',
    ]);
    expect(faults(() => validateWorked(45, true))).toEqual([]);
  });
});

describe('what is paid', () => {
  it('never takes hours above what was agreed without the receiver saying so', () => {
    fc.assert(
      fc.property(
        anyTerms,
        fc.integer({ min: 1, max: 200 }),
        fc.boolean(),
        (of, worked, agrees) => {
          const reserved = amountOf(of);
          const done = order({ ...of, reserved, workedMinutes: worked * QUARTER });
          const said = earned(of, worked * QUARTER);
          expect(said.amount).toBeLessThanOrEqual(reserved);
          for (const step of ['confirm', 'confirm-late'] as const) {
            const booked = bookingOf(done, step, POLICY, { withExtra: agrees });
            if (booked.kind !== 'pay') continue;
            expect(booked.amount).toBe(said.amount);
            expect(booked.extra).toBe(step === 'confirm' && agrees ? said.extra : 0);
          }
        },
      ),
    );
  });

  it('is less where less was done, and nothing where that comes to nothing', () => {
    const done = (workedMinutes: number | null) =>
      bookingOf(order({ workedMinutes }), 'confirm', POLICY);
    expect(done(null)).toEqual({ kind: 'pay', amount: 600, extra: 0 });
    expect(done(45)).toEqual({ kind: 'pay', amount: 450, extra: 0 });
    const cheap = order({ rate: 1, minutes: 120, reserved: 2, workedMinutes: 15 });
    expect(bookingOf(cheap, 'confirm', POLICY)).toEqual({ kind: 'release' });
  });

  it('moves nothing for an order without credits, whatever the step', () => {
    const free = order({ mode: 'free', rate: 0, reserved: 0, workedMinutes: 600 });
    for (const step of [
      'accept',
      'confirm',
      'confirm-late',
      'cancel',
      'cancel-late',
      'run-out',
    ] as const)
      expect([step, bookingOf(free, step, POLICY, { withExtra: true })]).toEqual([
        step,
        { kind: 'none' },
      ]);
    expect(bookingOf(free, 'settle', POLICY, { amount: 0 })).toEqual({ kind: 'none' });
  });

  it('adds up when the market master splits it, before and after it was paid', () => {
    fc.assert(
      fc.property(anyTerms, fc.nat(), fc.nat(), (of, first, second) => {
        const reserved = amountOf(of);
        if (reserved === 0) return;
        const held = order({ ...of, reserved, state: 'disputed' });
        const share = first % (reserved + 1);
        const booked = bookingOf(held, 'settle', POLICY, { amount: share });
        expect(booked).toEqual(
          share === 0 ? { kind: 'release' } : { kind: 'pay', amount: share, extra: 0 },
        );
        const paid = order({ ...of, reserved: 0, paid: reserved, givenBack: share });
        const { min, max } = splitBounds(paid);
        expect([min, max]).toEqual([0, reserved - share]);
        const keeps = second % (max + 1);
        const back = bookingOf(paid, 'settle', POLICY, { amount: keeps });
        const returned = back.kind === 'give-back' ? back.amount : 0;
        expect(keeps + returned + share).toBe(reserved);
      }),
    );
  });

  it('is given back at most once', () => {
    const paid = order({ state: 'completed', reserved: 0, paid: 600, givenBack: 250 });
    expect(refundable(paid)).toBe(350);
    expect(bookingOf(paid, 'refund', POLICY, { amount: 350 })).toEqual({
      kind: 'give-back',
      amount: 350,
    });
    for (const amount of [351, 0, 1.5])
      expect(faults(() => bookingOf(paid, 'refund', POLICY, { amount }))).toHaveLength(1);
    // hours above the reserve were a payment of their own, and go back like the rest
    const more = order({ reserved: 0, paid: 900, workedMinutes: 90 });
    expect(refundable(more)).toBe(900);
    expect(splitBounds(more)).toEqual({ min: 0, max: 900 });
    expect(faults(() => bookingOf(more, 'settle', POLICY, { amount: 901 }))).toEqual([
      'amount too-large',
    ]);
    expect(bookingOf(more, 'settle', POLICY, { amount: 299 })).toEqual({
      ...{ kind: 'give-back', amount: 601 },
    });
  });
});

describe('cancelling', () => {
  const policyOf = (freeCancelHours: number, lateCancelPermille: number) => ({
    ...POLICY,
    freeCancelHours,
    lateCancelPermille,
  });

  it('bites the receiver alone, and only later than was said', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -400, max: 400 }),
        fc.integer({ min: 0, max: 336 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 0, max: 5000 }),
        (startsIn, free, permille, reserved) => {
          const policy = policyOf(free, permille);
          const one = order({ startsAt: hours(startsIn), reserved });
          const until = freeCancelUntil(one, policy);
          if (!until) throw new Error('it has a moment');
          const costs = cancelCosts(one, policy, NOW);
          expect(isLateCancel(one, policy, NOW)).toBe(NOW > until);
          if (NOW <= until) expect(costs).toBe(0);
          expect(costs).toBeLessThanOrEqual(reserved);
          expect(faultNow(one, 'cancel', 'helper', policy, NOW)).toBeNull();
          expect(faultNow(one, 'cancel', 'master', policy, NOW)).toBeNull();
          // exactly one of the two ways is open to the receiver
          const ways = stepsNow(one, 'receiver', policy, NOW).filter((s) => s.startsWith('cancel'));
          expect(ways).toEqual([costs > 0 ? 'cancel-late' : 'cancel']);
          if (costs > 0)
            expect(bookingOf(one, 'cancel-late', policy)).toEqual({
              ...{ kind: 'pay', amount: costs, extra: 0 },
            });
        },
      ),
    );
  });

  it('counts hours that pass, also over the night in which the clock changes', () => {
    // Monday 29 March 2027 at ten: summer time began the day before at two
    const startsAt = new Date('2027-03-29T08:00:00Z');
    const one = order({ startsAt });
    const until = freeCancelUntil(one, { freeCancelHours: 36 });
    // nine in the evening on Saturday, by the clock on the wall: the night was an hour shorter
    expect(until?.toISOString()).toBe('2027-03-27T20:00:00.000Z');
    const policy = policyOf(36, 500);
    expect(cancelCosts(one, policy, new Date('2027-03-27T20:00:00Z'))).toBe(0);
    expect(cancelCosts(one, policy, new Date('2027-03-27T20:00:00.001Z'))).toBe(300);
  });

  it('costs nothing where no moment was planned', () => {
    const one = order({ startsAt: null });
    expect([cancelCosts(one, POLICY, NOW), freeCancelUntil(one, POLICY)]).toEqual([0, null]);
  });
});

describe('the clock', () => {
  it('has a moment for every order that people can leave, and for no other', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ORDER_STATES),
        fc.option(fc.integer({ min: -2000, max: 2000 }), { nil: null }),
        (state, startsIn) => {
          const startsAt = startsIn === null ? null : hours(startsIn);
          const due = orderDue(state, { startsAt }, POLICY, NOW);
          const open = !OVER.includes(state) && state !== 'disputed';
          expect(due !== null).toBe(open);
          if (!due) return;
          expect(due > NOW).toBe(true);
          // an answer is never awaited beyond the moment that it is about
          if ((state === 'requested' || state === 'countered') && startsAt && startsAt > NOW)
            expect(due <= startsAt).toBe(true);
          if (state === 'agreed' && startsAt) expect(due > startsAt).toBe(true);
        },
      ),
    );
  });

  it('keeps time for what was agreed until long after its date', () => {
    const startsAt = hours(24 * 40);
    expect(orderDue('agreed', { startsAt }, POLICY, NOW)).toEqual(
      new Date(startsAt.getTime() + POLICY.deliverDays * DAY_MS),
    );
  });
});

describe('what time allows', () => {
  const now = (
    one: OrderNow,
    step: Parameters<typeof faultNow>[1],
    actor: 'receiver' | 'helper' | 'master',
  ) => code(faultNow(one, step, actor, POLICY, NOW));

  it('agrees to no moment that has passed, and delivers nothing before it begins', () => {
    const late = order({ state: 'requested', awaiting: 'helper', startsAt: NOW });
    expect(now(late, 'accept', 'helper')).toBe('market.moment-passed');
    expect(now(late, 'counter', 'helper')).toBeNull();
    const early = order({ startsAt: hours(1) });
    expect(now(early, 'deliver', 'helper')).toBe('market.not-begun');
    expect(now(early, 'deliver', 'master')).toBeNull();
    expect(now(order({ startsAt: NOW }), 'deliver', 'helper')).toBeNull();
  });

  it('takes a dispute for as long as the wijk says, to the moment', () => {
    const completedAt = new Date(NOW.getTime() - POLICY.disputeDays * DAY_MS);
    const done = order({ state: 'completed', reserved: 0, paid: 600, completedAt });
    expect(mayDispute(done, POLICY, NOW)).toBe(true);
    const after = new Date(NOW.getTime() + 1);
    expect(code(faultNow(done, 'dispute', 'receiver', POLICY, after))).toBe(
      'market.dispute-too-late',
    );
    expect(stepsNow(done, 'helper', POLICY, after)).toEqual(['refund']);
    expect(stepsNow({ ...done, paid: 0 }, 'helper', POLICY, after)).toEqual([]);
  });

  it('knows no policy that cannot be', () => {
    expect(() => validateMarketPolicy(POLICY)).not.toThrow();
    for (const change of [{ answerDays: 0 }, { lateCancelPermille: 1001 }, { remindDays: 90 }])
      expect(() => validateMarketPolicy({ ...POLICY, ...change })).toThrow(DomainError);
  });
});

it('tries what a wallet holds up again less and less often, once a day at least', () => {
  const since = hours(0);
  const waits = [0, 1, 2, 30, 300].map(
    (waited) =>
      (nextHeldUpTry(since, hours(waited)).getTime() - hours(waited).getTime()) / 3_600_000,
  );
  expect(waits).toEqual([1, 1, 2, 24, 24]);
});
