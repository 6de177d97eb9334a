import * as contract from '@wijk/contracts';
import { sql } from 'drizzle-orm';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Guest, type House, ok, openHouse } from '../../../../../tests/support/house.ts';
import { openPost, type Post, summaryOf } from '../../../../../tests/support/post.ts';

let house: House;
let post: Post;
let fatima: Guest;
let henk: Guest;
let els: Guest;
let joop: Guest;
let noor: Guest;
let anil: Guest;

beforeAll(async () => {
  house = await openHouse();
  post = await openPost(house, (raw) => PostalMime.parse(raw));
  fatima = await house.guest('Fatima Amrani');
  henk = await house.guest('Henk Brouwer');
  els = await house.guest('Els Wagenaar');
  joop = await house.guest('Joop Visser');
  noor = await house.guest('Noor van der Horst', ['editor']);
  anil = await house.guest('Anil Ramdin', ['expert']);
});
beforeEach(async () => {
  await post.settle();
  await house.owner.execute(sql`delete from notifications.notice`);
});
afterAll(() => Promise.all([house.close(), post.stop()]));

const TITLE = 'Wie betaalt een traplift?';
const WORDS = /geheim|traplift/i;

async function talk(visibility: 'public' | 'anonymous' | 'private' = 'public', by = henk) {
  const body = { title: TITLE, body: 'Een geheim.', theme: 'zorg-regelen', visibility };
  const { ref: question } = ok(await house.call(contract.askQuestion, fatima, { body }));
  const { id: answer } = ok(
    await house.call(contract.answerQuestion, by, {
      params: { question },
      body: { body: 'Een geheim antwoord.' },
    }),
  );
  await post.settle();
  await house.owner.execute(sql`delete from notifications.notice`);
  return { question, answer };
}
type Talk = Awaited<ReturnType<typeof talk>>;

const say = async (who: Guest, { question, answer }: Talk, body = 'Een geheime reactie.') =>
  ok(await house.call(contract.addComment, who, { params: { question, answer }, body: { body } }))
    .id;
const kinds = async (who: Guest) =>
  ok(await house.call(contract.listNotices, who, {})).items.map(({ kind }) => kind);
const told = async () => summaryOf(await post.settle()).sort();

it('tells the asker and the writer of the answer, by mail and without a word of it', async () => {
  const one = await talk();
  await say(joop, one);
  const mails = await post.settle();
  expect(summaryOf(mails).sort()).toEqual(
    [
      `${fatima.email}: Er is een reactie bij uw vraag`,
      `${henk.email}: Er is een reactie op uw antwoord`,
    ].sort(),
  );
  for (const { raw, text, html } of mails) expect(`${raw}${text}${html}`).not.toMatch(/geheim/i);
  expect([await kinds(fatima), await kinds(henk), await kinds(joop)]).toEqual([
    ['comment'],
    ['comment'],
    [],
  ]);
});

it('of a private question tells no more than that there is something', async () => {
  const one = await talk('private', noor);
  await say(fatima, one);
  const mails = await post.settle();
  expect(summaryOf(mails)).toEqual([`${noor.email}: Er is een reactie op uw antwoord`]);
  for (const { raw, text, html } of mails) expect(`${raw}${text}${html}`).not.toMatch(WORDS);
  await say(noor, one);
  expect(await told()).toEqual([`${fatima.email}: Er is een reactie bij uw vraag`]);
});

it('tells followers in the app alone, and everybody once', async () => {
  const one = await talk('anonymous');
  for (const who of [els, henk])
    ok(await house.call(contract.followQuestion, who, { params: { question: one.question } }));
  await say(joop, one, 'Weet @Els het, of @Henk, of @vragensteller?');
  // Els takes no part under a name that one can see, so she is told as a follower
  expect(await told()).toEqual(
    [
      `${fatima.email}: Iemand zegt iets tegen u bij uw vraag`,
      `${henk.email}: Iemand noemt u bij een vraag`,
    ].sort(),
  );
  expect([await kinds(fatima), await kinds(henk), await kinds(els)]).toEqual([
    ['mention'],
    ['mention'],
    ['comment'],
  ]);
});

it('does not tell anybody of their own words', async () => {
  const one = await talk();
  await say(henk, one, 'Ik, @Henk, vul aan.');
  expect(await told()).toEqual([`${fatima.email}: Er is een reactie bij uw vraag`]);
  await say(fatima, one, 'Dank! Groet, @vragensteller');
  expect(await told()).toEqual([`${henk.email}: Er is een reactie op uw antwoord`]);
});

it('tells who is named in an answer, and in an edit only who was not named before', async () => {
  const { question } = await talk();
  const { id: answer } = ok(
    await house.call(contract.answerQuestion, anil, {
      params: { question },
      body: { body: 'Zoals @Henk zegt.' },
    }),
  );
  expect(await told()).toEqual(
    [
      `${fatima.email}: Er is een antwoord op uw vraag`,
      `${henk.email}: Iemand noemt u bij een vraag`,
    ].sort(),
  );
  const page = ok(await house.call(contract.getQuestion, null, { params: { question } }));
  const version = page.answers.find(({ id }) => id === answer)?.at ?? '';
  house.clock.advance(1000);
  ok(
    await house.call(contract.editAnswer, anil, {
      params: { question, answer },
      body: { body: 'Zoals @Henk en @Noor zeggen.', version },
    }),
  );
  expect(await told()).toEqual([`${noor.email}: Iemand noemt u bij een vraag`]);
});

it('tells nobody by mail who refused that kind', async () => {
  const one = await talk();
  ok(await house.call(contract.changeMailChoices, henk, { body: { wanted: ['followed'] } }));
  await say(joop, one);
  expect(await told()).toEqual([`${fatima.email}: Er is een reactie bij uw vraag`]);
  expect(await kinds(henk)).toEqual(['comment']);
});

it('tells nobody of what is not in view any more', async () => {
  const one = await talk();
  const { question } = one;
  const comment = await say(joop, one);
  ok(await house.call(contract.deleteOwnComment, joop, { params: { question, comment } }));
  expect(await told()).toEqual([]);
});
