import * as contract from '@wijk/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Guest, ok, refusal } from '../../../../../tests/support/house.ts';
import { openScene, type Scene } from '../../../../../tests/support/moderation.ts';
import { signAnswerLink } from './index.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene?.house.close());

const say = (who: Guest, question: string, answer: string, body: string, key?: string) =>
  scene.house.call(contract.addComment, who, {
    params: { question, answer },
    body: { body },
    ...(key ? { key } : {}),
  });
const answerAt = async (question: string, who: Guest | null = null, at = 0) => {
  const found = (await scene.page(question, who)).answers[at];
  if (!found) throw new Error('no answer');
  return found;
};
const edit = (who: Guest, question: string, answer: string, body: string, version: string) =>
  scene.house.call(contract.editAnswer, who, {
    params: { question, answer },
    body: { body, version },
  });

describe('a comment', () => {
  it('bears who speaks and in what capacity, as it was then', async () => {
    const question = await scene.ask();
    const answer = await scene.answer(scene.henk, question);
    for (const who of [scene.joop, scene.esra, scene.noor]) {
      scene.house.clock.advance(1000);
      ok(await say(who, question, answer, `Dag, hier ${who.name}.`));
    }
    await scene.house.owner.$client.query(
      `update identity.person set name = 'Anders Geheten' where id = $1`,
      [scene.joop.personId],
    );
    const { comments } = await answerAt(question);
    expect(comments.total).toBe(3);
    expect(comments.items.map(({ author }) => [author.name, author.capacity])).toEqual([
      ['Joop Visser', 'resident'],
      ['Esra Yilmaz', 'expert'],
      ['Noor van der Horst', 'editor'],
    ]);
    await scene.house.owner.$client.query(
      `update identity.person set name = 'Joop Visser' where id = $1`,
      [scene.joop.personId],
    );
  });

  it.each([
    ['public', 'Fatima Amrani'],
    ['anonymous', null],
    ['private', null],
  ] as const)('of the asker of a %s question is under %s', async (visibility, name) => {
    const { house, noor, esra } = scene;
    const question = await scene.ask(scene.fatima, { visibility });
    const answer = await scene.answer(noor, question);
    ok(await say(scene.fatima, question, answer, 'Dank u wel, dat helpt.'));
    for (const who of [scene.fatima, noor]) {
      const [comment] = (await answerAt(question, who)).comments.items;
      expect(comment?.author).toEqual({ name, title: null, capacity: 'asker' });
      expect(comment?.own).toBe(who === scene.fatima);
    }
    const [stored] = await scene.rows(
      `select c.membership_id, c.author_name, c.author_title from vraagbaak.comment c
       join vraagbaak.question q on q.id = c.question_id where q.ref = $1`,
      [question],
    );
    expect(stored).toEqual({ membership_id: null, author_name: null, author_title: null });
    if (visibility !== 'private') return;
    // nobody else, until they are asked to answer
    expect(refusal(await say(scene.henk, question, answer, 'Mag ik ook?'))).toBe(
      '404 vraagbaak.question-not-found',
    );
    expect(refusal(await say(esra, question, answer, 'Mag ik ook?'))).toBe(
      '404 vraagbaak.question-not-found',
    );
    ok(
      await house.call(contract.assignQuestion, noor, {
        params: { question },
        body: { expert: esra.membershipId, note: '' },
      }),
    );
    ok(await say(esra, question, answer, 'Ik kijk mee.'));
  });

  it('never keeps the promise, whoever speaks', async () => {
    const question = await scene.ask();
    const answer = await scene.answer(scene.henk, question);
    for (const who of [scene.esra, scene.noor]) ok(await say(who, question, answer, 'Klopt.'));
    const page = await scene.page(question);
    expect([page.status, page.promise.keptAt]).toEqual(['open', null]);
  });

  it('comes once however often the same press arrives, two at once too', async () => {
    const question = await scene.ask();
    const answer = await scene.answer(scene.henk, question);
    const key = crypto.randomUUID();
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => say(scene.joop, question, answer, 'Dank!', key)),
    );
    expect(new Set(replies.map((reply) => ok(reply).id)).size).toBe(1);
    expect((await answerAt(question)).comments.total).toBe(1);
    expect(refusal(await say(scene.joop, question, answer, 'Anders', key))).toMatch(/^4/);
  });

  it('is refused under what is not there, and on a closed question', async () => {
    const question = await scene.ask();
    const answer = await scene.answer(scene.henk, question);
    const params = { question, answer };
    ok(await scene.house.call(contract.hideAnswer, scene.noor, { params, body: scene.because() }));
    expect(refusal(await say(scene.joop, question, answer, 'Hm'))).toBe(
      '404 vraagbaak.answer-not-found',
    );
    expect(refusal(await say(scene.joop, question, crypto.randomUUID(), 'Hm'))).toBe(
      '404 vraagbaak.answer-not-found',
    );
    expect(refusal(await say(scene.joop, question, answer, ' x '))).toBe('422 kernel.invalid');
    ok(await scene.house.call(contract.withdrawQuestion, scene.fatima, { params: { question } }));
    expect(refusal(await say(scene.joop, question, answer, 'Hm'))).toMatch(/^(404|410)/);
  });

  it('is shown the newest five at a time, and all of them page by page', async () => {
    const question = await scene.ask();
    const answer = await scene.answer(scene.henk, question);
    for (let i = 1; i <= 12; i += 1) {
      scene.house.clock.advance(1000);
      ok(await say(scene.joop, question, answer, `Reactie ${i}`));
    }
    const { comments } = await answerAt(question);
    expect(comments.total).toBe(12);
    expect(comments.items.map(({ body }) => body)).toEqual(
      [8, 9, 10, 11, 12].map((i) => `Reactie ${i}`),
    );
    const params = { question, answer };
    const first = ok(
      await scene.house.call(contract.listComments, null, { params, query: { limit: 8 } }),
    );
    const rest = ok(
      await scene.house.call(contract.listComments, null, {
        params,
        query: { limit: 8, cursor: first.nextCursor ?? '' },
      }),
    );
    expect([...first.items, ...rest.items].map(({ body }) => body)).toEqual(
      Array.from({ length: 12 }, (_, i) => `Reactie ${12 - i}`),
    );
    expect(rest.nextCursor).toBeNull();
  });

  it('is changed and taken away by its author alone, the asker included', async () => {
    const { house, fatima, henk, joop } = scene;
    const question = await scene.ask(fatima, { visibility: 'anonymous' });
    const answer = await scene.answer(henk, question);
    const { id: comment } = ok(await say(fatima, question, answer, 'Dnak u wel'));
    const params = { question, comment };
    const one = ok(await house.call(contract.getComment, fatima, { params }));
    const change = (who: Guest, body: string, version = one.at) =>
      house.call(contract.editComment, who, { params, body: { body, version } });
    for (const who of [joop, henk, scene.noor]) {
      expect(refusal(await change(who, 'Van mij'))).toBe('403 vraagbaak.not-your-text');
      expect(refusal(await house.call(contract.deleteOwnComment, who, { params }))).toBe(
        '403 vraagbaak.not-your-text',
      );
    }
    house.clock.advance(60_000);
    ok(await change(fatima, 'Dank u wel'));
    // an older device
    expect(refusal(await change(fatima, 'Dank je'))).toBe('409 vraagbaak.reply-changed');
    const now = ok(await house.call(contract.getComment, null, { params }));
    expect([now.body, now.own, now.editedAt]).toEqual([
      'Dank u wel',
      false,
      house.clock.now().toISOString(),
    ]);
    const texts = ok(await house.call(contract.listCommentTexts, null, { params }));
    expect(texts.items).toEqual([{ body: 'Dnak u wel', at: now.editedAt }]);
    ok(await house.call(contract.deleteOwnComment, fatima, { params }));
    expect((await answerAt(question)).comments).toEqual({ total: 0, items: [] });
    expect(refusal(await house.call(contract.listCommentTexts, null, { params }))).toBe(
      '404 vraagbaak.comment-not-found',
    );
    // what its author took away no editor brings back
    expect(
      refusal(
        await house.call(contract.restoreComment, scene.noor, { params, body: { message: '' } }),
      ),
    ).toBe('404 vraagbaak.comment-not-found');
  });
});

