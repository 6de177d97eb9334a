import { describe, expect, it } from 'vitest';
import { nearnessOf } from './nearness.ts';
import { idf } from './weigh.ts';

describe('near enough to a text', () => {
  const rare = idf(0, 1000);

  it('is what shares nearly a word that nothing else has, more of it for a long text', () => {
    const isNear = nearnessOf(4, 1000);
    expect(isNear({ score: 0.85 * rare, coverage: 0.3 })).toBe(true);
    expect(isNear({ score: 0.7 * rare, coverage: 0.3 })).toBe(false);
    expect(nearnessOf(20, 1000)({ score: 1.2 * rare, coverage: 0.3 })).toBe(false);
    expect(nearnessOf(20, 1000)({ score: 1.6 * rare, coverage: 0.3 })).toBe(true);
  });

  it('is what has all of some words, but not of a few', () => {
    expect(nearnessOf(4, 10)({ score: 0.1, coverage: 0.95 })).toBe(true);
    expect(nearnessOf(3, 10)({ score: 0.1, coverage: 1 })).toBe(false);
  });
});
