import { randomUUID } from 'node:crypto';
import type { BodyOf } from '@wijk/contracts';
import * as contract from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import { findListing, saveListing } from '@wijk/db/market';
import { FIRST_CRITERIA, type Verdict } from '@wijk/domain/market';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';
import { runDueApp } from './curation/jobs.ts';

let house: House;
let maker: Guest;
let anil: Guest;
let noor: Guest;
let wim: Guest;
let fatima: Guest;

const WHOLE: BodyOf<typeof contract.saveAppRecord>['fields'] = {
  ...{ name: 'Slaapwende', release: '3.2', supplierName: 'Stichting Slaapwende' },
  ...{ supplierCountry: 'Nederland', supplierContact: 'hulp bij de stichting' },
  ...{ summary: 'Zesweekse cursus met een dagboek.', goal: 'lichaamsfuncties', theme: 'slaap' },
  ...{ level: 'beginner', audience: 'Wie slecht slaapt', notFor: '' },
  ...{ platforms: ['pwa'], languages: ['nl'], price: '18', priceAfter: 'Blijft gratis' },
  ...{ accountNeeded: 'nee', medicalClaim: 'nee', mdrClass: '', ce: '' },
  ...{ dataLocation: 'Nederland', retention: '12 maanden', shared: 'nee', sharedWith: '' },
  ...{
    dpiaDate: '2026-02-17',
    nen7510: 'ja',
    evidenceLevel: 'guideline',
    evidenceNote: 'Richtlijn',
  },
  ...{ sus: '84', wcag: '2.2 AA', lowLiteracy: 'ja', crisis: 'Huisarts', complaints: 'Bellen' },
};

const of = (listing: string) => ({ params: { listing } });
const begin = async (fields: Partial<typeof WHOLE> = {}, who = maker) =>
  ok(
    await house.call(contract.draftApp, who, {
      body: { organisation: null, fields: { ...WHOLE, ...fields } },
    }),
  ).ref;
const submit = (ref: string, who = maker) => house.call(contract.submitApp, who, of(ref));
const handedIn = async (fields: Partial<typeof WHOLE> = {}) => {
  const ref = await begin(fields);
  ok(await submit(ref));
  return ref;
};
const roundOf = async (ref: string, who = anil) =>
  ok(await house.call(contract.readCuration, who, of(ref))).round;
const declare = async (ref: string, who: Guest, conflict = false) =>
  house.call(contract.declareInterest, who, {
    ...of(ref),
    body: { round: await roundOf(ref), conflict, note: '' },
  });
const review = async (ref: string, who: Guest, advice: Verdict = 'recommend', score = 4) =>
  house.call(contract.reviewApp, who, {
    ...of(ref),
    body: {
      round: await roundOf(ref),
      scores: FIRST_CRITERIA.criteria.map(({ key }) => ({
        ...{ criterion: key, score, note: `Gezien door ${who.name}`, evidence: '' },
      })),
      ...{ advice, summary: `Dit vind ik: ${who.name}` },
    },
  });
const judge = async (ref: string, who: Guest, advice: Verdict = 'recommend') => {
  house.clock.advance(1000);
  ok(await declare(ref, who));
  ok(await review(ref, who, advice, advice === 'recommend' ? 4 : 2));
};
const decide = async (ref: string, who: Guest, validUntil = '2027-06-30', reasons = 'Duidelijk.') =>
  house.call(contract.decideApp, who, {
    ...of(ref),
    body: { round: await roundOf(ref), reasons, validUntil },
  });
const recommended = async (fields: Partial<typeof WHOLE> = {}, until = '2027-06-30') => {
  const ref = await handedIn(fields);
  await judge(ref, anil);
  await judge(ref, noor);
  ok(await decide(ref, noor, until));
  return ref;
};
const own = async (ref: string) => ok(await house.call(contract.readOwnApp, maker, of(ref)));
const found = async (q: string) =>
  ok(await house.call(contract.findListings, null, { query: { limit: 50, q } })).items.map(
    ({ ref }) => ref,
  );
const badge = (ref: string, who: Guest | null = null) =>
  house.call(contract.readBadge, who, of(ref));
const faults = (outcome: Awaited<ReturnType<typeof submit | typeof review | typeof decide>>) =>
  outcome.ok ? [] : outcome.problem.errors.map(({ pointer, code }) => `${pointer} ${code}`);

