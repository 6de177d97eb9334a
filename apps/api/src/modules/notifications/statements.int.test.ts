import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import { sql } from 'drizzle-orm';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Guest, type House, ok, openHouse } from '../../../../../tests/support/house.ts';
import { linkOf, openPost, type Post, summaryOf } from '../../../../../tests/support/post.ts';

let house: House;
let post: Post;
let fatima: Guest;
let henk: Guest;
let noor: Guest;
let johan: Guest;
let question: { ref: string; id: string };

beforeAll(async () => {
  house = await openHouse();
  post = await openPost(house, (raw) => PostalMime.parse(raw));
  fatima = await house.guest('Fatima Amrani');
  henk = await house.guest('Henk Brouwer');
  noor = await house.guest('Noor van der Horst', ['editor']);
  johan = await house.guest('Johan Terpstra', ['chief-editor']);
});

beforeEach(async () => {
  const body = {
    title: 'Een geheim over de traplift',
    body: 'Mijn man',
    theme: 'zorg-regelen',
    visibility: 'public' as const,
  };
  const { ref } = ok(await house.call(contract.askQuestion, fatima, { body }));
  const { rows } = await house.owner.execute<{ id: string }>(
    sql`select id from vraagbaak.question where ref = ${ref}`,
  );
  question = { ref, id: rows[0]?.id ?? '' };
  await post.settle();
  await house.owner.execute(sql`delete from notifications.notice`);
});

afterAll(() => Promise.all([house.close(), post.stop()]));

const noticesOf = async (who: Guest) => ok(await house.call(contract.listNotices, who, {})).items;

async function decide(
  kind: string,
  { answerId = null, by = noor }: { answerId?: string | null; by?: Guest | null } = {},
): Promise<string> {
  const id = randomUUID();
  await house.owner.execute(sql`insert into vraagbaak.moderation_decision
    (wijk_id, id, question_id, answer_id, kind, reason, message, automated, decided_by, at) values
    (${house.wijk.id}, ${id}, ${question.id}, ${answerId}, ${kind}, 'rude', 'Een geheim woord.',
    ${by === null}, ${by?.membershipId ?? null}, ${house.clock.now()})`);
  await post.emit('moderation.decided.v1', { questionId: question.id, decisionId: id });
  return id;
}

async function appeal(decisionId: string): Promise<string> {
  const id = randomUUID();
  await house.owner.execute(sql`insert into vraagbaak.appeal
    (wijk_id, id, decision_id, question_id, body, at) values (${house.wijk.id}, ${id}, ${decisionId},
    ${question.id}, 'Dit is een geheim.', ${house.clock.now()})`);
  return id;
}

it.each([
  ['removed', 'Een besluit over wat u schreef'],
  ['held', 'We lezen eerst wat u schreef'],
  ['restored', 'Wat u schreef, staat op de site'],
])('the asker gets the statement of a question that was %s', async (kind, subject) => {
  const by = kind === 'held' ? null : noor;
  const decisionId = await decide(kind, { by });
  if (kind === 'removed')
    await house.owner.execute(
      sql`update vraagbaak.question set status = 'removed' where id = ${question.id}`,
    );
  const [mail, ...more] = await post.settle();
  expect(more).toEqual([]);
  expect(mail).toMatchObject({ to: fatima.email, subject });
  expect(mail && linkOf(mail)).toBe(`/w/elzenhof/besluit/${decisionId}`);
  expect(`${mail?.raw}${mail?.text}${mail?.html}`).not.toMatch(/geheim|traplift|Mijn man/i);
  expect(mail?.headers.has('list-unsubscribe')).toBe(false);
  expect(mail?.text).toContain('Wij moeten u vertellen wat we besluiten over wat u schreef.');
  expect(await noticesOf(fatima)).toMatchObject([{ kind: 'decision', decision: decisionId }]);
  const { rows } = await house.owner.execute<{ row: string }>(
    sql`select row_to_json(n)::text as row from notifications.notice n`,
  );
  for (const { row } of rows) expect(row).not.toContain(fatima.membershipId);
});

it('the author of an answer gets theirs, also when the question is no longer theirs to see', async () => {
  const { id: answerId } = ok(
    await house.call(contract.answerQuestion, henk, {
      params: { question: question.ref },
      body: { body: 'Bel de Wmo.' },
    }),
  );
  await post.settle();
  const decisionId = await decide('hidden', { answerId });
  await house.owner.execute(
    sql`update vraagbaak.question set visibility = 'private' where id = ${question.id}`,
  );
  expect(summaryOf(await post.settle())).toEqual([`${henk.email}: Een besluit over wat u schreef`]);
  expect(await noticesOf(henk)).toMatchObject([
    { kind: 'decision', decision: decisionId, question: null },
  ]);
});

it('a decision that was taken back at once is not told, nor one about an own answer', async () => {
  const decisionId = await decide('hidden');
  await house.owner.execute(sql`update vraagbaak.moderation_decision
    set reversed_at = ${house.clock.now()} where id = ${decisionId}`);
  const { id: answerId } = ok(
    await house.call(contract.answerQuestion, noor, {
      params: { question: question.ref },
      body: { body: 'Verkeerd getypt.' },
    }),
  );
  await house.owner.execute(sql`delete from kernel.delivery where subscriber = 'notify-answer'`);
  await decide('removed', { answerId });
  expect(await post.settle()).toEqual([]);
});

it('an appeal goes to the redactie without whoever decided, and its outcome to the author', async () => {
  const decisionId = await decide('removed');
  await post.settle();
  const appealId = await appeal(decisionId);
  await post.emit('appeal.made.v1', { questionId: question.id, appealId });
  const made = await post.settle();
  expect(summaryOf(made)).toEqual([`${johan.email}: Iemand maakt bezwaar tegen een besluit`]);
  expect(made[0]?.text).not.toMatch(/geheim/);
  expect(made[0]?.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  expect(await noticesOf(noor)).toEqual([]);
  house.clock.advance(1000);
  await post.emit('appeal.decided.v1', { questionId: question.id, appealId });
  const decided = await post.settle();
  expect(summaryOf(decided)).toEqual([`${fatima.email}: Er is beslist over uw bezwaar`]);
  expect((await noticesOf(fatima))[0]).toMatchObject({
    kind: 'appeal-decided',
    decision: decisionId,
  });
});

it('an appeal against the only other editor still finds somebody, but never its writer', async () => {
  const decisionId = await decide('removed', { by: johan });
  await post.settle();
  await house.owner.execute(
    sql`update identity.role_grant set valid_until = ${house.clock.now()} where person_id = ${noor.personId}`,
  );
  const appealId = await appeal(decisionId);
  await post.emit('appeal.made.v1', { questionId: question.id, appealId });
  expect((await post.settle()).map(({ to }) => to)).toEqual([johan.email]);
  await house.owner.execute(
    sql`update identity.role_grant set valid_until = null where person_id = ${noor.personId}`,
  );
});

it('flags make one notice for each editor, and no mail, however many there are', async () => {
  for (let i = 0; i < 5; i += 1)
    await post.emit('question.flagged.v1', { questionId: question.id, flagId: randomUUID() });
  expect(await post.settle()).toEqual([]);
  for (const editor of [noor, johan])
    expect((await noticesOf(editor)).map((n) => n.kind)).toEqual(['flagged']);
  expect(await noticesOf(fatima)).toEqual([]);
});
