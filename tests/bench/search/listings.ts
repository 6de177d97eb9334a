import { connect } from '@wijk/db/kernel';
import { createWijk } from '@wijk/db/seed';
import { bandOf, inOrder, MARKET_THEMES, sift, type Wish } from '@wijk/domain/market';
import {
  countWords,
  filterStems,
  finishRebuild,
  LISTINGS,
  PostgresListingSearch,
  reindexStaleListings,
} from '@wijk/search';
import { sql } from 'drizzle-orm';
import { readOffers } from '../../../packages/db/seed/content.ts';
import { NOW } from './fill.ts';
import { generateQuestions } from './generate.ts';
import { timesOf } from './speed.ts';

const AREAS = Array.from({ length: 6 }, (_, i) => ({
  ...{ slug: `buurt-${i}`, name: `Buurt ${i}` },
  ...{ latitude: 52.12 + 0.003 * i, longitude: 5.3 },
}));
const WORDS = [
  '',
  '',
  '',
  'kraan',
  'hulp',
  'wandelen met de hond',
  'belastingaangifte',
  'linzesoep',
  'fiets maken',
  'computer',
];
const WISHES: Wish[] = [
  {},
  { kind: 'request' },
  { theme: 'tuin' },
  { within: 'walk' },
  { price: 'free' },
  { price: 'budget', budget: 400, weekday: 2 },
  { language: 'ar', theme: 'taal' },
];

/** Every request of the bench: words and wishes together. */
const REQUESTS = WORDS.flatMap((text) => WISHES.map((wish) => ({ text, wish })));

/**
 * How long finding takes in a wijk with so many listings: what the route does of it, from the words to a page in
 * order with its figures, without HTTP and without reading the twenty rows that are shown.
 */
export async function measureListings(
  urls: { owner: string; app: string },
  size: number,
): Promise<string> {
  const owner = connect({ url: urls.owner, max: 2 });
  const wijk = await createWijk(owner, { slug: 'markt', name: 'Markt', now: NOW });
  await finishRebuild(owner, NOW);
  await fill(owner, wijk.id, size);
  while (await reindexStaleListings(owner));
  while (await countWords(owner, LISTINGS));
  await owner.execute(sql`vacuum (analyze) search.listing_document`);
  await owner.execute(sql`vacuum (analyze) search.listing_term`);
  const db = connect({ url: urls.app, max: 2 });
  const search = new PostgresListingSearch(db);
  const own = AREAS[0];
  const bands = new Map(AREAS.map((area) => [area.slug, own ? bandOf(own, area) : null]));
  const bandTo = (area: string) => bands.get(area) ?? 'wijk';
  const find = async (text: string, wish: Wish) => {
    const near = AREAS.map(({ slug }) => slug).filter((slug) => bandTo(slug) !== 'wijk');
    const filters = filterStems(wish, wish.within ? near : null);
    const maxRate = wish.price === 'budget' ? (wish.budget ?? null) : null;
    const { all, narrowed } = await search.findBoth(wijk.id, { text, filters, maxRate });
    const { fitting } = sift(all.found, wish, bandTo);
    return inOrder(narrowed ? sift(narrowed.found, wish, bandTo).fitting : fitting, bandTo);
  };
  for (const { text, wish } of REQUESTS) await find(text, wish);
  const samples: number[] = [];
  for (let round = 0; round < 10; round += 1)
    for (const { text, wish } of REQUESTS) {
      const started = performance.now();
      await find(text, wish);
      samples.push(performance.now() - started);
    }
  await db.$client.end();
  await owner.$client.end();
  const { p50, p95, p99 } = timesOf(samples);
  return `| ${size} listings | ${samples.length} | ${[p50, p95, p99].map((ms) => ms.toFixed(1)).join(' | ')} |`;
}

export const LISTINGS_HEAD = [
  '| wijk | requests | p50 ms | p95 ms | p99 ms |',
  '|---|---|---|---|---|',
];

/** Offers of the content over and over, each with words of an invented question so that texts differ. */
async function fill(
  owner: ReturnType<typeof connect>,
  wijkId: string,
  size: number,
): Promise<void> {
  const offers = readOffers();
  const others = generateQuestions(Math.min(size, 20_000));
  await owner.execute(sql`insert into identity.person (id, email, name, created_at)
    values (${wijkId}, 'bench@voorbeeld.example', 'Bench', ${NOW})`);
  await owner.execute(sql`insert into identity.membership (wijk_id, id, person_id, joined_at)
    values (${wijkId}, ${wijkId}, ${wijkId}, ${NOW})`);
  const themes = MARKET_THEMES.map((theme, i) => ({ ...theme, position: i + 1 }));
  await owner.execute(sql`insert into market.theme (wijk_id, slug, name, position, health)
    select ${wijkId}::uuid, slug, name, position, health
    from jsonb_to_recordset(${JSON.stringify(themes)}::jsonb) as t (slug text, name text, position int, health bool)`);
  await owner.execute(sql`insert into market.area (wijk_id, slug, name, position, latitude, longitude)
    select ${wijkId}::uuid, slug, name, 1, latitude, longitude
    from jsonb_to_recordset(${JSON.stringify(AREAS)}::jsonb) as t (slug text, name text, latitude float8, longitude float8)`);
  const AT_ONCE = 2000;
  for (let at = 0; at < size; at += AT_ONCE) {
    const rows = Array.from({ length: Math.min(AT_ONCE, size - at) }, (_, i) => {
      const n = at + i;
      const offer = offers[n % offers.length] as (typeof offers)[number];
      const other = others[n % others.length] as (typeof others)[number];
      return {
        ...{
          n,
          kind: offer.kind,
          title: `${offer.title} ${other.title}`,
          body: `${offer.body} ${other.body}`,
        },
        ...{ theme: offer.theme, area: AREAS[n % AREAS.length]?.slug, languages: offer.languages },
        ...{ mode: offer.price.credits ? 'fixed' : 'free', rate: (offer.price.credits ?? 0) * 100 },
        periods: n % 3 === 0 ? [{ weekday: (n % 7) + 1, from: '09:00', until: '12:00' }] : [],
      };
    });
    await owner.execute(sql`insert into market.listing (wijk_id, id, ref, slug, kind, state, membership_id, title, body, theme,
        area, languages, shell, mode, rate, periods, made_at, published_at, expires_at)
      select ${wijkId}::uuid, gen_random_uuid(), lpad(to_hex(n), 8, '0'), 's', kind, 'published', ${wijkId}::uuid, title, body, theme,
        area, languages, 1, mode, rate, periods, ${NOW}::timestamptz, ${NOW}::timestamptz - n * interval '1 second',
        ${NOW}::timestamptz + interval '1 year'
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t (n int, kind text, title text, body text, theme text,
        area text, languages jsonb, mode text, rate int, periods jsonb)`);
  }
}
