import { describe, expect, it } from 'vitest';
import {
  before,
  daysOf,
  type Findable,
  inOrder,
  placeOf,
  type Ranked,
  reasonsOf,
  sift,
} from './find.ts';
import {
  type Band,
  bandOf,
  MARKET_THEMES,
  type MarketArea,
  metresBetween,
  WHOLE_WIJK,
} from './places.ts';

const one = (change: Partial<Ranked>): Ranked => ({
  kind: 'offer',
  theme: 'klussen',
  area: 'molenwal',
  mode: 'fixed',
  rate: 600,
  days: 0,
  languages: ['nl'],
  foreignAccount: false,
  id: 'a',
  publishedAt: new Date('2026-11-18T10:00:00Z'),
  words: 0,
  ...change,
});
const bands: Record<string, Band> = { molenwal: 'area', elzenhof: 'walk', spoorzoom: 'wijk' };
const bandTo = (area: string) => bands[area] ?? 'wijk';
const nowhere = () => null;

const MARKET: Findable[] = [
  one({ id: 'drill', theme: 'lenen', mode: 'fixed', rate: 200, days: daysOf([{ weekday: 5 }]) }),
  one({
    id: 'walk',
    theme: 'bewegen',
    mode: 'free',
    rate: 0,
    area: 'elzenhof',
    languages: ['nl', 'tr'],
  }),
  one({ id: 'soup', theme: 'maaltijden', mode: 'ability', rate: 0, area: 'spoorzoom' }),
  one({ id: 'ask', kind: 'request', mode: 'hourly', rate: 900, area: 'spoorzoom' }),
  one({ id: 'app', kind: 'ehealth', theme: 'slaap', rate: 1800, foreignAccount: true }),
];
const idsOf = (wish: Parameters<typeof sift>[1]) =>
  sift(MARKET, wish, bandTo).fitting.map((found) => (found as Ranked).id);

describe('the filters', () => {
  it.each<[Parameters<typeof sift>[1], string[]]>([
    [{}, ['drill', 'walk', 'soup', 'ask', 'app']],
    [{ kind: 'request' }, ['ask']],
    [{ theme: 'lenen' }, ['drill']],
    [{ within: 'area' }, ['drill', 'app']],
    [{ within: 'walk' }, ['drill', 'walk', 'app']],
    [{ price: 'free' }, ['walk', 'soup']],
    [{ price: 'budget', budget: 600 }, ['drill', 'walk', 'soup']],
    [{ price: 'any' }, ['drill', 'walk', 'soup', 'ask', 'app']],
    // who names no day is to be agreed with
    [{ weekday: 5 }, ['drill', 'walk', 'soup', 'ask', 'app']],
    [{ weekday: 6 }, ['walk', 'soup', 'ask', 'app']],
    [{ language: 'tr' }, ['walk']],
    [{ noAccount: true }, ['drill', 'walk', 'soup', 'ask']],
    [{ kind: 'offer', price: 'free', within: 'walk' }, ['walk']],
  ])('%j leaves %j', (wish, ids) => {
    expect(idsOf(wish)).toEqual(ids);
  });

  it('count what another choice of one of them would bring, the others as they are', () => {
    const { counts } = sift(MARKET, { kind: 'offer', price: 'free' }, bandTo);
    expect(counts.kind).toEqual({ offer: 2 });
    expect(counts.price).toEqual({ free: 2, budget: 2, any: 3 });
    expect(counts.theme).toEqual({ bewegen: 1, maaltijden: 1 });
    expect(counts.within).toEqual({ area: 0, walk: 1, wijk: 2 });
    expect(counts.language).toEqual({ nl: 2, tr: 1 });
  });

  it('promise no more than there is: each figure is what its choice gives', () => {
    const wishes: Parameters<typeof sift>[1][] = [
      {},
      { kind: 'offer' },
      { weekday: 6 },
      { price: 'free' },
    ];
    for (const wish of wishes) {
      const { counts } = sift(MARKET, wish, bandTo);
      for (const kind of ['offer', 'request', 'ehealth'] as const)
        expect(idsOf({ ...wish, kind }).length).toBe(counts.kind[kind] ?? 0);
      for (const within of ['area', 'walk'] as const)
        expect(idsOf({ ...wish, within }).length).toBe(counts.within[within]);
      for (const theme of ['lenen', 'bewegen', 'slaap'])
        expect(idsOf({ ...wish, theme }).length).toBe(counts.theme[theme] ?? 0);
      for (let weekday = 1; weekday <= 7; weekday += 1)
        expect(idsOf({ ...wish, weekday }).length).toBe(counts.weekday[weekday] ?? 0);
      expect(idsOf({ ...wish, noAccount: true }).length).toBe(counts.noAccount);
    }
  });
});

