import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../kernel/index.ts';
import {
  afterStep,
  HOLDS,
  mayStep,
  ORDER_STATES,
  type OrderStanding,
  type OrderState,
  type OrderStep,
  OVER,
  orderSteps,
  otherSide,
  SIDES,
  type Side,
  type StepActor,
  standsInFor,
  stepOfClock,
  stepsFor,
} from './index.ts';

const ACTORS: readonly StepActor[] = ['receiver', 'helper', 'master', 'clock'];
const AWAITED: readonly OrderState[] = ['requested', 'countered', 'delivered'];

/** Every standing that there can be: whose answer is awaited goes with the state. */
const STANDINGS: readonly OrderStanding[] = ORDER_STATES.flatMap((state): OrderStanding[] => {
  if (state === 'delivered') return [{ state, awaiting: 'receiver' }];
  if (AWAITED.includes(state)) return SIDES.map((awaiting) => ({ state, awaiting }));
  return [{ state, awaiting: null }];
});

/** By hand, so that a change of the table shows here: who may take what, in each standing. */
const MAY: Readonly<Record<string, Partial<Record<StepActor, readonly OrderStep[]>>>> = {
  'requested receiver': {
    receiver: ['accept', 'decline', 'counter'],
    helper: ['withdraw'],
    master: ['accept', 'decline', 'counter', 'withdraw'],
    clock: ['lapse'],
  },
  'requested helper': {
    receiver: ['withdraw'],
    helper: ['accept', 'decline', 'counter'],
    master: ['accept', 'decline', 'counter', 'withdraw'],
    clock: ['lapse'],
  },
  'countered receiver': {
    receiver: ['accept', 'decline', 'counter'],
    helper: ['withdraw'],
    master: ['accept', 'decline', 'counter', 'withdraw'],
    clock: ['lapse'],
  },
  'countered helper': {
    receiver: ['withdraw'],
    helper: ['accept', 'decline', 'counter'],
    master: ['accept', 'decline', 'counter', 'withdraw'],
    clock: ['lapse'],
  },
  'agreed -': {
    receiver: ['confirm', 'cancel', 'cancel-late', 'dispute'],
    helper: ['deliver', 'cancel', 'dispute'],
    master: ['deliver', 'confirm', 'cancel', 'cancel-late', 'dispute'],
    clock: ['run-out'],
  },
  'delivered receiver': {
    receiver: ['confirm', 'dispute'],
    helper: ['dispute'],
    master: ['confirm', 'dispute'],
    clock: ['confirm-late'],
  },
  'disputed -': { master: ['settle'] },
  'completed -': {
    receiver: ['dispute'],
    helper: ['dispute', 'refund'],
    master: ['dispute', 'refund'],
  },
};
const keyOf = ({ state, awaiting }: OrderStanding) => `${state} ${awaiting ?? '-'}`;

describe('the steps of an order', () => {
  it('are open to whom the table says, from every standing, and to nobody else', () => {
    let tried = 0;
    for (const standing of STANDINGS)
      for (const actor of ACTORS) {
        const allowed = MAY[keyOf(standing)]?.[actor] ?? [];
        expect([keyOf(standing), actor, stepsFor(standing, actor).sort()]).toEqual([
          keyOf(standing),
          actor,
          [...allowed].sort(),
        ]);
        for (const step of orderSteps) {
          tried += 1;
          const may = allowed.includes(step);
          expect([keyOf(standing), actor, step, mayStep(standing, step, actor)]).toEqual([
            keyOf(standing),
            actor,
            step,
            may,
          ]);
          if (may) expect(STANDINGS).toContainEqual(afterStep(standing, step, actor));
          else expect(() => afterStep(standing, step, actor)).toThrow(DomainError);
        }
      }
    expect(tried).toBe(STANDINGS.length * ACTORS.length * orderSteps.length);
  });

  it('say whether it is the state or the person that is in the way', () => {
    const code = (standing: OrderStanding, step: OrderStep, actor: StepActor) => {
      try {
        afterStep(standing, step, actor);
        return 'taken';
      } catch (error) {
        return (error as DomainError).code;
      }
    };
    const requested: OrderStanding = { state: 'requested', awaiting: 'helper' };
    expect(code(requested, 'accept', 'helper')).toBe('taken');
    expect(code(requested, 'accept', 'receiver')).toBe('market.step-not-yours');
    expect(code(requested, 'confirm', 'receiver')).toBe('market.step-not-now');
    expect(code({ state: 'declined', awaiting: null }, 'accept', 'helper')).toBe(
      'market.step-not-now',
    );
  });

  it('leave nobody a step once it is over, but for what was paid', () => {
    for (const state of OVER)
      for (const actor of ACTORS) {
        const steps = stepsFor({ state, awaiting: null }, actor);
        const rest = steps.filter((step) => step !== 'dispute' && step !== 'refund');
        expect([state, actor, rest]).toEqual([state, actor, []]);
        if (state !== 'completed') expect([state, actor, steps]).toEqual([state, actor, []]);
      }
  });

  it('are ended by the clock wherever people can leave them, except where the market master decides', () => {
    for (const state of ORDER_STATES) {
      const step = stepOfClock(state);
      const open = !OVER.includes(state) && state !== 'disputed';
      expect([state, step !== null]).toEqual([state, open]);
      if (!step) continue;
      for (const awaiting of [...SIDES, null]) {
        const after = afterStep({ state, awaiting }, step, 'clock');
        expect([state, OVER.includes(after.state), after.awaiting]).toEqual([state, true, null]);
      }
    }
  });

  it('hand a counter-offer to the other side, whoever presses', () => {
    for (const awaiting of SIDES) {
      const standing: OrderStanding = { state: 'requested', awaiting };
      for (const actor of [awaiting, 'master'] as const)
        expect(afterStep(standing, 'counter', actor)).toEqual({
          state: 'countered',
          awaiting: otherSide(awaiting),
        });
      expect(standsInFor(standing, 'withdraw')).toBe(otherSide(awaiting));
      expect(standsInFor(standing, 'accept')).toBe(awaiting);
    }
    expect(standsInFor({ state: 'agreed', awaiting: null }, 'cancel')).toBeNull();
  });

  it('lead from a request to an end, however people press', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Side>('receiver', 'helper'),
        fc.array(fc.tuple(fc.constantFrom(...ACTORS), fc.nat()), { maxLength: 40 }),
        (opener, presses) => {
          let at: OrderStanding = { state: 'requested', awaiting: otherSide(opener) };
          let reserved = false;
          for (const [actor, pick] of presses) {
            const steps = stepsFor(at, actor);
            const step = steps[pick % Math.max(1, steps.length)];
            if (!step) continue;
            const before = at;
            at = afterStep(at, step, actor);
            // credits are set aside in these states and in no other
            reserved = HOLDS.includes(at.state) && (reserved || step === 'accept');
            expect(STANDINGS).toContainEqual(at);
            // nothing leads back to before both agreed
            if (!AWAITED.includes(before.state) || before.state === 'delivered')
              expect(['requested', 'countered'].includes(at.state)).toBe(false);
          }
          for (let i = 0; i < 3; i += 1) {
            const step = stepOfClock(at.state) ?? (at.state === 'disputed' ? 'settle' : null);
            if (step) at = afterStep(at, step, step === 'settle' ? 'master' : 'clock');
          }
          expect(OVER).toContain(at.state);
        },
      ),
    );
  });
});
