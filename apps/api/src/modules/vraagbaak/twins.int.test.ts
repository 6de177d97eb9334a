import * as contract from '@wijk/contracts';
import { HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import { TWIN_CONSENT } from '@wijk/domain/vraagbaak';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Guest, ok, refusal } from '../../../../../tests/support/house.ts';
import { openScene, type Scene } from '../../../../../tests/support/moderation.ts';
import { openPost, type Post, summaryOf } from '../../../../../tests/support/post.ts';
import { consentHash } from './commands/decide-twin.ts';

/** A private question and its public version: proposed, agreed to, in view, taken back. */

let scene: Scene;
let post: Post;
beforeAll(async () => {
  scene = await openScene();
  post = await openPost(scene.house, (raw) => PostalMime.parse(raw));
}, 60_000);
afterAll(async () => {
  await post?.stop();
  await scene?.house.close();
});

const SECRET = 'Geheimwoord';
const TEXT = {
  title: 'Krijg ik hulp bij het wassen?',
  body: 'Ik kan het niet alleen.',
  theme: 'wonen',
};

/** A private question of Fatima's, answered by Esra, who was asked. */
async function answered(title = `Mijn man ${SECRET} is ziek`) {
  const { house, noor, esra } = scene;
  const question = await scene.ask(scene.fatima, { visibility: 'private', title, body: SECRET });
  const params = { question };
  ok(
    await house.call(contract.assignQuestion, noor, {
      params,
      body: { expert: esra.membershipId, note: '' },
    }),
  );
  const answer = await scene.answer(esra, question, `Bel het wijkteam, ${SECRET}.`);
  house.clock.advance(HOUR_MS);
  return { question, answer, params };
}

const propose = (question: string, change: Record<string, unknown> = {}, who = scene.noor) =>
  scene.house.call(contract.proposeTwin, who, {
    params: { question },
    body: { ...TEXT, answer: null, message: 'Dit helpt anderen.', ...change } as never,
  });
const decide = (
  question: string,
  twin: string,
  agree = true,
  who = scene.fatima,
  version: string = TWIN_CONSENT.version,
) =>
  scene.house.call(contract.decideTwin, who, {
    params: { question, twin },
    body: agree ? { agree, version, locale: 'nl' } : { agree: false },
  });
const takeBack = (question: string, twin: string, who = scene.fatima) =>
  scene.house.call(contract.withdrawTwinConsent, who, { params: { question, twin } });
const ownSide = async (question: string, who = scene.fatima) =>
  ok(await scene.house.call(contract.readOwnSide, who, { params: { question } }));
const atDesk = async (question: string) =>
  ok(await scene.house.call(contract.readTwins, scene.johan, { params: { question } }));
const score = async () => ok(await scene.house.call(contract.getScore, null, {}));
const desk = async () =>
  ok(await scene.house.call(contract.listDesk, scene.noor, { query: { limit: 50 } }));

/** Proposed with the answer, agreed to, and in view. */
async function published(title?: string) {
  const { question, answer, params } = await answered(title);
  const { id: twin } = ok(
    await propose(question, { answer: { id: answer, body: 'Bel het wijkteam.' } }),
  );
  scene.house.clock.advance(HOUR_MS);
  const shown = ok(await decide(question, twin)).public;
  if (!shown) throw new Error('nothing was published');
  return { question, params, twin, shown };
}

