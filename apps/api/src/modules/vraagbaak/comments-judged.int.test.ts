import * as contract from '@wijk/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Guest, ok, refusal } from '../../../../../tests/support/house.ts';
import { openScene, type Scene } from '../../../../../tests/support/moderation.ts';

/** Supervision of comments (V11): the same machinery as of questions and answers. */

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
  ok(
    await scene.house.call(contract.changeWords, await scene.house.guest('Bea Heer', ['admin']), {
      body: { hold: ['wondermiddel'] },
    }),
  );
});
afterAll(() => scene?.house.close());

async function talk(who: Guest, body = 'Koop bij mij!', visibility = 'public') {
  const question = await scene.ask(scene.fatima, { visibility });
  const answer = await scene.answer(scene.esra, question);
  const said = ok(
    await scene.house.call(contract.addComment, who, {
      params: { question, answer },
      body: { body },
    }),
  );
  return { question, answer, comment: said.id, held: said.held, help: said.help };
}
type Talk = Awaited<ReturnType<typeof talk>>;

const shown = async ({ question }: Talk, who: Guest | null = null) =>
  (await scene.page(question, who)).answers[0]?.comments.total;
const flag = ({ question, comment }: Talk, who: Guest) =>
  scene.house.call(contract.flagComment, who, {
    params: { question, comment },
    body: { reason: 'spam', note: '' },
  });
const act = (
  operation: typeof contract.hideComment,
  { question, comment }: Talk,
  who = scene.noor,
) => scene.house.call(operation, who, { params: { question, comment }, body: scene.because() });
const restore = ({ question, comment }: Talk, who = scene.noor) =>
  scene.house.call(contract.restoreComment, who, {
    params: { question, comment },
    body: { message: '' },
  });
const redact = ({ question, comment }: Talk, body: string) =>
  scene.house.call(contract.redactComment, scene.noor, {
    params: { question, comment },
    body: { body, reason: 'private-data', message: '' },
  });
const inDesk = async ({ question }: Talk) =>
  (await scene.pane(question)).answers[0]?.comments.items.map(({ hidden }) => hidden);

describe('a comment that waits', () => {
  it('is one with a word of the wijk’s list: its author knows, the desk shows it, then all do', async () => {
    const { house, henk, fatima, johan } = scene;
    const said = await talk(henk, 'Neem een wondermiddel.');
    expect(said.held).toBe(true);
    expect([await shown(said), await shown(said, henk), await inDesk(said)]).toEqual([
      0,
      0,
      [true],
    ]);
    const [decision] = (await scene.page(said.question, henk)).decisions;
    expect([decision?.kind, decision?.commentId, decision?.reason]).toEqual([
      'held',
      said.comment,
      'words',
    ]);
    for (const who of [scene.esra, fatima])
      expect((await scene.page(said.question, who)).decisions).toEqual([]);
    await house.work();
    const told = () =>
      scene.rows(`select 1 from notifications.notice where kind = 'comment' and event_id = $1`, [
        said.comment,
      ]);
    expect(await told()).toEqual([]);
    ok(await restore(said, johan));
    expect([await shown(said), await inDesk(said)]).toEqual([1, [false]]);
    await house.work();
    // the writer of the answer and the asker
    expect(await told()).toHaveLength(2);
    expect((await scene.page(said.question, henk)).decisions).toEqual([]);
  });

  it('is one of a new member with links; an expert’s is not', async () => {
    const links = 'Kijk op https://a.example https://b.example https://c.example';
    const fresh = await scene.house.guest('Nieuwe Buur');
    expect((await talk(fresh, links)).held).toBe(true);
    expect((await talk(scene.esra, links)).held).toBe(false);
  });

  it('is one that was changed into something that has to wait', async () => {
    const said = await talk(scene.henk, 'Neem rust.');
    const params = { question: said.question, comment: said.comment };
    const { at } = ok(await scene.house.call(contract.getComment, null, { params }));
    const changed = await scene.house.call(contract.editComment, scene.henk, {
      params,
      body: { body: 'Neem een wondermiddel.', version: at },
    });
    expect(ok(changed).held).toBe(true);
    expect(await shown(said)).toBe(0);
  });

  it('never is one that tells of distress: who to call is told, and the desk has it on top', async () => {
    const said = await talk(scene.joop, 'Ik zie het niet meer zitten.');
    expect(said.held).toBe(false);
    expect(said.help).toContain('113');
    const item = (await scene.pane(said.question)).item;
    expect(item.attention.urgent).toBe(true);
  });
});

