import * as contract from '@wijk/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../../tests/support/house.ts';
import { KLUS } from '../../../../../../tests/support/klus.ts';
import { type Market, openMarket } from '../../../../../../tests/support/market.ts';

/** Offers under answers, a question that becomes a request, a request that becomes a question (M9). */

let house: House;
let market: Market;
let fatima: Guest;
let henk: Guest;
let sam: Guest;
let noor: Guest;

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01T10:00:00Z' });
  market = await openMarket(house);
  fatima = await house.guest('Fatima Amrani');
  henk = await house.guest('Henk Brouwer');
  sam = await house.guest('Sam de Wit');
  noor = await house.guest('Noor van der Horst', ['editor']);
});
afterEach(() => house?.close());

type Visibility = 'public' | 'anonymous' | 'private';
const ask = async (who: Guest, visibility: Visibility = 'public') => {
  const body = { title: 'Wie maakt mijn kraan?', body: 'Hij drupt.', theme: 'wonen', visibility };
  return ok(await house.call(contract.askQuestion, who, { body })).ref;
};
const answer = async (who: Guest, question: string) =>
  ok(
    await house.call(contract.answerQuestion, who, {
      params: { question },
      body: { body: 'Dat kan Sam heel goed.' },
    }),
  ).id;
const shown = async (question: string, who: Guest | null = null) =>
  ok(await house.call(contract.readMarketOfQuestion, who, { params: { question } }));
const titles = async (question: string, who: Guest | null = null) =>
  (await shown(question, who)).answers.flatMap(({ listings }) =>
    listings.map(({ title }) => title),
  );
const attach = (who: Guest, params: { question: string; answer: string; listing: string }) =>
  house.call(contract.attachListing, who, { params });
const versionOf = async (question: string) => {
  const { rows } = await house.owner.$client.query<{ version: number }>(
    `select coalesce(v.version, 0) as version from vraagbaak.question q
     left join vraagbaak.question_version v on v.question_id = q.id where q.ref = $1`,
    [question],
  );
  return rows[0]?.version ?? 0;
};
const setState = (ref: string, state: string) =>
  house.owner.$client.query(
    `update market.listing set state = $2::text, ended_at = case when $2::text = 'ended' then now() end where ref = $1`,
    [ref, state],
  );

