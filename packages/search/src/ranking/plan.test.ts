import { describe, expect, it } from 'vitest';
import { CANDIDATES, planCandidates } from './plan.ts';
import type { WeighedConcept } from './weigh.ts';

const concept = (stem: string): WeighedConcept => ({
  word: stem,
  stem,
  importance: 1,
  emphasis: 1,
  alternatives: [{ weight: 1, slots: [[{ stem, weight: 1 }]] }],
});
const planOf = (high: number, total: number) =>
  planCandidates([concept('hulp'), concept('gemeente')], () => ({ df: 2 * high, high }), total);

describe('the plan of two common words', () => {
  it('looks in three ways while few titles have both', () => {
    expect(planOf(1500, 20_000).together).toHaveLength(3);
  });

  it('looks once where very many titles have both, for as many as are ranked', () => {
    const { any, together } = planOf(8000, 100_000);
    expect(any).toEqual([]);
    expect(together).toEqual([
      {
        lists: [[{ stem: 'hulp', high: true }], [{ stem: 'gemeente', high: true }]],
        limit: CANDIDATES,
      },
    ]);
  });

  it('looks for a common word by itself and by few others, the nearest in meaning', () => {
    const others = Array.from({ length: 20 }, (_, i) => ({
      weight: i % 2 === 0 ? 0.75 : 0.4,
      slots: [[{ stem: `ander${i}`, weight: 1 }]],
    }));
    const hulp = concept('hulp');
    const many = { ...hulp, alternatives: [...hulp.alternatives, ...others] };
    const plan = planCandidates([many], () => ({ df: 8000, high: 4000 }), 100_000);
    const [list = []] = plan.together[0]?.lists ?? [];
    expect(list.length).toBeLessThanOrEqual(8);
    expect(list[0]).toEqual({ stem: 'hulp', high: true });
    expect(list.map(({ stem }) => stem)).not.toContain('ander1');
  });
});