describe('a flagged comment', () => {
  it('goes from view by itself, comes back when dismissed, and goes again by undo', async () => {
    const { house, henk, noor, anil, joop, esra, johan } = scene;
    const said = await talk(henk);
    expect(refusal(await flag(said, henk))).toBe('409 vraagbaak.flag-own');
    for (const who of [joop, anil]) ok(await flag(said, who));
    ok(await flag(said, anil));
    expect(await shown(said)).toBe(1);
    await Promise.all([flag(said, esra), flag(said, scene.fatima)]);
    expect([await shown(said), await inDesk(said)]).toEqual([0, [true]]);
    // the answer itself stands
    expect((await scene.page(said.question)).answers).toHaveLength(1);
    const [decision] = (await scene.page(said.question, henk)).decisions;
    expect([decision?.kind, decision?.automated, decision?.commentId]).toEqual([
      'hidden',
      true,
      said.comment,
    ]);
    const dismissed = ok(
      await house.call(contract.dismissFlags, noor, { params: { question: said.question } }),
    );
    expect(await shown(said)).toBe(1);
    ok(await scene.undo(dismissed.undo));
    expect([await shown(said), (await scene.pane(said.question)).flags.length]).toEqual([0, 3]);
    expect(ok(await restore(said, johan)).undo).not.toBeNull();
    expect(await shown(said)).toBe(1);
  });

  it('of the asker names no member, neither in the flag nor by what it is about', async () => {
    const question = await scene.ask(scene.fatima, { visibility: 'private' });
    const answer = await scene.answer(scene.noor, question);
    const { id: comment } = ok(
      await scene.house.call(contract.addComment, scene.johan, {
        params: { question, answer },
        body: { body: 'Let op.' },
      }),
    );
    ok(await flag({ question, answer, comment, held: false, help: [] }, scene.fatima));
    const rows = await scene.rows(
      'select membership_id from vraagbaak.flag where comment_id = $1',
      [comment],
    );
    expect(rows).toEqual([{ membership_id: null }]);
  });
});

