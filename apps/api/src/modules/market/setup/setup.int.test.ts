import * as contract from '@wijk/contracts';
import { DAY_MS } from '@wijk/domain/kernel';
import { DEFAULT_MARKET_POLICY, FIRST_PROVIDER_CRITERIA } from '@wijk/domain/market';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../../tests/support/house.ts';
import { type Market, openMarket } from '../../../../../../tests/support/market.ts';
import { openVetting, type Vetters } from '../../../../../../tests/support/vetting.ts';

let house: House;
let market: Market;
let vet: Vetters;
let ineke: Guest;
let admin: Guest;
let anil: Guest;
let henk: Guest;
let fatima: Guest;

const setup = async () => ok(await house.call(contract.readMarketSetup, ineke, {}));
const faults = (outcome: { ok: boolean } & Record<string, unknown>) =>
  outcome.ok
    ? []
    : (outcome.problem as { errors: { pointer: string; code: string }[] }).errors.map(
        ({ pointer, code }) => `${pointer} ${code}`,
      );

beforeAll(async () => {
  house = await openHouse();
  vet = openVetting(house);
  market = await openMarket(house);
  [ineke, admin, anil, henk, fatima] = await Promise.all([
    house.guest('Ineke Bloemhof', ['resident', 'market-master']),
    house.guest('Ad Beheer', ['resident', 'admin']),
    house.guest('Anil Ramdin', ['resident', 'curator']),
    house.guest('Henk Brouwer', ['resident']),
    house.guest('Fatima Amrani', ['resident']),
  ]);
});
afterAll(() => house.close());

describe('the rules of the market', () => {
  const change = (basedOn: number, more: object) =>
    house.call(contract.changeMarketPolicy, admin, {
      body: { basedOn, policy: { ...DEFAULT_MARKET_POLICY, ...more } },
    });

  it('bite for a new order, and not for one that runs', async () => {
    const listing = await market.listing(henk, { mode: 'free' });
    const running = await market.request(fatima, listing);
    const before = (await market.read(fatima, running)).dueAt;
    ok(await change(0, { answerDays: 10 }));
    expect((await market.read(fatima, running)).dueAt).toBe(before);
    const fresh = await market.request(anil, await market.listing(henk, { mode: 'free' }));
    expect((await market.read(anil, fresh)).dueAt).toBe(
      new Date(house.clock.now().getTime() + 10 * DAY_MS).toISOString(),
    );
  });

  it('say what is wrong at each field, and keep who changed what when', async () => {
    const { policyVersion } = await setup();
    expect(faults(await change(policyVersion, { listingDays: 3, answerDays: 99 }))).toEqual([
      'listingDays too-small',
      'answerDays too-large',
    ]);
    house.clock.advance(1000);
    ok(await change(policyVersion, { answerDays: 10, confirmDays: 9 }));
    const { changes } = await setup();
    expect(changes[0]).toMatchObject({
      ...{ kind: 'policy', by: 'Ad Beheer' },
      changed: [{ what: 'confirmDays', before: '7', after: '9' }],
    });
  });

  it('are changed by one of two at once, and the same press once more is no version', async () => {
    const { policyVersion } = await setup();
    const both = await Promise.all(
      [4, 5].map((unmatchedDays) => change(policyVersion, { unmatchedDays })),
    );
    expect(both.map((one) => (one.ok ? 'yes' : refusal(one))).sort()).toEqual([
      '409 market.setup-changed',
      'yes',
    ]);
    const { policy, policyVersion: now } = await setup();
    expect(now).toBe(policyVersion + 1);
    expect(ok(await change(policyVersion, policy)).version).toBe(now);
  });

  it('are for market masters and admins', async () => {
    expect(refusal(await house.call(contract.readMarketSetup, fatima, {}))).toBe(
      '403 kernel.forbidden',
    );
    ok(await house.call(contract.readMarketSetup, admin, {}));
  });
});