beforeAll(async () => {
  house = await openHouse();
  [maker, anil, noor, wim, fatima] = await Promise.all([
    house.guest('Priya Mahabier', ['resident', 'provider', 'curator']),
    house.guest('Anil Ramdin', ['resident', 'curator']),
    house.guest('Noor van der Horst', ['resident', 'curator']),
    house.guest('Wim Scholte', ['resident', 'curator']),
    house.guest('Fatima Amrani', ['resident']),
  ]);
});
afterAll(() => house.close());

describe('a record', () => {
  it('is kept as it was typed and says all that is missing when it is handed in', async () => {
    const ref = await begin({ name: '', price: 'zes', sus: 'goed', medicalClaim: 'ja' });
    expect((await own(ref)).fields).toMatchObject({ price: 'zes', sus: 'goed' });
    expect(faults(await submit(ref))).toEqual([
      'name required',
      'price not-an-amount',
      'ce required',
      'sus not-a-number',
    ]);
    expect((await own(ref)).state).toBe('draft');
    for (const who of [fatima, anil])
      expect(refusal(await house.call(contract.readOwnApp, who, of(ref)))).toBe(
        '404 market.listing-not-found',
      );
    expect(refusal(await house.call(contract.readCuration, anil, of(ref)))).toBe(
      '404 market.listing-not-found',
    );
  });

  it('is one however often it is begun, and one version however often it is handed in', async () => {
    const key = randomUUID();
    const body = { organisation: null, fields: WHOLE };
    const press = () => house.call(contract.draftApp, maker, { body, key });
    const [a, b] = await Promise.all([press(), press()]);
    const { ref } = ok(a);
    expect(ok(b).ref).toBe(ref);
    await Promise.all([submit(ref), submit(ref)]);
    expect(ok(await house.call(contract.readCuration, anil, of(ref)))).toMatchObject({
      ...{ round: 1, version: 1 },
    });
  });

  it('that somebody else changed meanwhile is not written over', async () => {
    const ref = await begin();
    const save = (draft: number, name: string) =>
      house.call(contract.saveAppRecord, maker, {
        ...of(ref),
        body: { draft, fields: { ...WHOLE, name } },
      });
    ok(await save(0, 'Een'));
    expect(refusal(await save(0, 'Twee'))).toBe('409 market.listing-changed');
    expect(ok(await save(0, 'Een')).draft).toBe(1);
  });

  it('has no other way to the market', async () => {
    const ref = await begin();
    for (const step of ['submit', 'renew'] as const)
      expect(
        refusal(await house.call(contract.stepListing, maker, { ...of(ref), body: { step } })),
      ).toBe('409 market.needs-curators');
    const stored = await findListing(house.owner, house.wijk.id, { ref });
    await expect(
      inTransaction(house.owner, (tx) =>
        saveListing(tx, house.wijk.id, stored?.id ?? '', {
          ...{ state: 'published', publishedAt: house.clock.now(), expiresAt: house.clock.now() },
        }),
      ),
    ).rejects.toMatchObject({ cause: { message: expect.stringContaining('nobody recommends') } });
  });
});

