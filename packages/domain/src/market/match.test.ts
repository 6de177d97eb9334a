import { describe, expect, it } from 'vitest';
import type { Ranked } from './find.ts';
import { matchesOf, matchReasons } from './match.ts';

const offer = (id: string, more: Partial<Ranked> = {}): Ranked => ({
  ...{ id, kind: 'offer', theme: 'tuin', area: 'noord', mode: 'free', rate: 0, days: 0 },
  ...{ languages: ['nl'], foreignAccount: false, words: 0, publishedAt: new Date(0) },
  ...more,
});
const request = { theme: 'tuin', languages: ['nl', 'tr'] };

describe('what fits', () => {
  it('shares its theme or its words; place and language alone are no fit', () => {
    expect(matchReasons(request, offer('a'), 'area')).toEqual(['theme', 'area']);
    expect(
      matchReasons(
        request,
        offer('a', { theme: 'koken', words: 0.8, languages: ['nl', 'tr'] }),
        'walk',
      ),
    ).toEqual(['words', 'walkable', 'language']);
    expect(matchReasons(request, offer('a', { theme: 'koken', words: 0.1 }), 'area')).toEqual([]);
  });

  it('stands in the order of what it shares, and then of its age', () => {
    const all = [
      offer('far', { area: 'zuid' }),
      offer('near'),
      offer('words', { words: 1 }),
      offer('new', { area: 'zuid', publishedAt: new Date(1000) }),
      offer('other', { theme: 'koken' }),
    ];
    const found = matchesOf(request, all, (area) => (area === 'noord' ? 'area' : 'wijk'));
    expect(found.map(({ listing }) => listing.id)).toEqual(['words', 'near', 'new', 'far']);
  });
});
