import * as contract from '@wijk/contracts';
import { DEMONSTRATION_WIJK, seedDemonstration } from '@wijk/db/seed';
import { LISTINGS_AT_MOST } from '@wijk/search';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../../tests/support/database.ts';
import { type House, ok, openHouse } from '../../../../../tests/support/house.ts';

/** Finding on the market of the demonstration: the seventy of the content. */

let house: House;
const wijk = DEMONSTRATION_WIJK.slug;

beforeAll(async () => {
  const database = await testDatabase();
  house = await openHouse({ database, now: '2026-11-18T10:00:00Z' });
  // its address is that of the house's own wijk
  await house.owner.execute(sql`update wijk.wijk set slug = slug || '-van-de-toets'`);
  await seedDemonstration(database.ownerUrl, { now: house.clock.now() });
  await house.work();
}, 120_000);
afterAll(() => house?.close());

type Query = Partial<
  Parameters<typeof house.call<typeof contract.findListings>>[2]['query'] & object
>;
const find = async (query: Query) =>
  ok(
    await house.call(contract.findListings, null, {
      params: { wijk },
      query: { limit: 50, ...query },
    }),
  );
const titles = async (query: Query) => (await find(query)).items.map(({ title }) => title);

describe('by words', () => {
  it.each<[string, string]>([
    ['kraan', 'Kleine klussen: druppende kranen, losse plinten en dat ene lampje'],
    ['kranen repareren', 'Kleine klussen: druppende kranen, losse plinten en dat ene lampje'],
    // a typing error
    ['linzesoep', 'Een pan linzensoep voor twee dagen'],
    // a compound, whole and in parts
    ['fietsband', 'Fietsband plakken aan huis, ook voor kinderfietsen en scootmobielen'],
    [
      'band van mijn fiets plakken',
      'Fietsband plakken aan huis, ook voor kinderfietsen en scootmobielen',
    ],
    ['rookmelder', 'Rookmeldercontrole: testen, batterij wisselen, goed ophangen'],
    // a form of the word that stands in the text
    ['huiswerk maken met wiskunde', 'Huiswerkhulp wiskunde, van breuken tot de abc-formule'],
    ['zingen in een koor', 'Meezingkoor zonder auditie: smartlappen, gospel en alles ertussen'],
  ])('%s finds "%s" first', async (q, title) => {
    expect((await titles({ q }))[0]).toBe(title);
  });

  it('says how it understood a typing error, and finds nothing by nonsense', async () => {
    expect((await find({ q: 'huiswrk' })).corrected).toBe('huiswerk');
    const none = await find({ q: 'xyzzyq' });
    expect([none.items, none.total]).toEqual([[], 0]);
  });

  it('never finds what waits, is paused, or is over', async () => {
    for (const q of [
      'steunkousen',
      'slaaptabletten',
      'energiecontract',
      'injera',
      'duofiets',
      'wandmeubel',
      'iftar',
    ])
      expect([q, await titles({ q })]).toEqual([
        q,
        expect.not.arrayContaining([
          expect.stringMatching(
            /Injera|Duofiets|Kast in elkaar|Wassen en aankleden|pijnstillers|energiecontract|iftar/,
          ),
        ]),
      ]);
  });
});