describe('the order', () => {
  const order = (all: Ranked[], to: (area: string) => Band | null = bandTo) =>
    inOrder(all, to).map(({ listing }) => listing.id);

  it('has what fits the words first, then what is near, then what is new', () => {
    const later = new Date('2026-11-19T10:00:00Z');
    expect(
      order([
        one({ id: 'far', area: 'spoorzoom', publishedAt: later }),
        one({ id: 'near', area: 'elzenhof' }),
        one({ id: 'here' }),
        one({ id: 'best', area: 'spoorzoom', words: 1 }),
      ]),
    ).toEqual(['best', 'here', 'near', 'far']);
    expect(order([one({ id: 'old' }), one({ id: 'new', publishedAt: later })], nowhere)).toEqual([
      'new',
      'old',
    ]);
  });

  it('puts what asks for another account below what does not', () => {
    const app = { kind: 'ehealth' as const };
    expect(
      order(
        [
          one({ ...app, id: 'account', foreignAccount: true, words: 1 }),
          one({ ...app, id: 'none', area: 'spoorzoom', words: 0.6 }),
        ],
        nowhere,
      ),
    ).toEqual(['none', 'account']);
    expect(
      order([
        one({ ...app, id: 'account', foreignAccount: true }),
        one({ ...app, id: 'none', area: 'spoorzoom' }),
      ]),
    ).toEqual(['none', 'account']);
  });

  it('goes on after a place without leaving out or repeating one', () => {
    const all = Array.from({ length: 9 }, (_, i) =>
      one({
        id: `id-${i}`,
        words: (i % 3) / 3,
        publishedAt: new Date(1_800_000_000_000 + (i % 2)),
      }),
    );
    const ordered = inOrder(all, bandTo);
    const seen: string[] = [];
    for (let after = ordered[0], n = 0; after && n < 20; n += 1) {
      seen.push(after.listing.id);
      const place = placeOf(after);
      after = ordered.find((next) => before(place, placeOf(next)) < 0);
    }
    expect(seen).toEqual(ordered.map(({ listing }) => listing.id));
  });

  it('says why', () => {
    expect(
      reasonsOf(one({ words: 0.4, days: daysOf([{ weekday: 2 }]) }), { weekday: 2 }, 'area'),
    ).toEqual(['your-words', 'in-your-area', 'your-day']);
    // an app is nowhere
    expect(reasonsOf(one({ kind: 'ehealth' }), {}, 'walk')).toEqual(['no-account']);
    expect(reasonsOf(one({}), {}, null)).toEqual([]);
  });
});

describe('distance', () => {
  const at = (slug: string, latitude: number, longitude: number): MarketArea => ({
    slug,
    name: slug,
    latitude,
    longitude,
  });
  const here = at('hier', 52.09, 5.1);

  it('is told in bands of the middles of areas', () => {
    const near = at('bij', 52.0945, 5.1);
    const far = at('ver', 52.1, 5.12);
    expect(metresBetween(here, near)).toBeGreaterThan(450);
    expect(metresBetween(here, near)).toBeLessThan(550);
    expect([bandOf(here, here), bandOf(here, near), bandOf(here, far)]).toEqual([
      'area',
      'walk',
      'wijk',
    ]);
    expect(bandOf(here, WHOLE_WIJK)).toBe('area');
    expect(bandOf(WHOLE_WIJK, here)).toBe('wijk');
  });
});

it('the themes each have a name and an address of their own', () => {
  const slugs = MARKET_THEMES.map(({ slug }) => slug);
  expect(new Set(slugs).size).toBe(slugs.length);
  for (const { slug, name } of MARKET_THEMES) {
    expect(slug).toMatch(/^[a-z-]+$/);
    expect(name).not.toBe('');
  }
});