it('is proposed to the asker alone, who reads exactly what would be shown', async () => {
  const { question, answer } = await answered();
  await post.settle();
  const start = (await atDesk(question)).start;
  expect(start).toMatchObject({ body: SECRET, answers: [{ id: answer }] });
  ok(await propose(question, { answer: { id: answer, body: 'Bel het wijkteam.' } }));
  const { proposal, published: none, consent } = await ownSide(question);
  expect(proposal).toMatchObject({
    title: TEXT.title,
    body: TEXT.body,
    theme: { slug: 'wonen' },
    answer: { body: 'Bel het wijkteam.', author: { name: 'Esra Yilmaz', capacity: 'expert' } },
    message: 'Dit helpt anderen.',
  });
  expect([none, consent.version]).toEqual([null, TWIN_CONSENT.version]);
  const letters = await post.settle();
  expect(summaryOf(letters)).toEqual([
    `${scene.fatima.email}: De redactie wil u iets voorstellen over uw vraag`,
  ]);
  for (const word of [SECRET, TEXT.title, 'Dit helpt']) expect(letters[0]?.raw).not.toContain(word);
  for (const who of [scene.henk, scene.esra])
    expect((await scene.house.call(contract.readOwnSide, who, { params: { question } })).ok).toBe(
      false,
    );
});

it('is proposed of a private question, once at a time, with an answer of who was asked', async () => {
  const { question, answer } = await answered();
  const open = await scene.ask(scene.fatima, { visibility: 'anonymous' });
  expect(refusal(await propose(open))).toBe('409 vraagbaak.twin-not-private');
  expect(refusal(await propose(question, {}, scene.fatima))).toBe('403 kernel.forbidden');
  expect(refusal(await propose(question, { theme: 'bestaat-niet' }))).toBe('422 kernel.invalid');
  const other = await scene.answer(scene.henk, open);
  const mine = await scene.answer(scene.fatima, question, 'Nog iets van mijzelf.');
  for (const id of [other, mine])
    expect(refusal(await propose(question, { answer: { id, body: 'Iets anders.' } }))).toBe(
      '422 kernel.invalid',
    );
  const own = await scene.ask(scene.noor, { visibility: 'private' });
  expect(refusal(await propose(own))).toBe('409 vraagbaak.own-content');
  const { id } = ok(await propose(question, { answer: { id: answer, body: 'Kort.' } }));
  expect(refusal(await propose(question))).toBe('409 vraagbaak.twin-there');
  const undo = { params: { question, twin: id } };
  ok(await scene.house.call(contract.takeTwinBack, scene.johan, undo));
  ok(await scene.house.call(contract.takeTwinBack, scene.johan, undo));
  expect(refusal(await decide(question, id))).toBe('409 vraagbaak.twin-decided');
  expect((await ownSide(question)).proposal).toBeNull();
  const second = ok(await propose(question));
  expect(ok(await decide(question, second.id, false))).toEqual({ public: null });
  expect(ok(await decide(question, second.id, false))).toEqual({ public: null });
  expect(refusal(await decide(question, second.id))).toBe('409 vraagbaak.twin-decided');
  ok(await propose(question));
});