describe('themes and areas', () => {
  it('are renamed, put away and added, and what is put away is not offered any more', async () => {
    const { themes } = await setup();
    const kept = themes.map((one) =>
      one.slug === 'klussen' ? { ...one, name: 'Klusjes' } : { ...one, retired: true },
    );
    const fresh = { slug: null, name: 'Repareren', health: false, retired: false };
    ok(
      await house.call(contract.changeMarketThemes, ineke, { body: { themes: [fresh, ...kept] } }),
    );
    expect(ok(await house.call(contract.readMarket, null, {})).themes).toEqual([
      { slug: 'repareren', name: 'Repareren', health: false },
      { slug: 'klussen', name: 'Klusjes', health: false },
    ]);
    // a page that was opened before does not lose what came since
    const old = await house.call(contract.changeMarketThemes, ineke, { body: { themes: kept } });
    expect(faults(old)).toEqual(['themes.0.name theme-missing']);
    const none = (await setup()).themes.map((one) => ({ ...one, retired: true }));
    const away = await house.call(contract.changeMarketThemes, ineke, { body: { themes: none } });
    expect(faults(away)).toEqual(['themes.0.name one-needed']);
    const back = (await setup()).themes.map((one) => ({ ...one, retired: false }));
    ok(await house.call(contract.changeMarketThemes, ineke, { body: { themes: back } }));
  });

  it('tell distances by middles that lie together', async () => {
    const { areas } = await setup();
    const area = (name: string, latitude: number | null, longitude: number) => ({
      ...{ slug: null, name, latitude, longitude, retired: false },
    });
    const save = (...more: ReturnType<typeof area>[]) =>
      house.call(contract.changeAreas, ineke, { body: { areas: [...areas, ...more] } });
    expect(faults(await save(area('Zuid', null, 5.1), area('', 52.1, 5.1)))).toEqual([
      'areas.2.name required',
      'areas.1.middle not-a-middle',
    ]);
    expect(faults(await save(area('Oost', 52.11, 5.11), area('Ver', 53.9, 5.1)))).toEqual([
      'areas.2.middle too-far-apart',
    ]);
    house.clock.advance(1000);
    ok(await save(area('Oost', 52.11, 5.11)));
    const { areas: now, changes } = await setup();
    expect(now.map(({ slug }) => slug)).toEqual(['noord', 'oost', 'hele-wijk']);
    expect(changes[0]).toMatchObject({ kind: 'areas', by: 'Ineke Bloemhof' });
  });
});

describe('criteria', () => {
  const adopt = (basedOn: string, criteria: object[], subject: 'apps' | 'providers') =>
    house.call(contract.adoptCriteria, ineke, {
      params: { subject },
      body: { basedOn, criteria: criteria as never },
    });
  const versions = async (subject: 'apps' | 'providers') =>
    ok(await house.call(contract.readCriteriaVersions, ineke, { params: { subject } })).versions;

  it('of another version leave earlier vettings as they were judged', async () => {
    const key = await vet.organisation('Thuiszorg', henk);
    await vet.vetted(henk, key, [anil, ineke]);
    const later = await vet.organisation('Kapper', henk);
    ok(await vet.apply(henk, later));
    const [first] = await versions('providers');
    const criteria = [
      ...FIRST_PROVIDER_CRITERIA.criteria.slice(0, 4),
      { key: null, name: 'Bereikbaarheid', question: 'Is iemand te bereiken?' },
    ];
    expect(ok(await adopt(first?.version ?? '', criteria, 'providers')).version).toBe('2.0');
    const badge = ok(
      await house.call(contract.readProviderBadge, null, { params: { provider: key } }),
    );
    expect([badge.criteriaVersion, badge.criteria.map((one) => one.scores.length)]).toEqual([
      '1.0',
      [2, 2, 2, 2, 2],
    ]);
    // what was open goes on by its own version
    const open = ok(await house.call(contract.readVetting, anil, { params: { provider: later } }));
    expect(open.criteriaVersion).toBe('1.0');
    ok(await vet.apply(henk, later, 'Nu anders.'));
    const anew = ok(await house.call(contract.readVetting, anil, { params: { provider: later } }));
    expect(anew.criteria.at(-1)?.key).toBe('bereikbaarheid');
    await vet.judge(anil, later);
    expect((await versions('providers'))[0]).toMatchObject({
      version: '2.0',
      by: 'Ineke Bloemhof',
    });
  });

  it('of apps are adopted once by two at once, and say what is wrong at their fields', async () => {
    const [first] = await versions('apps');
    const given = first?.criteria ?? [];
    const { version = '' } = first ?? {};
    const bad = await adopt(version, [{ key: null, name: '', question: 'Wat?' }], 'apps');
    expect(faults(bad)).toEqual(['criteria.0.name required', 'criteria.1.name too-few']);
    const both = await Promise.all(
      ['Eén', 'Twee'].map((name) =>
        adopt(version, [...given, { key: null, name, question: 'Klopt het?' }], 'apps'),
      ),
    );
    expect(both.map((one) => (one.ok ? 'yes' : refusal(one))).sort()).toEqual([
      '409 market.setup-changed',
      'yes',
    ]);
    expect((await versions('apps')).map((one) => one.version)).toEqual(['2.0', '1.0']);
  });
});
