import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../kernel/index.ts';
import {
  assertMayReply,
  assertMayReview,
  ratingOf,
  reviewsClose,
  reviewsShown,
  validateReview,
} from './review.ts';

const completedAt = new Date('2026-12-01T10:00:00Z');
const later = (days: number, ms = 0) => new Date(completedAt.getTime() + days * DAY_MS + ms);

describe('what two sides say of each other', () => {
  it('is hidden until both said it or fourteen days are over, and nobody writes after that', () => {
    const one = { completedAt, bothAt: null };
    expect(reviewsClose(completedAt)).toEqual(later(14));
    expect(reviewsShown(one, later(14, -1))).toBe(false);
    expect(reviewsShown(one, later(14))).toBe(true);
    expect(reviewsShown({ completedAt, bothAt: later(1) }, later(1))).toBe(true);
    expect(() => assertMayReview(one, later(14, -1))).not.toThrow();
    expect(() => assertMayReview(one, later(14))).toThrow('market.review-closed');
    expect(() => assertMayReview({ completedAt, bothAt: later(1) }, later(2))).toThrow(
      'market.review-closed',
    );
    expect(() => assertMayReview({ completedAt: null, bothAt: null }, later(1))).toThrow(
      'market.review-not-yet',
    );
  });

  it('takes one to five and a text that is not too long', () => {
    expect(() => validateReview({ stars: 1, body: '' })).not.toThrow();
    for (const stars of [0, 6, 2.5])
      expect(() => validateReview({ stars, body: '' })).toThrow('kernel.invalid');
    expect(() => validateReview({ stars: 5, body: 'a'.repeat(1001) })).toThrow('kernel.invalid');
  });

  it('is answered once, by whom it is about, when they can read it', () => {
    const one = { side: 'receiver', shown: true, replied: false, removed: false } as const;
    expect(() => assertMayReply(one, 'helper')).not.toThrow();
    expect(() => assertMayReply(one, 'receiver')).toThrow('market.review-not-found');
    expect(() => assertMayReply({ ...one, shown: false }, 'helper')).toThrow('not-found');
    expect(() => assertMayReply({ ...one, replied: true }, 'helper')).toThrow('replied');
    expect(() => assertMayReply({ ...one, removed: true }, 'helper')).toThrow('removed');
  });

  it('makes no figure below three, and rounds to tenths half up', () => {
    expect(ratingOf(2, 10)).toBeNull();
    expect(ratingOf(3, 15)).toEqual({ tenths: 50, count: 3 });
    expect(ratingOf(3, 13)).toEqual({ tenths: 43, count: 3 });
    expect(ratingOf(4, 17)).toEqual({ tenths: 43, count: 4 });
  });
});