it('is published by agreeing, as a question of its own that counts nowhere', async () => {
  const before = { score: await score(), desk: await desk() };
  const { question, answer } = await answered();
  const running = { score: await score(), desk: await desk() };
  expect(running.score.total.asked).toBe(before.score.total.asked + 1);
  const { id: twin } = ok(
    await propose(question, { answer: { id: answer, body: 'Bel het wijkteam.' } }),
  );
  await post.settle();
  expect(refusal(await decide(question, twin, true, scene.fatima, '2020-01-01'))).toBe(
    '409 vraagbaak.consent-outdated',
  );
  for (const who of [scene.noor, scene.johan])
    expect(refusal(await decide(question, twin, true, who))).toBe(
      '403 vraagbaak.not-your-question',
    );
  expect((await decide(question, twin, true, scene.henk)).ok).toBe(false);
  scene.house.clock.advance(HOUR_MS);
  const { public: shown } = ok(await decide(question, twin));
  expect(ok(await decide(question, twin)).public).toEqual(shown);
  const ref = shown?.ref ?? '';
  const page = await scene.page(ref);
  const now = scene.house.clock.now().toISOString();
  expect(page).toMatchObject({
    title: TEXT.title,
    askedBy: null,
    visibility: 'anonymous',
    status: 'answered',
    askedAt: now,
    answers: [
      { body: 'Bel het wijkteam.', at: now, author: { name: 'Esra Yilmaz', capacity: 'expert' } },
    ],
    promise: { state: 'cancelled', startedAt: now },
  });
  expect(await scene.listed(ref)).toBe(true);
  expect(JSON.stringify(page)).not.toContain(SECRET);
  expect([ref === question, page.answers[0]?.id === answer]).toEqual([false, false]);

  // counts nowhere: not in the score, not at the desk, not on the ladder
  expect(await score()).toMatchObject({
    total: running.score.total,
    openNow: running.score.openNow,
  });
  expect((await desk()).counts).toEqual(running.desk.counts);
  const left = await scene.rows(
    `select s.kind from vraagbaak.promise_step s join vraagbaak.question q on q.id = s.question_id
     where q.ref = $1 and s.done_at is null`,
    [ref],
  );
  expect(left).toEqual([]);

  const letters = summaryOf(await post.settle());
  expect(letters).toEqual([`${scene.esra.email}: Een antwoord van u staat nu openbaar`]);
  const notices = async (who: Guest) =>
    ok(await scene.house.call(contract.listNotices, who, {})).items.map(({ kind }) => kind);
  expect((await notices(scene.noor))[0]).toBe('twin-agreed');
  expect((await notices(scene.esra))[0]).toBe('twin-answer');

  const [consent] = await scene.rows(
    `select c.* from vraagbaak.consent c where c.subject_id = $1`,
    [twin],
  );
  expect(consent).toMatchObject({
    purpose: 'twin',
    text_version: TWIN_CONSENT.version,
    text_hash: consentHash('nl', { ...TEXT, answerBody: 'Bel het wijkteam.' }),
    withdrawn_at: null,
  });
  // both ways for the asker and the redactie, and for nobody else
  expect((await ownSide(question)).published?.question.ref).toBe(ref);
  expect((await ownSide(ref)).origin?.ref).toBe(question);
  expect((await atDesk(ref)).origin?.ref).toBe(question);
  expect((await atDesk(question)).items[0]?.public?.ref).toBe(ref);
  expect((await scene.page(ref, scene.fatima)).viewer.isAsker).toBe(true);
  const side = await scene.house.call(contract.readOwnSide, scene.henk, {
    params: { question: ref },
  });
  expect(refusal(side)).toBe('403 vraagbaak.not-your-question');
});

it('goes at once when the consent is taken back, again and again the same', async () => {
  const { question, twin, shown } = await published();
  expect(refusal(await takeBack(question, twin, scene.noor))).toBe(
    '403 vraagbaak.not-your-question',
  );
  ok(await takeBack(question, twin));
  ok(await takeBack(question, twin));
  expect(await scene.seenBy(shown.ref)).toBe('410 vraagbaak.question-gone');
  expect(await scene.seenBy(shown.ref, scene.noor)).toBe('410 vraagbaak.question-gone');
  expect(await scene.listed(shown.ref)).toBe(false);
  expect(await scene.seenBy(question, scene.fatima)).toBe('seen');
  expect((await ownSide(question)).published?.endedAt).toBe(scene.house.clock.now().toISOString());
  expect(refusal(await decide(question, twin))).toBe('409 vraagbaak.twin-decided');
  const consents = await scene.rows(
    'select withdrawn_at from vraagbaak.consent where subject_id = $1',
    [twin],
  );
  expect(consents).toEqual([{ withdrawn_at: scene.house.clock.now() }]);
  ok(await propose(question));
});

