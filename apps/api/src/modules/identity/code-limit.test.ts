import { HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { waitBeforeNextCode } from './code-limit.ts';

const NOW = new Date('2026-03-02T10:00:00Z');
const ago = (...minutes: number[]) => minutes.map((m) => new Date(NOW.getTime() - m * MINUTE_MS));

test('the first code comes at once and the wait grows from there', () => {
  expect(waitBeforeNextCode([], NOW)).toBe(0);
  expect(waitBeforeNextCode(ago(0), NOW)).toBe(20_000);
  expect(waitBeforeNextCode(ago(1, 0), NOW)).toBe(MINUTE_MS);
  expect(waitBeforeNextCode(ago(2, 1, 0), NOW)).toBe(3 * MINUTE_MS);
  expect(waitBeforeNextCode(ago(9, 5, 2, 0), NOW)).toBe(8 * MINUTE_MS);
});

test('five an hour, and after ten in a day one each half hour', () => {
  expect(waitBeforeNextCode(ago(50, 40, 30, 20, 10), NOW)).toBe(10 * MINUTE_MS);
  const many = ago(900, 800, 700, 600, 500, 400, 300, 200, 100, 10);
  expect(waitBeforeNextCode(many, NOW)).toBe(20 * MINUTE_MS);
});

test('whatever came before, an hour later a code can be asked', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1440 })), (minutes) => {
      const earlier = ago(...minutes.toSorted((a, b) => b - a));
      expect(waitBeforeNextCode(earlier, NOW)).toBeLessThanOrEqual(HOUR_MS);
      expect(waitBeforeNextCode(earlier, new Date(NOW.getTime() + HOUR_MS))).toBe(0);
    }),
  );
});