describe('offers under an answer', () => {
  it('are put there by who wrote it or by the redactie, once, and seen by everybody', async () => {
    const question = await ask(fatima);
    const id = await answer(henk, question);
    const listing = await market.listing(sam, { title: 'Kraan repareren' });
    const of = { question, answer: id, listing };
    expect(refusal(await attach(fatima, of))).toBe('403 market.not-your-answer');
    ok(await attach(henk, of));
    const once = await versionOf(question);
    ok(await attach(henk, of));
    // twice is once, and no other page
    expect(await versionOf(question)).toBe(once);
    expect(await titles(question)).toEqual(['Kraan repareren']);
    const second = await market.listing(sam, { title: 'Lekdetectie' });
    ok(await attach(noor, { ...of, listing: second }));
    expect(await titles(question)).toEqual(['Kraan repareren', 'Lekdetectie']);
    expect((await shown(question, noor)).viewer.attachesAny).toBe(true);
    expect((await shown(question, henk)).viewer.attachesAny).toBe(false);
    ok(await house.call(contract.detachListing, henk, { params: of }));
    ok(await house.call(contract.detachListing, henk, { params: of }));
    expect(await titles(question)).toEqual(['Lekdetectie']);
    ok(await attach(henk, of));
    expect(await titles(question)).toEqual(['Kraan repareren', 'Lekdetectie']);
  });

  it('are three at most, also of many presses at once; what ended gives its place', async () => {
    const question = await ask(fatima);
    const id = await answer(henk, question);
    const listings: string[] = [];
    for (let i = 0; i < 5; i += 1) listings.push(await market.listing(sam, { title: `Hulp ${i}` }));
    const outcomes = await Promise.all(
      listings.map((listing) => attach(henk, { question, answer: id, listing })),
    );
    const refused = outcomes.filter((one) => !one.ok).map(refusal);
    expect(refused).toEqual(['409 market.too-many-attached', '409 market.too-many-attached']);
    expect(await titles(question)).toHaveLength(3);
    const [gone = ''] = listings.filter((_, i) => outcomes[i]?.ok);
    const [left = ''] = listings.filter((_, i) => !outcomes[i]?.ok);
    await setState(gone, 'ended');
    expect(await titles(question)).toHaveLength(2);
    ok(await attach(henk, { question, answer: id, listing: left }));
    expect(await titles(question)).toHaveLength(3);
  });

  it('are what one can have now: no request, no draft, nothing of another wijk, nothing that is not there', async () => {
    const question = await ask(fatima);
    const id = await answer(henk, question);
    const request = await market.listing(sam, { kind: 'request' });
    const draft = await market.listing(henk, { state: 'draft' });
    for (const listing of [request, draft, '00000000'])
      expect(refusal(await attach(henk, { question, answer: id, listing }))).toBe(
        '409 market.not-attachable',
      );
    const { rows } = await house.owner.$client.query<{ question_id: string; id: string }>(
      `select a.question_id, l.id from vraagbaak.answer a, market.listing l where l.ref = $1`,
      [request],
    );
    // past the application: the database refuses a request as well
    await expect(
      house.owner.$client.query(
        `insert into market.attachment (wijk_id, id, question_id, answer_id, listing_id, place, "by", at)
         values ($1, gen_random_uuid(), $2, $3, $4, 0, $5, now())`,
        [house.wijk.id, rows[0]?.question_id, id, rows[0]?.id, henk.membershipId],
      ),
    ).rejects.toThrow(/of a request/);
  });

  it('leave the page when they leave the market or the answer leaves view, and each time it is another page', async () => {
    const question = await ask(fatima);
    const id = await answer(henk, question);
    const listing = await market.listing(sam, { title: 'Kraan repareren' });
    let version = await versionOf(question);
    const renewed = async () => {
      const now = await versionOf(question);
      const is = now > version;
      version = now;
      return is;
    };
    ok(await attach(henk, { question, answer: id, listing }));
    expect(await renewed()).toBe(true);
    await setState(listing, 'paused');
    expect([await titles(question), await renewed()]).toEqual([[], true]);
    await setState(listing, 'published');
    expect([await titles(question), await renewed()]).toEqual([['Kraan repareren'], true]);
    await house.owner.$client.query(`update market.listing set title = 'Anders' where ref = $1`, [
      listing,
    ]);
    expect([await titles(question), await renewed()]).toEqual([['Anders'], true]);
    // what does not stand on the page changes nothing of it
    await house.owner.$client.query(`update market.listing set body = 'Anders' where ref = $1`, [
      listing,
    ]);
    expect(await renewed()).toBe(false);
    ok(
      await house.call(contract.hideAnswer, noor, {
        params: { question, answer: id },
        body: { reason: 'rude', message: '' },
      }),
    );
    expect(await titles(question)).toEqual([]);
  });

  it('of a private question nobody learns who may not read it', async () => {
    const question = await ask(fatima, 'private');
    const read = (who: Guest | null) =>
      house.call(contract.readMarketOfQuestion, who, { params: { question } });
    for (const who of [null, henk])
      expect(refusal(await read(who))).toBe('404 vraagbaak.question-not-found');
    expect((await shown(question, fatima)).viewer).toEqual({
      attachesAny: false,
      mayRequest: true,
      links: false,
    });
  });
});