describe('an answer that is changed', () => {
  it('keeps what it said, for everyone who may read it', async () => {
    const question = await scene.ask();
    const answer = await scene.answer(scene.esra, question, 'Het loket is dicht.');
    const { at } = await answerAt(question);
    expect(refusal(await edit(scene.henk, question, answer, 'Open!', at))).toBe(
      '403 vraagbaak.not-your-text',
    );
    scene.house.clock.advance(1000);
    ok(await edit(scene.esra, question, answer, 'Het loket is open.', at));
    expect(refusal(await edit(scene.esra, question, answer, 'Half open.', at))).toBe(
      '409 vraagbaak.reply-changed',
    );
    const now = await answerAt(question);
    expect(now.body).toBe('Het loket is open.');
    const page = await scene.page(question);
    expect([page.status, page.promise.keptAt !== null]).toEqual(['answered', true]);
    const texts = ok(
      await scene.house.call(contract.listAnswerTexts, null, { params: { question, answer } }),
    );
    expect(texts.items).toEqual([{ body: 'Het loket is dicht.', at: now.editedAt }]);
  });

  it('of two edits at once takes one and refuses the other', async () => {
    const question = await scene.ask();
    const answer = await scene.answer(scene.esra, question);
    const { at } = await answerAt(question);
    const replies = await Promise.all(
      ['Een', 'Twee', 'Drie', 'Vier'].map((n) =>
        edit(scene.esra, question, answer, `${n} dus.`, at),
      ),
    );
    expect(replies.filter((reply) => reply.ok)).toHaveLength(1);
    expect(replies.flatMap((reply) => (reply.ok ? [] : [refusal(reply)]))).toEqual(
      Array(3).fill('409 vraagbaak.reply-changed'),
    );
  });

  it('loses the marks of a neighbour’s former words, and the promise with them', async () => {
    const { house, henk, noor, fatima } = scene;
    const question = await scene.ask();
    const answer = await scene.answer(henk, question);
    const params = { question, answer };
    ok(await house.call(contract.endorseAnswer, noor, { params }));
    ok(await house.call(contract.markHelpful, fatima, { params }));
    expect((await scene.page(question)).status).toBe('answered');
    const before = await answerAt(question);
    // the same words are no edit
    expect(ok(await edit(henk, question, answer, before.body, before.at)).lapsed).toBe(false);
    expect((await answerAt(question)).endorsed).toBe(true);
    house.clock.advance(1000);
    expect(ok(await edit(henk, question, answer, 'Koop hier!', before.at)).lapsed).toBe(true);
    const page = await scene.page(question);
    expect([page.status, page.promise.keptAt]).toEqual(['open', null]);
    expect(page.answers.map(({ endorsed, helpful }) => [endorsed, helpful])).toEqual([
      [false, false],
    ]);
    const desk = ok(
      await house.call(contract.listDesk, noor, { query: { filter: 'to-check', limit: 50 } }),
    );
    expect(desk.items.map(({ ref }) => ref)).toContain(question);
  });
});