describe('a judged comment', () => {
  it.each([
    ['hidden', contract.hideComment],
    ['removed', contract.removeComment],
  ] as const)('that is %s: statement, undo, appeal and back', async (kind, operation) => {
    const { house, fatima, henk, noor, johan } = scene;
    const said = await talk(fatima, 'Verkoop van fietsen.', 'anonymous');
    const done = ok(await act(operation, said));
    expect(await shown(said)).toBe(0);
    ok(await scene.undo(done.undo));
    expect(await shown(said)).toBe(1);
    house.clock.advance(1000);
    ok(await act(operation, said));
    expect(refusal(await act(operation, said))).toMatch(/^409 vraagbaak.already-/);
    // the asker is its author by the seal; the writer of the answer is not
    const decision = await scene.decisionOf(said.question, fatima);
    const read = ok(await scene.statement(decision, fatima));
    expect([read.decision.kind, read.text.body]).toEqual([kind, 'Verkoop van fietsen.']);
    for (const who of [henk, scene.esra, noor])
      expect(refusal(await scene.statement(decision, who))).toBe(
        '404 vraagbaak.decision-not-found',
      );
    ok(
      await house.call(contract.makeAppeal, fatima, {
        params: { decision },
        body: { body: 'Ik verkoop niets.' },
      }),
    );
    const appeal = (await scene.pane(said.question)).appeals.at(-1)?.id ?? '';
    const decide = (who: Guest) =>
      house.call(contract.decideAppeal, who, {
        params: { question: said.question, appeal },
        body: { outcome: 'overturned', reply: 'U hebt gelijk.' },
      });
    expect(refusal(await decide(noor))).toBe('403 vraagbaak.own-decision');
    ok(await decide(johan));
    expect(await shown(said)).toBe(1);
  });

  it('that is redacted shows no earlier text to anyone but its author', async () => {
    const { house, henk, noor } = scene;
    const said = await talk(henk, 'Bel 06-12345678');
    const params = { question: said.question, comment: said.comment };
    const edit = async (body: string) => {
      const { at, editedAt } = ok(await house.call(contract.getComment, null, { params }));
      house.clock.advance(1000);
      ok(
        await house.call(contract.editComment, henk, {
          params,
          body: { body, version: editedAt ?? at },
        }),
      );
    };
    await edit('Bel mij: 06-12345678');
    expect(refusal(await redact(said, 'Bel mij: 06-12345678'))).toBe(
      '409 vraagbaak.nothing-redacted',
    );
    house.clock.advance(1000);
    const done = ok(await redact(said, 'Bel mij'));
    const now = ok(await house.call(contract.getComment, null, { params }));
    expect(now.body).toBe('Bel mij');
    for (const who of [null, henk, noor])
      expect(ok(await house.call(contract.listCommentTexts, who, { params })).items).toEqual([]);
    expect(
      JSON.stringify([await scene.page(said.question, noor), await scene.pane(said.question)]),
    ).not.toContain('06-12345678');
    const decision = await scene.decisionOf(said.question, henk);
    expect(ok(await scene.statement(decision, henk)).text.body).toBe('Bel mij: 06-12345678');
    ok(await scene.undo(done.undo));
    expect(ok(await house.call(contract.getComment, null, { params })).body).toBe(
      'Bel mij: 06-12345678',
    );
    // edits after it can be read again
    await edit('Bel mij even');
    const texts = ok(await house.call(contract.listCommentTexts, null, { params })).items;
    expect(texts.map(({ body }) => body)).toEqual(['Bel mij: 06-12345678']);
  });

  it('is never judged by who wrote it, the asking editor included', async () => {
    const { house, noor, esra } = scene;
    const question = await scene.ask(noor, { visibility: 'anonymous' });
    const answer = await scene.answer(esra, question);
    const { id } = ok(
      await house.call(contract.addComment, noor, {
        params: { question, answer },
        body: { body: 'Dank u.' },
      }),
    );
    const said = { question, answer, comment: id, held: false, help: [] };
    expect(refusal(await act(contract.hideComment, said))).toBe('409 vraagbaak.own-content');
    expect(refusal(await redact(said, 'Iets anders'))).toBe('409 vraagbaak.own-content');
    ok(await act(contract.hideComment, said, scene.johan));
  });

  it('by two editors at once is judged once', async () => {
    const said = await talk(scene.henk);
    const replies = await Promise.all([
      act(contract.removeComment, said, scene.noor),
      act(contract.removeComment, said, scene.johan),
    ]);
    expect(replies.filter((reply) => reply.ok)).toHaveLength(1);
    expect(
      await scene.rows('select kind from vraagbaak.moderation_decision where comment_id = $1', [
        said.comment,
      ]),
    ).toEqual([{ kind: 'removed' }]);
  });

  it('leaves the decisions about its answer alone, and the other way round', async () => {
    const { house, noor, esra } = scene;
    const said = await talk(scene.henk);
    const params = { question: said.question, answer: said.answer };
    ok(await act(contract.hideComment, said));
    house.clock.advance(1000);
    ok(await house.call(contract.hideAnswer, noor, { params, body: scene.because() }));
    ok(await house.call(contract.restoreAnswer, noor, { params, body: { message: '' } }));
    expect(await shown(said)).toBe(0);
    expect((await scene.page(said.question, esra)).decisions).toEqual([]);
    expect((await scene.page(said.question, scene.henk)).decisions).toHaveLength(1);
  });
});
