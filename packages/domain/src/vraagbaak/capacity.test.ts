import { expect, it } from 'vitest';
import { CAPACITIES, isReputed, reputedSince } from './capacity.ts';

const now = new Date('2026-11-23T09:00:00Z');

it.each([
  ['resident', null, null, false],
  ['resident', now, null, true],
  ['resident', now, now, false],
  ['expert', null, null, true],
  ['expert', null, now, false],
  ['editor', null, null, true],
  ['editor', now, now, false],
] as const)('%s, endorsed %s, removed %s: reputed is %s', (capacity, endorsedAt, removedAt, is) => {
  expect(isReputed({ capacity, endorsedAt, removedAt })).toBe(is);
});

it('counts from the answer for the reputed and from the endorsement for a neighbour', () => {
  const createdAt = new Date('2026-11-22T09:00:00Z');
  const since = CAPACITIES.map((capacity) =>
    reputedSince({ capacity, createdAt, endorsedAt: now, removedAt: null }),
  );
  expect(since).toEqual([now, createdAt, createdAt]);
});