describe('useful', () => {
  const mark = (who: Guest, question: string, answer: string, on = true) =>
    scene.house.call(on ? contract.markUseful : contract.unmarkUseful, who, {
      params: { question, answer },
    });

  it('is counted exactly, with thirty presses at once', async () => {
    const question = await scene.ask();
    const answer = await scene.answer(scene.esra, question);
    const people = [];
    for (let i = 0; i < 15; i += 1)
      people.push(await scene.house.guest(`Buur ${String.fromCharCode(97 + i)}`));
    const presses = await Promise.all(
      people.flatMap((who) => [mark(who, question, answer), mark(who, question, answer)]),
    );
    expect(presses.filter((press) => press.ok)).toHaveLength(30);
    expect((await answerAt(question)).useful).toEqual({ count: 15, mine: false });
    const [first, second] = people as [Guest, Guest];
    expect((await answerAt(question, first)).useful).toEqual({ count: 15, mine: true });
    const mixed = await Promise.all([
      ...Array.from({ length: 5 }, () => mark(first, question, answer, false)),
      ...Array.from({ length: 5 }, () => mark(second, question, answer)),
    ]);
    expect(mixed.filter((press) => press.ok)).toHaveLength(10);
    expect((await answerAt(question)).useful.count).toBe(14);
  });

  it('is not for one’s own words, nor for the asker, of whom no row is left', async () => {
    const question = await scene.ask(scene.fatima, { visibility: 'anonymous' });
    const answer = await scene.answer(scene.esra, question);
    expect(refusal(await mark(scene.esra, question, answer))).toBe('409 vraagbaak.own-answer');
    expect(refusal(await mark(scene.fatima, question, answer))).toBe('409 vraagbaak.asker-thanks');
    expect((await scene.page(question, scene.fatima)).viewer.mayFindUseful).toBe(false);
    expect(
      await scene.rows('select from vraagbaak.useful where membership_id = $1', [
        scene.fatima.membershipId,
      ]),
    ).toEqual([]);
  });
});

