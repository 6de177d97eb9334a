import * as contract from '@wijk/contracts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../../tests/support/house.ts';
import { APPLICATION, openVetting, type Vetters } from '../../../../../../tests/support/vetting.ts';
import { runDueProvider } from './jobs.ts';

let house: House;
let vet: Vetters;
let bart: Guest;
let ineke: Guest;
let anil: Guest;
let noor: Guest;
let wim: Guest;
let fatima: Guest;
let key: string;
let n = 0;

const of = (provider: string) => ({ params: { provider } });
const listing = (ref: string) => ({ params: { listing: ref } });
const own = async (who = bart, of_ = key) =>
  ok(await house.call(contract.readOwnProvider, who, of(of_)));
const badge = (of_ = key) => house.call(contract.readProviderBadge, null, of(of_));
const desk = async (who: Guest, of_ = key) =>
  ok(await house.call(contract.readVetting, who, of(of_)));
const stateOf = async (ref: string) => {
  const { state, hold } = ok(await house.call(contract.readOwnListing, bart, listing(ref)));
  return `${state} ${hold}`;
};
const work = async () => {
  let done = 0;
  while (await runDueProvider(house.services)) done++;
  return done;
};
/** What the database says of something that the application did not let through. */
const refusedBy = async (statement: ReturnType<typeof sql>) => {
  try {
    await house.owner.transaction(async (tx) => {
      await tx.execute(statement);
      await tx.execute(sql`set constraints all immediate`);
    });
  } catch (error) {
    return String((error as { cause?: unknown }).cause ?? error);
  }
  return 'nothing';
};

beforeAll(async () => {
  house = await openHouse();
  vet = openVetting(house);
  [bart, ineke, anil, noor, wim, fatima] = await Promise.all([
    house.guest('Bart Hoekstra', ['resident', 'provider', 'curator']),
    house.guest('Ineke Bloemhof', ['resident', 'market-master']),
    house.guest('Anil Ramdin', ['resident', 'curator']),
    house.guest('Noor van der Horst', ['resident', 'curator']),
    house.guest('Wim Scholte', ['resident', 'curator']),
    house.guest('Fatima Amrani', ['resident']),
  ]);
  await vet.policy(ineke, { vetProfessional: true });
});
afterAll(() => house.close());
beforeEach(async () => {
  key = await vet.organisation(`Fysio ${++n}`, bart);
});

describe('a request to be vetted', () => {
  it('says all that is missing, is read by nobody else, and may be put right until somebody judged', async () => {
    const empty = Object.fromEntries(Object.keys(APPLICATION).map((field) => [field, '']));
    const missing = await house.call(contract.applyForVetting, bart, {
      ...of(key),
      body: empty as typeof APPLICATION,
    });
    expect(missing.ok ? [] : missing.problem.errors.map(({ pointer }) => pointer)).toEqual(
      Object.keys(APPLICATION),
    );
    expect(ok(await vet.apply(bart, key)).round).toBe(1);
    // the same press once more
    expect(ok(await vet.apply(bart, key)).round).toBe(1);
    expect(ok(await vet.apply(bart, key, 'Ook zwemles.')).round).toBe(2);
    expect((await own()).application?.about).toBe('Ook zwemles.');
    expect(refusal(await house.call(contract.readOwnProvider, fatima, of(key)))).toBe(
      '404 market.vetting-not-found',
    );
    expect(refusal(await vet.apply(fatima, key))).toBe('404 market.vetting-not-found');
    expect(refusal(await house.call(contract.readVetting, fatima, of(key)))).toBe(
      '403 kernel.forbidden',
    );
    await vet.judge(anil, key);
    expect(refusal(await vet.apply(bart, key, 'Iets anders.'))).toBe('409 market.vetting-running');
  });
});