describe('judging', () => {
  it('takes two curators who do not see each other’s judgement before their own', async () => {
    const ref = await handedIn();
    expect(refusal(await house.call(contract.listCuration, fatima, {}))).toBe(
      '403 kernel.forbidden',
    );
    expect(refusal(await review(ref, anil))).toBe('403 market.review-undeclared');
    await judge(ref, anil);
    const seen = ok(await house.call(contract.readCuration, noor, of(ref)));
    expect(seen).toMatchObject({ reviews: [], reviewCount: 1, outcome: null });
    expect(JSON.stringify(seen)).not.toContain('Gezien door');
    expect(refusal(await decide(ref, anil))).toBe('409 market.reviews-missing');
    await judge(ref, noor);
    const both = ok(await house.call(contract.readCuration, noor, of(ref)));
    expect(both.reviews.map(({ by }) => by)).toEqual(['Anil Ramdin', 'Noor van der Horst']);
    expect(both).toMatchObject({ outcome: 'recommend', mayDecide: true });
    expect(refusal(await declare(ref, wim))).toBe('403 market.review-enough');
    expect(refusal(await review(ref, wim))).toBe('403 market.review-enough');
    expect(refusal(await decide(ref, wim))).toBe('403 market.not-reviewer');
    expect(await found('zesweekse')).not.toContain(ref);
    expect(refusal(await badge(ref))).toBe('404 market.listing-not-found');
    expect(faults(await decide(ref, noor, '2026-01-01', ' '))).toEqual([
      'reasons required',
      'validUntil not-after-today',
    ]);
    expect(ok(await decide(ref, noor))).toEqual({ decision: 'recommend', state: 'published' });
    expect(await found('zesweekse')).toContain(ref);
    const shown = ok(await badge(ref));
    expect(shown.criteria.map(({ scores }) => scores)).toEqual(Array(5).fill([4, 4]));
    expect(shown.reviewers.map(({ name }) => name)).toEqual(['Anil Ramdin', 'Noor van der Horst']);
    expect(shown.record.price).toEqual({ amount: 1800, after: 'Blijft gratis' });
    await house.work();
    const told = ok(await house.call(contract.listNotices, maker, { query: { limit: 50 } }));
    expect(told.items).toContainEqual(
      expect.objectContaining({ kind: 'app-decided', listing: ref }),
    );
    expect(JSON.stringify(told)).not.toMatch(/slaap/i);
  });

  it('is not for who handed it in, acts for its supplier, or has an interest', async () => {
    const ref = await handedIn();
    expect(refusal(await declare(ref, maker))).toBe('403 market.review-own');
    ok(await declare(ref, wim, true));
    expect(refusal(await declare(ref, wim, false))).toBe('409 market.interest-said');
    expect(refusal(await review(ref, wim))).toBe('403 market.review-conflict');
    const desk = ok(await house.call(contract.listCuration, wim, {}));
    expect(desk.waiting.find((one) => one.ref === ref)?.refusal).toBe('conflict');
  });

  it('of two who differ is decided by a third', async () => {
    const ref = await handedIn();
    await judge(ref, anil, 'recommend');
    await judge(ref, noor, 'not_shown');
    expect(refusal(await decide(ref, anil))).toBe('409 market.reviews-differ');
    const third = ok(await house.call(contract.readCuration, wim, of(ref)));
    expect(third).toMatchObject({ reviews: [], app: { third: true, refusal: 'undeclared' } });
    await judge(ref, wim, 'not_shown');
    expect(ok(await decide(ref, wim))).toEqual({ decision: 'not_shown', state: 'draft' });
    expect(await own(ref)).toMatchObject({
      state: 'draft',
      decisions: [{ decision: 'not_shown', reasons: 'Duidelijk.' }],
    });
    expect(JSON.stringify(await own(ref))).toContain('Gezien door');
    expect(refusal(await badge(ref, maker))).toBe('404 market.listing-not-found');
    expect(refusal(await submit(ref))).toBe('409 market.app-unchanged');
  });

  it('recommends no medical promise without the mark, and nothing below three', async () => {
    const ref = await handedIn({ medicalClaim: 'ja', ce: 'nee' });
    ok(await declare(ref, anil));
    expect(faults(await review(ref, anil))).toEqual(['advice claim-without-mark']);
    const low = await handedIn();
    ok(await declare(low, anil));
    expect(faults(await review(low, anil, 'recommend', 2))).toEqual(['advice score-too-low']);
  });

  it('by three at once keeps two, and two decisions at once keep one', async () => {
    const ref = await handedIn();
    for (const who of [anil, noor, wim]) ok(await declare(ref, who));
    const all = await Promise.all([anil, noor, wim].map((who) => review(ref, who)));
    expect(all.filter((one) => one.ok)).toHaveLength(2);
    expect(all.filter((one) => !one.ok).map(refusal)).toEqual(['403 market.review-enough']);
    const judges = [anil, noor, wim].filter((_, i) => all[i]?.ok);
    const both = await Promise.all(judges.map((who) => decide(ref, who)));
    expect(both.map((one) => (one.ok ? 'ok' : refusal(one))).sort()).toEqual([
      '409 market.review-closed',
      'ok',
    ]);
  });

  it('is refused by the database too where code would pass by it', async () => {
    const ref = await handedIn();
    await judge(ref, anil);
    const stored = await findListing(house.owner, house.wijk.id, { ref });
    await expect(
      house.owner.execute(sql`insert into market.curation_decision
        (wijk_id, listing_id, round, decision, reasons, valid_until, by, at)
        values (${house.wijk.id}, ${stored?.id ?? ''}, 1, 'recommend', 'x', now(), ${anil.membershipId}, now())`),
    ).rejects.toMatchObject({ cause: { message: expect.stringContaining('two who advised') } });
    await expect(
      house.owner.execute(sql`update market.app_review set advice = 'recommend'`),
    ).rejects.toThrow();
  });
});