describe('by filters', () => {
  it('keeps to each of them, with figures that are true', async () => {
    const all = await find({});
    expect(all.total).toBe(all.items.length + (all.nextCursor ? all.total - 50 : 0));
    expect(all.counts.kind.offer).toBeGreaterThan(30);
    for (const [theme, count] of Object.entries(all.counts.theme)) {
      const some = await find({ theme });
      expect([theme, some.total]).toEqual([theme, count]);
      expect(some.items.every((one) => one.theme?.slug === theme)).toBe(true);
    }
    const free = await find({ price: 'free' });
    expect(free.total).toBe(all.counts.price.free);
    expect(free.items.every(({ mode }) => mode === 'free' || mode === 'ability')).toBe(true);
    const cheap = await find({ price: 'budget', budget: 300 });
    expect(
      cheap.items.every((one) => one.mode === 'free' || one.mode === 'ability' || one.rate <= 300),
    ).toBe(true);
    expect(cheap.items.some(({ rate }) => rate > 0)).toBe(true);
    const arabic = await find({ language: 'ar' });
    expect(arabic.total).toBe(all.counts.language.ar);
    const sunday = await find({ weekday: 7 });
    expect(sunday.total).toBe(all.counts.weekday['7']);
    const asked = await find({ kind: 'request', theme: 'taal' });
    expect(asked.items.every((one) => one.kind === 'request' && one.theme?.slug === 'taal')).toBe(
      true,
    );
  });

  it('counts distance from the area that the visitor names, and says so', async () => {
    const here = await find({ from: 'spoorzoom' });
    expect(here.items[0]?.reasons).toContain('in-your-area');
    const near = await find({ from: 'spoorzoom', kind: 'offer' });
    expect(new Set(near.items.map(({ band }) => band))).toEqual(new Set(['area', 'walk', 'wijk']));
    const apps = await find({ from: 'spoorzoom', kind: 'ehealth' });
    expect(apps.items.length).toBeGreaterThan(0);
    expect(apps.items.every(({ band }) => band === null)).toBe(true);
    expect(apps.items.flatMap(({ reasons }) => reasons)).not.toContain('in-your-area');
    const area = await find({ from: 'spoorzoom', within: 'area' });
    // an app is nowhere: it is left in, and nearness is no reason for its place
    expect(
      area.items.every((one) => one.area?.slug === 'spoorzoom' || one.kind === 'ehealth'),
    ).toBe(true);
    expect(area.total).toBe(here.counts.within.area);
    const walk = await find({ from: 'spoorzoom', within: 'walk' });
    expect(walk.total).toBe(here.counts.within.walk);
    // nobody said from where: no distance is a filter, and none is told
    const nowhere = await find({ within: 'area' });
    expect(nowhere.items.every(({ band }) => band === null)).toBe(true);
    expect(nowhere.total).toBe((await find({})).total);
  });

  it('tells an area at most: no address, no coordinates', async () => {
    const text = JSON.stringify([
      await find({ from: 'elzenhof' }),
      ok(await house.call(contract.readMarket, null, { params: { wijk } })),
    ]);
    expect(text).not.toMatch(/latitude|longitude|52\.1/);
  });
});

describe('the pages of a list', () => {
  it('go on where the one before ended, without repeating or leaving out', async () => {
    for (const query of [{}, { from: 'molenwal' }, { q: 'hulp' }] as Query[]) {
      const whole = await find(query);
      const seen: string[] = [];
      let cursor: string | undefined;
      for (let n = 0; n < 20; n += 1) {
        const page = await find({ ...query, limit: 7, ...(cursor ? { cursor } : {}) });
        seen.push(...page.items.map(({ ref }) => ref));
        if (!page.nextCursor) break;
        cursor = page.nextCursor;
      }
      expect(seen).toHaveLength(whole.total);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.slice(0, whole.items.length)).toEqual(whole.items.map(({ ref }) => ref));
    }
  });

  it('refuses a place that is none', async () => {
    const wrong = await house.call(contract.findListings, null, {
      params: { wijk },
      query: { cursor: 'AAAA' },
    });
    expect(wrong.ok ? 200 : wrong.status).toBe(422);
  });
});

describe('more than is looked at', () => {
  it('is said to be more, and filters are looked for among all of them', async () => {
    await house.owner.execute(sql`insert into market.listing (wijk_id, id, ref, slug, kind, state, membership_id, title, body, theme,
        area, languages, shell, mode, rate, periods, version, made_at, published_at, expires_at)
      select l.wijk_id, gen_random_uuid(), 'z' || lpad(n::text, 7, '0'), l.slug, l.kind, l.state, l.membership_id, l.title || ' nummer ' || n,
        l.body, 'tuin', l.area, l.languages, l.shell, l.mode, l.rate, l.periods, 0, l.made_at, l.published_at + interval '1 day', l.expires_at
      from (select * from market.listing where theme = 'klussen' and state = 'published' limit 1) l, generate_series(1, 2100) n`);
    await house.work();
    const all = await find({});
    expect([all.isCapped, all.total]).toEqual([true, LISTINGS_AT_MOST]);
    // the newest thousand are all about gardens; what is asked for is found all the same
    const soup = await find({ theme: 'maaltijden' });
    expect(soup.items.some(({ title }) => title.includes('linzensoep'))).toBe(true);
    expect(soup.items.every((one) => one.theme?.slug === 'maaltijden')).toBe(true);
    expect(soup.isCapped).toBe(false);
    const cheap = await find({ kind: 'offer', price: 'budget', budget: 200, language: 'tr' });
    expect(cheap.items.length).toBeGreaterThan(0);
    expect(cheap.items.every((one) => one.languages.includes('tr'))).toBe(true);
    expect((await titles({ q: 'linzensoep' }))[0]).toContain('linzensoep');
  }, 60_000);
});
