import * as contract from '@wijk/contracts';
import { DAY_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';
import { carelessSearch } from '../../../../../tests/support/search.ts';

/** Stands in every text and name that no reader may see. */
const CANARY = 'Kanarievogel';
let house: House;
let fatima: Guest;
let noor: Guest;
let henk: Guest;

beforeAll(async () => {
  house = await openHouse({ search: carelessSearch });
  fatima = await house.guest('Fatima El Amrani');
  noor = await house.guest('Noor Bakker', ['editor']);
  henk = await house.guest('Henk de Vries');
});
afterAll(() => house.close());

type Asked = { title: string; body?: string; visibility?: 'public' | 'anonymous' | 'private' };
async function ask({ title, body = '', visibility = 'public' }: Asked, who = fatima) {
  const asked = { title, body, visibility, theme: 'wonen' };
  return ok(await house.call(contract.askQuestion, who, { body: asked })).ref;
}
const answer = async (question: string, who: Guest, body: string) =>
  ok(await house.call(contract.answerQuestion, who, { params: { question }, body: { body } })).id;
const set = (ref: string, change: ReturnType<typeof sql>) =>
  house.owner.execute(sql`update vraagbaak.question set ${change} where ref = ${ref}`);
const search = async (q: string, who: Guest | null = null, more: object = {}) =>
  ok(await house.call(contract.searchQuestions, who, { query: { q, ...more } }));
const similar = async (title: string, who: Guest | null = null) =>
  ok(await house.call(contract.similarQuestions, who, { body: { title, body: '' } }));

describe('what was found', () => {
  it('comes in the order of the engine, with the answer that says most', async () => {
    const one = await ask({ title: 'Wanneer wordt het vuilnis opgehaald?' });
    const two = await ask({ title: 'Vuilnis naast de container, wie haalt dat weg?' });
    await answer(one, henk, 'Volgens mij op dinsdag.');
    await answer(
      one,
      noor,
      '**Op woensdag** om de week, zie [de kalender](https://afval.example).',
    );
    await answer(two, henk, 'Bel de gemeente.');
    const { items, total, nextCursor } = await search('vuilnis container');
    expect([items.map((item) => item.ref), total, nextCursor]).toEqual([[two, one], 2, null]);
    expect(items[0]?.answer).toMatchObject({ excerpt: 'Bel de gemeente.', approved: false });
    expect(items[1]?.answer).toMatchObject({
      author: { name: 'Noor Bakker', capacity: 'editor' },
      approved: true,
    });
    // a suggestion has the answer that counts, or none
    const found = (await similar('Wanneer halen ze het vuilnis op?')).items;
    expect(found.find((item) => item.ref === two)).toMatchObject({ answer: null, answerCount: 1 });
    expect(found.find((item) => item.ref === one)?.answer?.approved).toBe(true);
  });

  it('comes in pages, each once, and tells what was mended', async () => {
    for (let i = 0; i < 5; i += 1) await ask({ title: `Waar kan ik papegaaien kopen ${i}` });
    const first = await search('papegaaien', null, { limit: 3 });
    expect([first.items.length, first.total]).toEqual([3, 5]);
    const second = await search('papegaaien', null, { limit: 3, cursor: first.nextCursor });
    expect([second.items.length, second.nextCursor]).toEqual([2, null]);
    const refs = [...first.items, ...second.items].map((item) => item.ref);
    expect(new Set(refs).size).toBe(5);
    expect((await search('papegaaien', null, { cursor: 'onzin', limit: 3 })).items).toEqual(
      first.items,
    );
    expect((await search('vulnis')).corrected).toBe('vuilnis');
    expect((await search('vuilnis', null, { theme: 'zorg-regelen' })).items).toEqual([]);
  });

  it('needs words, and a suggestion twelve characters', async () => {
    expect(refusal(await house.call(contract.searchQuestions, null, { query: { q: 'x' } }))).toBe(
      '422 kernel.invalid',
    );
    const short = { body: { title: 'Vuilnis?', body: '' } };
    expect(refusal(await house.call(contract.similarQuestions, null, short))).toBe(
      '422 kernel.invalid',
    );
  });

  it('proposes a theme of the wijk, or none', async () => {
    expect((await similar('De container is weer vol')).theme).toEqual({
      slug: 'wonen',
      name: expect.any(String),
      confidence: 0.8,
    });
    expect((await similar('Hoe gaat het eigenlijk?')).theme).toBeNull();
  });
});

describe('nothing that is not for every reader is ever found', () => {
  it('whoever looks, and whatever the engine brings', async () => {
    const expert = await house.guest('Anil Ramdin', ['expert']);
    const admin = await house.guest('Bea Beheer', ['admin', 'chief-editor']);
    const asker = await house.guest(`Vera ${CANARY}`);
    const title = `Ooievaar ${CANARY} in de straat`;
    const secret = await ask({ title, visibility: 'private' }, asker);
    const veiled = await ask(
      { title: 'Een ooievaar in de straat', visibility: 'anonymous' },
      asker,
    );
    const away: string[] = [];
    for (const change of [
      sql`moderation = 'held'`,
      sql`moderation = 'hidden'`,
      sql`status = 'withdrawn'`,
      sql`status = 'removed'`,
      sql`status = 'duplicate', duplicate_of = (select id from vraagbaak.question where ref = ${veiled})`,
    ]) {
      const ref = await ask({ title });
      await set(ref, change);
      away.push(ref);
    }
    const elsewhere = await house.guest('Wil Van Verderop', [], house.other.id);
    ok(
      await house.call(contract.askQuestion, elsewhere, {
        params: { wijk: house.other.slug },
        body: { title, body: '', theme: 'wonen', visibility: 'public' },
      }),
    );
    const hidden = await answer(veiled, noor, `Een antwoord van ${CANARY} over de ooievaar`);
    await house.owner.execute(
      sql`update vraagbaak.answer set hidden_at = now() where id = ${hidden}`,
    );
    for (const who of [null, asker, henk, expert, noor, admin]) {
      const question = { params: { question: veiled } };
      const replies = [
        await search('ooievaar straat', who),
        await similar('Een ooievaar in de straat', who),
        ok(await house.call(contract.relatedQuestions, who, question)),
      ];
      expect(replies[0]).toMatchObject({ items: [{ ref: veiled, askedBy: null, answer: null }] });
      expect([who?.name, JSON.stringify(replies).includes(CANARY)]).toEqual([who?.name, false]);
      for (const ref of [secret, ...away]) {
        const outcome = await house.call(contract.relatedQuestions, who, {
          params: { question: ref },
        });
        expect(refusal(outcome)).toBe('404 vraagbaak.question-not-found');
      }
    }
    house.clock.advance(DAY_MS);
  });
});

it('is like others, at most three, and never like itself', async () => {
  const refs: string[] = [];
  for (let i = 0; i < 6; i += 1)
    refs.push(await ask({ title: `Fietsenstalling nummer ${i} is vol` }));
  const params = { question: refs[0] ?? '' };
  const related = async () =>
    ok(await house.call(contract.relatedQuestions, null, { params })).items;
  const before = await related();
  expect(before).toHaveLength(3);
  expect(before.map((item) => item.ref)).not.toContain(refs[0]);
  // also what is remembered is read anew
  await set(before[0]?.ref ?? '', sql`moderation = 'hidden'`);
  expect((await related()).map((item) => item.ref)).not.toContain(before[0]?.ref);
});

describe('"dit beantwoordt mijn vraag"', () => {
  const deflect = (question: string, who: Guest | null = null, key?: string) =>
    house.call(contract.deflect, who, { params: { question }, ...(key ? { key } : {}) });
  const score = async (theme?: string) =>
    ok(await house.call(contract.getScore, null, { query: { weeks: 2, theme } }));

  it('counts once for a press, in the week that it was, and past weeks stay as they are', async () => {
    const question = await ask({ title: 'Waar staat de glasbak?' });
    const before = (await score()).total.deflected;
    const key = '7d3a7a3c-8f6e-4a52-9d2f-3a5c8a4a9d11';
    const presses = [deflect(question, null, key), deflect(question, null, key)];
    for (const press of await Promise.all(presses)) expect(ok(press)).toEqual({ counted: true });
    ok(await deflect(question, henk));
    const now = await score();
    expect([now.total.deflected - before, now.weeks.at(-1)?.deflected]).toEqual([2, before + 2]);
    expect((await score('wonen')).total.deflected).toBe(now.total.deflected);
    expect((await score('zorg-regelen')).total.deflected).toBe(0);
    expect(now.themes.find((line) => line.theme.slug === 'wonen')?.deflected).toBe(before + 2);
    house.clock.advance(7 * DAY_MS);
    await set(question, sql`theme = 'zorg-regelen', moderation = 'hidden'`);
    const later = await score();
    expect(later.weeks[0]?.deflected).toBe(before + 2);
    expect(later.weeks[1]?.deflected).toBe(0);
    await set(question, sql`moderation = 'shown'`);
    ok(await deflect(question));
    expect((await score()).weeks.map((week) => week.deflected)).toEqual([before + 2, 1]);
  });

  it('keeps nobody', async () => {
    const { rows } = await house.owner.$client.query(
      `select array_agg(column_name::text order by column_name) as columns from information_schema.columns
      where table_schema = 'vraagbaak' and table_name = 'deflection'`,
    );
    expect(rows[0]).toEqual({
      columns: ['at', 'id', 'question_id', 'theme', 'week', 'week_year', 'wijk_id'],
    });
  });

  it('is about something that one can read', async () => {
    const secret = await ask({ title: 'Een privévraag over de glasbak', visibility: 'private' });
    expect(refusal(await deflect(secret))).toBe('404 vraagbaak.question-not-found');
    expect(refusal(await deflect(secret, noor))).toBe('409 vraagbaak.question-closed');
  });
});

describe('"ook mijn vraag"', () => {
  const press = (question: string, who: Guest, on = true) =>
    house.call(on ? contract.meToo : contract.notMeToo, who, { params: { question } });
  const page = async (question: string, who: Guest | null) =>
    ok(await house.call(contract.getQuestion, who, { params: { question } }));

  it('counts everybody once, also when all press at the same moment', async () => {
    const question = await ask({ title: 'Komt er een zebrapad?' });
    const neighbours: Guest[] = [];
    for (let i = 0; i < 15; i += 1)
      neighbours.push(await house.guest(`Buur ${String.fromCharCode(97 + i)}`));
    const twice = [...neighbours, ...neighbours];
    const counts = await Promise.all(
      twice.map(async (who) => ok(await press(question, who)).count),
    );
    expect(counts.toSorted((a, b) => a - b).at(-1)).toBe(15);
    expect(await page(question, null)).toMatchObject({ meToo: 15, viewer: { mayMeToo: false } });
    await Promise.all(twice.map((who) => press(question, who, false)));
    expect((await page(question, null)).meToo).toBe(0);
  }, 30_000);

  it('follows, and stops following when it is taken back, but for whoever followed before', async () => {
    const question = await ask({ title: 'Komt er een speeltuin?' });
    const viewer = async () => (await page(question, henk)).viewer;
    ok(await press(question, henk));
    expect(await viewer()).toMatchObject({ meToo: true, follows: true, mayMeToo: true });
    ok(await press(question, henk, false));
    expect(await viewer()).toMatchObject({ meToo: false, follows: false });
    ok(await house.call(contract.followQuestion, henk, { params: { question } }));
    house.clock.advance(1000);
    ok(await press(question, henk));
    ok(await press(question, henk, false));
    expect(await viewer()).toMatchObject({ meToo: false, follows: true });
  });

  it('shows in lists, and changes the kept page', async () => {
    const question = await ask({ title: 'Komt er een moestuin?' });
    const version = async () => {
      const { rows } = await house.owner.$client.query<{ version: number }>(
        `select coalesce(sum(v.version), 0)::int as version from vraagbaak.question_version v
        join vraagbaak.question q on q.wijk_id = v.wijk_id and q.id = v.question_id where q.ref = $1`,
        [question],
      );
      return rows[0]?.version ?? 0;
    };
    const before = await version();
    ok(await press(question, henk));
    expect(await version()).toBeGreaterThan(before);
    const { items } = ok(await house.call(contract.listQuestions, null, { query: { limit: 50 } }));
    expect(items.find((item) => item.ref === question)?.meToo).toBe(1);
  });

  it('is not for the asker, nor for what nobody can read', async () => {
    const question = await ask({ title: 'Komt er een bankje?' });
    expect(refusal(await press(question, fatima))).toBe('409 vraagbaak.me-too-own');
    expect((await page(question, fatima)).viewer.mayMeToo).toBe(false);
    const secret = await ask({ title: 'Een privévraag over een bankje', visibility: 'private' });
    expect(refusal(await press(secret, henk))).toBe('404 vraagbaak.question-not-found');
    expect(refusal(await press(secret, noor))).toBe('409 vraagbaak.question-closed');
  });
});