describe('what was recommended', () => {
  it('stays as it was judged while a new version waits, and leaves when that one is not', async () => {
    const ref = await recommended();
    const { draft } = await own(ref);
    const fields = { ...WHOLE, name: 'Slaapwende Plus', price: '30' };
    ok(await house.call(contract.saveAppRecord, maker, { ...of(ref), body: { draft, fields } }));
    ok(await submit(ref));
    expect(ok(await house.call(contract.getListing, null, of(ref)))).toMatchObject({
      ...{ title: 'Slaapwende', rate: 1800, state: 'published' },
    });
    expect(ok(await badge(ref)).isOpen).toBe(true);
    const seen = ok(await house.call(contract.readCuration, anil, of(ref)));
    expect(seen).toMatchObject({ round: 2, version: 2, changed: ['name', 'price'] });
    await judge(ref, anil, 'pending');
    await judge(ref, wim, 'pending');
    expect(ok(await decide(ref, wim))).toEqual({ decision: 'pending', state: 'draft' });
    expect(refusal(await house.call(contract.getListing, null, of(ref)))).toBe(
      '404 market.listing-not-found',
    );
  });

  it('leaves at once when something went wrong, and is judged anew', async () => {
    const ref = await recommended({ name: 'Voorval' });
    const report = (note: string) =>
      house.call(contract.reportIncident, anil, { ...of(ref), body: { note } });
    expect(faults((await report('')) as never)).toEqual(['note required']);
    expect(ok(await report('Gegevens gelekt'))).toEqual({ round: 2, state: 'review' });
    expect(await found('zesweekse')).not.toContain(ref);
    expect(refusal(await badge(ref))).toBe('404 market.listing-not-found');
    expect(refusal(await report('Nog eens'))).toBe('409 market.app-not-shown');
    expect(ok(await house.call(contract.readCuration, noor, of(ref)))).toMatchObject({
      ...{ note: 'Gegevens gelekt', reviewCount: 0, isOpen: true },
    });
    await judge(ref, anil);
    await judge(ref, wim);
    expect(ok(await decide(ref, wim)).state).toBe('published');
  });

  it('is looked at again before its end and gone at its end, once with two workers', async () => {
    const ref = await recommended({ name: 'Eindig' }, '2027-02-28');
    const at = (iso: string) =>
      house.clock.advance(new Date(iso).getTime() - house.clock.now().getTime());
    const work = async () => {
      const both = await Promise.all([runDueApp(house.services), runDueApp(house.services)]);
      return both.filter(Boolean).length;
    };
    while ((await work()) > 0);
    at('2027-01-18T12:00:00Z');
    expect(await work()).toBeGreaterThan(0);
    while ((await work()) > 0);
    expect(ok(await house.call(contract.getListing, null, of(ref))).state).toBe('published');
    expect(ok(await house.call(contract.readCuration, noor, of(ref)))).toMatchObject({
      ...{ round: 2, isOpen: true, app: { cause: 'expiring' } },
    });
    const events = async (type: string) =>
      (
        await house.owner.execute(sql`select 1 from kernel.event e join market.listing l
          on l.id = (e.payload ->> 'listingId')::uuid where l.ref = ${ref} and e.type = ${type}`)
      ).rows.length;
    expect(await events('app.waiting.v1')).toBe(2);
    // the day that was named counts to its end, in the time of the wijk
    at('2027-02-28T22:59:59Z');
    expect(await work()).toBe(0);
    at('2027-02-28T23:00:00Z');
    expect(await work()).toBe(1);
    expect(await work()).toBe(0);
    expect(await events('app.away.v1')).toBe(1);
    expect(await events('app.waiting.v1')).toBe(2);
    expect(refusal(await house.call(contract.getListing, fatima, of(ref)))).toBe(
      '404 market.listing-not-found',
    );
    expect(await own(ref)).toMatchObject({ state: 'review', isOpen: true, validUntil: null });
    await judge(ref, noor);
    await judge(ref, wim);
    ok(await decide(ref, wim, '2028-01-31'));
    expect(ok(await badge(ref)).reviewers.map(({ name }) => name)).toEqual([
      'Noor van der Horst',
      'Wim Scholte',
    ]);
  });
});