it('goes with the private question, and a proposal that waits too', async () => {
  const { question, params, shown } = await published();
  ok(await scene.house.call(contract.withdrawQuestion, scene.fatima, { params }));
  expect(await scene.seenBy(shown.ref)).toBe('410 vraagbaak.question-gone');
  expect(
    await scene.rows(
      'select 1 from vraagbaak.consent c join vraagbaak.question q on q.id = c.question_id where q.ref = $1 and c.withdrawn_at is null',
      [question],
    ),
  ).toEqual([]);
  const waiting = await answered();
  const { id } = ok(await propose(waiting.question));
  ok(await scene.house.call(contract.withdrawQuestion, scene.fatima, { params: waiting.params }));
  const [row] = await scene.rows('select decision from vraagbaak.twin where id = $1', [id]);
  expect(row).toEqual({ decision: 'taken-back' });
});

it('takes the consent along when it is withdrawn as a question', async () => {
  const { question, shown } = await published();
  ok(
    await scene.house.call(contract.withdrawQuestion, scene.fatima, {
      params: { question: shown.ref },
    }),
  );
  expect((await ownSide(question)).published?.endedAt).not.toBeNull();
  expect(await scene.seenBy(question, scene.fatima)).toBe('seen');
});

it('is judged as any question, and nothing at the desk brings it back once it was taken back', async () => {
  const { question, twin, shown } = await published();
  const hidden = ok(await scene.hide(shown.ref)).undo;
  const removed = ok(await scene.remove(shown.ref)).undo;
  expect(await scene.seenBy(shown.ref)).toBe('410 vraagbaak.question-gone');
  ok(await takeBack(question, twin));
  expect(await scene.seenBy(shown.ref)).toBe('410 vraagbaak.question-gone');
  for (const action of [removed, hidden])
    expect(refusal(await scene.undo(action))).toBe('409 vraagbaak.undo-overtaken');
  expect(refusal(await scene.publish(shown.ref))).toBe('409 vraagbaak.question-closed');
  expect(await scene.seenBy(shown.ref)).toBe('410 vraagbaak.question-gone');
});

it('shown again after it was removed, its promise still counts nowhere', async () => {
  const { shown } = await published();
  const before = await score();
  ok(await scene.remove(shown.ref));
  scene.house.clock.advance(MINUTE_MS);
  ok(await scene.publish(shown.ref));
  expect(await scene.seenBy(shown.ref)).toBe('seen');
  expect(await score()).toEqual(before);
  expect((await scene.promiseOf(shown.ref)).cancelled_at).not.toBeNull();
});

it('a question that its asker withdrew is not brought back by an undo at the desk', async () => {
  const question = await scene.ask(scene.anil, { visibility: 'anonymous' });
  const { undo } = ok(await scene.hide(question));
  ok(await scene.house.call(contract.withdrawQuestion, scene.anil, { params: { question } }));
  expect(refusal(await scene.undo(undo))).toBe('409 vraagbaak.undo-overtaken');
  expect(await scene.seenBy(question)).toBe('410 vraagbaak.question-gone');
});

it('is gone whoever comes first: taken back and judged at the same time', async () => {
  for (let i = 0; i < 4; i += 1) {
    const { question, twin, shown } = await published(`Tegelijk ${i}`);
    const [back, judged] = await Promise.all([
      takeBack(question, twin),
      i % 2 === 0 ? scene.remove(shown.ref) : scene.hide(shown.ref),
    ]);
    ok(back);
    expect(judged.ok || refusal(judged) === '409 vraagbaak.question-closed').toBe(true);
    const [row] = await scene.rows('select status from vraagbaak.question where ref = $1', [
      shown.ref,
    ]);
    expect(row).toEqual({ status: 'withdrawn' });
  }
});

it('is published once, though agreed to on two devices at the same moment', async () => {
  const { question } = await answered();
  const { id: twin } = ok(await propose(question));
  const [one, two] = await Promise.all([decide(question, twin), decide(question, twin)]);
  expect(ok(one).public?.ref).toBe(ok(two).public?.ref);
  expect(
    await scene.rows('select id from vraagbaak.consent where subject_id = $1', [twin]),
  ).toHaveLength(1);
});