describe('a question that becomes a request', () => {
  const request = (who: Guest, question: string | null) =>
    house.call(contract.draftListing, who, {
      body: { ...KLUS, area: 'noord', kind: 'request', title: 'Wie maakt mijn kraan?', question },
    });

  it('keeps where it came from, shown both ways once it stands on the market', async () => {
    const question = await ask(fatima);
    expect(refusal(await request(henk, question))).toBe('403 market.not-your-question');
    const { ref } = ok(await request(fatima, question));
    expect((await shown(question)).requests).toEqual([]);
    expect((await shown(question, fatima)).requests).toMatchObject([{ ref, state: 'draft' }]);
    const before = await versionOf(question);
    await house.owner.$client.query(
      `update market.listing set state = 'published', published_at = now(), expires_at = now() + interval '9 days'
       where ref = $1`,
      [ref],
    );
    expect(await versionOf(question)).toBeGreaterThan(before);
    expect((await shown(question)).requests).toMatchObject([{ ref, state: 'published' }]);
    const listing = ok(await house.call(contract.getListing, null, { params: { listing: ref } }));
    expect(listing.question).toMatchObject({ ref: question, title: 'Wie maakt mijn kraan?' });
    // who offers help makes an order that remembers it, and both sides read it
    const order = await market.request(henk, ref);
    for (const side of [fatima, henk])
      expect((await market.read(side, order)).question?.ref).toBe(question);
    // when the question leaves view nothing points to it any more
    ok(await house.call(contract.withdrawQuestion, fatima, { params: { question } }));
    const after = ok(await house.call(contract.getListing, null, { params: { listing: ref } }));
    expect(after.question).toBeNull();
    expect((await market.read(henk, order)).question).toBeNull();
  });

  it.each(['anonymous', 'private'] as const)(
    'of one that is %s nothing is kept: the application refuses, and so does the database',
    async (visibility) => {
      const question = await ask(fatima, visibility);
      expect(refusal(await request(fatima, question))).toBe('409 market.question-sealed');
      const { ref } = ok(await request(fatima, null));
      for (const column of ['question_id', 'became_question_id'])
        await expect(
          house.owner.$client.query(
            `update market.listing set ${column} = (select id from vraagbaak.question where ref = $2)
             where ref = $1`,
            [ref, question],
          ),
        ).rejects.toThrow(/whose asker is hidden/);
    },
  );

  it('whose question hides its asker from then on is forgotten', async () => {
    const question = await ask(fatima);
    const { ref } = ok(await request(fatima, question));
    await house.owner.$client.query(
      `update vraagbaak.question set visibility = 'anonymous' where ref = $1`,
      [question],
    );
    const { rows } = await house.owner.$client.query(
      'select question_id from market.listing where ref = $1',
      [ref],
    );
    expect(rows).toEqual([{ question_id: null }]);
  });
});

describe('a request that becomes a question', () => {
  const link = (who: Guest, listing: string, question: string) =>
    house.call(contract.linkQuestionAsked, who, { params: { listing }, body: { question } });

  it('points to it, and the question back, where its asker is seen anyway', async () => {
    const listing = await market.listing(fatima, { kind: 'request', title: 'Hulp gezocht' });
    const question = await ask(fatima);
    expect(refusal(await link(henk, listing, question))).toBe('403 market.not-your-question');
    ok(await link(fatima, listing, question));
    ok(await link(fatima, listing, await ask(fatima)));
    const read = ok(await house.call(contract.getListing, null, { params: { listing } }));
    expect(read.became?.ref).toBe(question);
    expect((await shown(question)).origin).toMatchObject({ ref: listing, title: 'Hulp gezocht' });
    const offer = await market.listing(fatima);
    expect(refusal(await link(fatima, offer, question))).toBe('409 market.not-a-request');
    const theirs = await market.listing(henk, { kind: 'request' });
    expect(refusal(await link(fatima, theirs, question))).toBe('404 market.listing-not-found');
    for (const visibility of ['anonymous', 'private'] as const)
      expect(refusal(await link(fatima, listing, await ask(fatima, visibility)))).toBe(
        '409 market.question-sealed',
      );
  });
});

describe('an order by an offer under an answer', () => {
  const orderBy = async (who: Guest, question: string, attached = true) => {
    const listing = await market.listing(sam, { mode: 'free' });
    const id = await answer(henk, question);
    if (attached) ok(await attach(henk, { question, answer: id, listing }));
    const order = await market.request(who, listing, { question });
    const { rows } = await house.owner.$client.query<{ question_id: string | null }>(
      'select question_id from market."order" where ref = $1',
      [order],
    );
    const views = [await market.read(who, order), await market.read(sam, order)];
    return { row: rows[0]?.question_id, refs: views.map((view) => view.question?.ref ?? null) };
  };

  it('remembers the question, for both sides', async () => {
    const question = await ask(fatima);
    expect(await orderBy(fatima, question)).toMatchObject({ refs: [question, question] });
  });

  it('remembers none that the offer does not stand at', async () => {
    const question = await ask(fatima);
    expect(await orderBy(fatima, question, false)).toEqual({ row: null, refs: [null, null] });
  });

  it.each(['anonymous', 'private'] as const)(
    'remembers none that is %s: the row would name who asked',
    async (visibility) => {
      const question = await ask(fatima, visibility);
      // at a private question only who may read it can answer
      const listing = await market.listing(sam, { mode: 'free' });
      const id = await answer(visibility === 'private' ? noor : henk, question);
      ok(await attach(noor, { question, answer: id, listing }));
      const order = await market.request(fatima, listing, { question });
      const { rows } = await house.owner.$client.query<{ question_id: string | null }>(
        'select question_id from market."order" where ref = $1',
        [order],
      );
      expect(rows).toEqual([{ question_id: null }]);
      expect((await market.read(fatima, order)).question).toBeNull();
    },
  );
});