describe('the answers', () => {
  it('stand in their order, and several can have helped', async () => {
    const { house, henk, joop, esra, noor, anil, fatima } = scene;
    const question = await scene.ask();
    const ids: Record<string, string> = {};
    for (const who of [henk, joop, esra, anil]) {
      house.clock.advance(1000);
      ids[who.name] = await scene.answer(who, question, `Van ${who.name}`);
    }
    const order = async () =>
      (await scene.page(question)).answers.map(({ author, helpful }) =>
        helpful ? `${author.name}!` : author.name,
      );
    expect(await order()).toEqual(['Esra Yilmaz', 'Henk Brouwer', 'Joop Visser', 'Anil Ramdin']);
    for (const who of [joop, anil])
      ok(
        await house.call(contract.markHelpful, fatima, {
          params: { question, answer: ids[who.name] ?? '' },
        }),
      );
    const endorsed = { params: { question, answer: ids[henk.name] ?? '' } };
    ok(await house.call(contract.endorseAnswer, noor, endorsed));
    expect(await order()).toEqual(['Joop Visser!', 'Anil Ramdin!', 'Henk Brouwer', 'Esra Yilmaz']);
  });

  it('of editors are in the small markdown, those of others text', async () => {
    const question = await scene.ask();
    for (const who of [scene.henk, scene.esra, scene.noor])
      await scene.answer(who, question, '**Vet**');
    const page = await scene.page(question, scene.noor);
    expect(page.viewer.writesMarkup).toBe(true);
    expect(
      Object.fromEntries(page.answers.map(({ author, format }) => [author.capacity, format])),
    ).toEqual({ resident: 'text', expert: 'text', editor: 'markup' });
  });
});

describe('the link in an expert’s mail', () => {
  it('shows the dialogue, answers once, is worth nothing for anything else, and ends', async () => {
    const { house, noor, esra, henk, fatima } = scene;
    const question = await scene.ask(fatima, { visibility: 'anonymous' });
    const answer = await scene.answer(henk, question, 'Ik denk van wel.');
    ok(await say(fatima, question, answer, 'Weet u het zeker?'));
    const assign = async () => {
      ok(
        await house.call(contract.assignQuestion, noor, {
          params: { question },
          body: { expert: esra.membershipId, note: '' },
        }),
      );
      const [row] = await scene.rows(
        'select id from vraagbaak.assignment where wijk_id = $1 order by assigned_at desc limit 1',
        [house.wijk.id],
      );
      return signAnswerLink(house.services.secret, { wijkId: house.wijk.id, assignmentId: row.id });
    };
    const token = await assign();
    const read = (params = { token }) => house.call(contract.readAnswerLink, null, { params });
    const [shown] = ok(await read()).question.answers;
    expect(shown?.comments.items.map(({ body, author, own }) => [body, author.name, own])).toEqual([
      ['Weet u het zeker?', null, false],
    ]);
    // no other wijk, no other purpose: it is no session
    expect(
      refusal(
        await house.call(contract.readAnswerLink, null, {
          params: { token, wijk: house.other.slug },
        }),
      ),
    ).toBe('404 vraagbaak.link-unknown');
    expect(
      refusal(
        await house.call(contract.addComment, null, {
          params: { question, answer },
          body: { body: 'Met de link?' },
        }),
      ),
    ).toMatch(/^401/);
    const give = () =>
      house.call(contract.answerByLink, null, {
        params: { token },
        body: { body: 'Zeker weten.' },
      });
    ok(await give());
    expect([refusal(await give()), refusal(await read())]).toEqual([
      '410 vraagbaak.link-used',
      '410 vraagbaak.link-used',
    ]);
    house.clock.advance(1000);
    const second = await assign();
    house.clock.advance(7 * 86_400_000 + 1000);
    expect(refusal(await read({ token: second }))).toBe('410 vraagbaak.link-expired');
  });
});