describe('two who vet', () => {
  it('have no interest, and see of each other only what both have said', async () => {
    ok(await vet.apply(bart, key));
    expect(refusal(await vet.declare(bart, key))).toBe('403 market.vetting-own');
    ok(await vet.declare(wim, key, true));
    expect(refusal(await vet.review(wim, key))).toBe('403 market.vetting-conflict');
    expect(refusal(await vet.review(anil, key))).toBe('403 market.vetting-undeclared');
    await vet.judge(anil, key);
    expect(await desk(ineke)).toMatchObject({ reviews: [], reviewCount: 1, outcome: null });
    expect(refusal(await vet.decide(anil, key))).toBe('409 market.reviews-missing');
    await vet.judge(ineke, key);
    expect((await desk(ineke)).reviews.map(({ by }) => by)).toEqual([
      'Anil Ramdin',
      'Ineke Bloemhof',
    ]);
    expect(refusal(await vet.declare(noor, key))).toBe('403 market.vetting-enough');
    expect(refusal(await vet.decide(noor, key))).toBe('403 market.not-reviewer');
    expect(refusal(await badge())).toBe('404 market.vetting-not-found');
    ok(await vet.decide(ineke, key));
    expect(ok(await badge())).toMatchObject({
      ...{ criteriaVersion: '1.0', reasons: 'Helder verhaal.', terms: null },
      reviewers: [{ name: 'Anil Ramdin' }, { name: 'Ineke Bloemhof' }],
      validUntil: '2027-06-30T22:00:00.000Z',
    });
    expect(JSON.stringify(ok(await badge()))).not.toContain(APPLICATION.insurance);
  });

  it('need a third where they differ, and cannot approve what they scored low', async () => {
    ok(await vet.apply(bart, key));
    ok(await vet.declare(anil, key));
    const low = await vet.review(anil, key, 'recommend', 2);
    expect(low.ok ? [] : low.problem.errors).toMatchObject([
      { pointer: 'advice', code: 'vetted-too-low' },
    ]);
    ok(await vet.review(anil, key, 'not_shown', 2));
    await vet.judge(noor, key);
    expect(refusal(await vet.decide(noor, key))).toBe('409 market.reviews-differ');
    await vet.judge(ineke, key, 'not_shown');
    expect(ok(await vet.decide(ineke, key)).decision).toBe('not_shown');
    expect(await own()).toMatchObject({ hold: 'vetting', mayAppeal: true, mayApply: true });
    const { scores } = await own();
    expect(scores.length).toBe(15);
    expect(JSON.stringify(await own())).not.toContain(anil.membershipId);
  });

  it('may press at the same moment: one decision comes of it, and no fourth judgement', async () => {
    ok(await vet.apply(bart, key));
    for (const who of [anil, noor, wim, ineke]) ok(await vet.declare(who, key));
    const pressed = await Promise.all([anil, noor, wim, ineke].map((who) => vet.review(who, key)));
    expect(pressed.filter((one) => one.ok).length).toBe(2);
    const [a, b] = [anil, noor, wim, ineke].filter((_, i) => pressed[i]?.ok);
    const decided = await Promise.all([a, b].map((who) => vet.decide(who as Guest, key)));
    expect(decided.map((one) => (one.ok ? 'yes' : refusal(one))).sort()).toEqual([
      '409 market.review-closed',
      'yes',
    ]);
  });
});

describe('offers that ask for a vetted provider', () => {
  it('wait and say why, and go on with the mark and the signature', async () => {
    const ref = await vet.offer(bart, key);
    expect(await vet.submit(bart, ref)).toBe('review');
    expect(await stateOf(ref)).toBe('review vetting');
    expect(refusal(await vet.publish(ineke, ref))).toBe('409 market.needs-vetting');
    await vet.vetted(bart, key, [anil, noor]);
    expect(await stateOf(ref)).toBe('review terms');
    expect(refusal(await vet.publish(ineke, ref))).toBe('409 market.needs-terms');
    ok(await vet.sign(bart, key));
    expect(await stateOf(ref)).toBe('review null');
    ok(await vet.publish(ineke, ref));
    expect(await stateOf(ref)).toBe('published null');
    // of a neighbour nothing is asked
    const soup = await vet.offer(fatima, `m-${fatima.membershipId}`, { shell: 1 });
    await vet.submit(fatima, soup);
    ok(await vet.publish(ineke, soup));
  });

  it('leave when something went wrong, and are back when two judged anew', async () => {
    await vet.vetted(bart, key, [anil, noor]);
    ok(await vet.sign(bart, key));
    const ref = await vet.offer(bart, key);
    await vet.submit(bart, ref);
    ok(await vet.publish(ineke, ref));
    ok(
      await house.call(contract.reportProvider, ineke, {
        ...of(key),
        body: { note: 'Een bewoner werd niet goed geholpen.' },
      }),
    );
    expect(await stateOf(ref)).toBe('paused vetting');
    expect(refusal(await badge())).toBe('404 market.vetting-not-found');
    const resume = await house.call(contract.stepListing, bart, {
      ...listing(ref),
      body: { step: 'resume' },
    });
    expect(refusal(resume)).toBe('409 market.needs-vetting');
    expect(await desk(anil)).toMatchObject({ provider: { cause: 'incident' }, round: 2 });
    await vet.judge(anil, key);
    await vet.judge(wim, key);
    ok(await vet.decide(wim, key));
    expect(await stateOf(ref)).toBe('published null');
  });

  it('are not slipped through while the mark goes', async () => {
    await vet.vetted(bart, key, [anil, noor]);
    ok(await vet.sign(bart, key));
    const ref = await vet.offer(bart, key);
    await vet.submit(bart, ref);
    const report = house.call(contract.reportProvider, anil, { ...of(key), body: { note: 'Nee' } });
    await Promise.all([report, vet.publish(ineke, ref)]);
    expect(await stateOf(ref)).toMatch(/^(review null|paused vetting)$/);
    expect(refusal(await badge())).toBe('404 market.vetting-not-found');
    expect(refusal(await vet.publish(ineke, ref))).toMatch(/^409 market\.(needs-vetting|listing)/);
  });
});

