import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divideReturn, type PartPaid } from './index.ts';

const paid = (id: string, amount: number, earmarked = 0, ended = false): PartPaid => ({
  ...{ id, amount, earmarked, ended },
});

describe('what goes back over two payments', () => {
  it('is as few movements as can be, the first payment before the second where one is enough', () => {
    const both = [paid('extra', 300), paid('main', 600)];
    expect(divideReturn(both, 200)).toEqual([{ id: 'extra', amount: 200, whole: false }]);
    expect(divideReturn(both, 300)).toEqual([{ id: 'extra', amount: 300, whole: true }]);
    expect(divideReturn(both, 500)).toEqual([{ id: 'main', amount: 500, whole: false }]);
    expect(divideReturn(both, 700)).toEqual([
      { id: 'main', amount: 600, whole: true },
      { id: 'extra', amount: 100, whole: false },
    ]);
    expect(divideReturn(both, 900)).toEqual([
      { id: 'extra', amount: 300, whole: true },
      { id: 'main', amount: 600, whole: true },
    ]);
  });

  it('leaves a budget whole, and finds the way around it', () => {
    const both = [paid('extra', 300), paid('main', 600, 600)];
    expect(divideReturn(both, 301)).toBeUndefined();
    expect(divideReturn(both, 600)).toEqual([{ id: 'main', amount: 600, whole: true }]);
    expect(divideReturn(both, 700)).toEqual([
      { id: 'main', amount: 600, whole: true },
      { id: 'extra', amount: 100, whole: false },
    ]);
  });

  it('takes nothing of what went back before', () => {
    expect(divideReturn([paid('main', 600, 0, true)], 1)).toBeUndefined();
    expect(divideReturn([paid('extra', 300, 0, true), paid('main', 600)], 601)).toBeUndefined();
  });

  it('adds up, never more of one than may go back, and is found whenever there is a way', () => {
    const one = fc
      .record({ amount: fc.integer({ min: 1, max: 30 }), ended: fc.boolean() })
      .chain(({ amount, ended }) =>
        fc.integer({ min: 0, max: amount }).map((earmarked) => ({ amount, earmarked, ended })),
      );
    fc.assert(
      fc.property(
        fc.array(one, { minLength: 1, maxLength: 2 }),
        fc.integer({ min: 1, max: 60 }),
        (raw, amount) => {
          const payments = raw.map((of, i) => ({ id: String(i), ...of }));
          const parts = divideReturn(payments, amount);
          // by hand: every amount that each of them can give back
          const ways = payments.map(({ amount: all, earmarked, ended }) =>
            ended ? [0] : [0, all, ...Array.from({ length: all - earmarked }, (_, i) => i + 1)],
          );
          const sums = new Set(
            ways.reduce((sums, way) => sums.flatMap((s) => way.map((w) => s + w)), [0]),
          );
          expect(parts !== undefined).toBe(sums.has(amount));
          if (!parts) return;
          expect(parts.reduce((sum, part) => sum + part.amount, 0)).toBe(amount);
          for (const part of parts) {
            const of = payments.find(({ id }) => id === part.id);
            if (!of) throw new Error('a part of nothing');
            expect(of.ended).toBe(false);
            expect(part.whole).toBe(part.amount === of.amount);
            if (!part.whole) expect(part.amount).toBeLessThanOrEqual(of.amount - of.earmarked);
          }
        },
      ),
    );
  });
});
