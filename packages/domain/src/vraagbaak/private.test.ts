import { describe, expect, it } from 'vitest';
import {
  assertMayPropose,
  isManyLooks,
  LOOKS_A_DAY,
  lookOf,
  lookText,
  mayGoAlong,
  type TwinStanding,
} from './index.ts';

const AT = new Date('2026-11-22T10:00:00Z');
const asked = { visibility: 'private', status: 'open' } as const;
const twin = (decision: TwinStanding['decision'], endedAt: Date | null = null) => ({
  decision,
  endedAt,
});

describe('a look', () => {
  it('keeps reason and note in one text', () => {
    expect(lookOf(lookText('danger', 'Twee\nregels'))).toEqual({
      reason: 'danger',
      note: 'Twee\nregels',
    });
    expect(lookText('contact', '')).toBe('contact');
    expect(lookOf('something of before')).toEqual({ reason: 'other', note: '' });
  });

  it('is many above five within a day', () => {
    expect([LOOKS_A_DAY, LOOKS_A_DAY + 1].map(isManyLooks)).toEqual([false, true]);
  });
});

describe('a public version', () => {
  it('is proposed of a private question that stands, one at a time', () => {
    expect(() => assertMayPropose(asked, [])).not.toThrow();
    expect(() =>
      assertMayPropose(asked, [twin('declined'), twin('taken-back'), twin('agreed', AT)]),
    ).not.toThrow();
    expect(() => assertMayPropose(asked, [twin(null)])).toThrow('vraagbaak.twin-there');
    expect(() => assertMayPropose(asked, [twin('agreed')])).toThrow('vraagbaak.twin-there');
    expect(() => assertMayPropose({ ...asked, visibility: 'anonymous' }, [])).toThrow(
      'vraagbaak.twin-not-private',
    );
    for (const status of ['withdrawn', 'removed', 'duplicate'] as const)
      expect(() => assertMayPropose({ ...asked, status }, [])).toThrow('vraagbaak.question-closed');
  });

  it('takes no answer of a neighbour along, and none that is not in view', () => {
    const answer = { capacity: 'expert', hiddenAt: null, removedAt: null } as const;
    expect(mayGoAlong(answer)).toBe(true);
    expect(mayGoAlong({ ...answer, capacity: 'resident' })).toBe(false);
    expect(mayGoAlong({ ...answer, hiddenAt: AT })).toBe(false);
    expect(mayGoAlong({ ...answer, removedAt: AT })).toBe(false);
  });
});