describe('time', () => {
  it('tells six weeks before the end, and takes the mark on the day that was named', async () => {
    const start = house.clock.now();
    await vet.vetted(bart, key, [anil, noor], '2027-02-28');
    ok(await vet.sign(bart, key));
    const ref = await vet.offer(bart, key);
    await vet.submit(bart, ref);
    ok(await vet.publish(ineke, ref));
    house.clock.set('2027-01-17T22:59:59Z');
    await work();
    expect((await desk(anil)).round).toBe(1);
    house.clock.set('2027-01-18T09:00:00Z');
    await work();
    expect(await desk(anil)).toMatchObject({ round: 2, provider: { cause: 'expiring' } });
    expect(ok(await badge()).isOpen).toBe(true);
    house.clock.set('2027-02-28T22:59:59Z');
    await work();
    expect((await stateOf(ref)).split(' ')[1]).toBe('null');
    house.clock.set('2027-02-28T23:00:00Z');
    expect(await work()).toBeGreaterThan(0);
    expect(await work()).toBe(0);
    expect(refusal(await badge())).toBe('404 market.vetting-not-found');
    expect(await stateOf(ref)).toBe('paused vetting');
    house.clock.set(start.toISOString());
  });
});

describe('an appeal', () => {
  const appeal = (body = 'Wij hebben die verzekering wel.', who = bart) =>
    own().then(({ decisions }) =>
      house.call(contract.appealVetting, who, {
        ...of(key),
        body: { round: decisions[0]?.round ?? 1, body },
      }),
    );
  const answer = async (who: Guest, outcome: 'granted' | 'rejected', reply = 'U hebt gelijk.') =>
    house.call(contract.decideVettingAppeal, who, {
      ...of(key),
      body: { round: (await desk(who)).round, outcome, reply },
    });
  const rejected = async () => {
    ok(await vet.apply(bart, key));
    await vet.judge(anil, key, 'not_shown');
    await vet.judge(noor, key, 'not_shown');
    ok(await vet.decide(noor, key));
  };

  it('is made once, and answered by somebody who took no part', async () => {
    await rejected();
    ok(await appeal());
    ok(await appeal());
    expect(refusal(await appeal('Nog iets.'))).toBe('409 market.no-appeal');
    expect(refusal(await vet.apply(bart, key, 'Anders.'))).toBe('409 market.appeal-waits');
    expect(refusal(await answer(anil, 'granted'))).toBe('403 market.own-decision');
    expect(refusal(await answer(bart, 'granted'))).toBe('403 market.own-appeal');
    ok(await answer(ineke, 'rejected', 'De papieren ontbreken nog.'));
    expect(refusal(await answer(wim, 'granted'))).toBe('409 market.appeal-decided');
    expect((await own()).decisions[0]?.appeal).toMatchObject({
      ...{ outcome: 'rejected', reply: 'De papieren ontbreken nog.', by: 'Ineke Bloemhof' },
    });
    expect(await own()).toMatchObject({ mayAppeal: false, mayApply: true });
  });

  it('granted, is judged anew by two others', async () => {
    await rejected();
    ok(await appeal());
    ok(await answer(ineke, 'granted'));
    expect(refusal(await vet.declare(anil, key))).toBe('403 market.vetting-judged-before');
    await vet.judge(ineke, key);
    await vet.judge(wim, key);
    ok(await vet.decide(wim, key));
    expect(ok(await badge()).reviewers.map(({ name }) => name)).toEqual([
      'Ineke Bloemhof',
      'Wim Scholte',
    ]);
  });
});

describe('the database', () => {
  it('refuses what no code may do', async () => {
    ok(await vet.apply(bart, key));
    await vet.judge(anil, key);
    const at = house.clock.now();
    const wijk = house.wijk.id;
    expect(
      await refusedBy(sql`insert into market.vetting_decision values
        (${wijk}, ${key}, 1, 'recommend', 'Vast goed', ${at}, ${anil.membershipId}, ${at})`),
    ).toContain('a vetting without two who advised it');
    expect(
      await refusedBy(sql`update market.provider set standing = 1, valid_until = ${at}
        where key = ${key}`),
    ).toContain('a vetted provider without a decision of two');
    expect(
      await refusedBy(sql`update market.provider set signed_version = 1 where key = ${key}`),
    ).toContain('signed terms without a signature');
    await house.owner.execute(sql`insert into market.vetting_interest values
      (${wijk}, ${key}, 1, ${bart.membershipId}, false, '', ${at})`);
    expect(
      await refusedBy(sql`insert into market.vetting_review values
        (${wijk}, ${key}, 1, ${bart.membershipId}, '[]', 'recommend', 'Top', ${at})`),
    ).toContain('a vetting by somebody who has an interest');
    const ref = await vet.offer(bart, key);
    await vet.submit(bart, ref);
    expect(
      await refusedBy(sql`update market.listing set state = 'published', hold = null,
        published_at = ${at}, expires_at = ${at} where ref = ${ref}`),
    ).toContain('an offer in view of a provider who is not vetted');
    expect(
      await refusedBy(sql`update market.listing set state = 'published', published_at = ${at},
        expires_at = ${at} where ref = ${ref}`),
    ).toContain('listing_hold');
    expect(await refusedBy(sql`delete from market.provider where key = ${key}`)).not.toBe(
      'nothing',
    );
    expect(await refusedBy(sql`update market.vetting_review set summary = 'Anders'`)).not.toBe(
      'nothing',
    );
  });
});
