import * as contract from '@wijk/contracts';
import { HOUR_MS } from '@wijk/domain/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok, refusal } from '../../../../../tests/support/house.ts';
import { openScene, type Scene, TEXT } from '../../../../../tests/support/moderation.ts';

let house: Scene['house'];
let fatima: Scene['fatima'];
let henk: Scene['henk'];
let noor: Scene['noor'];
let johan: Scene['johan'];
let esra: Scene['esra'];
let ask: Scene['ask'];
let answer: Scene['answer'];
let page: Scene['page'];
let seenBy: Scene['seenBy'];
let listed: Scene['listed'];
let because: Scene['because'];
let remove: Scene['remove'];
let hide: Scene['hide'];
let publish: Scene['publish'];
let undo: Scene['undo'];
let pane: Scene['pane'];
let rows: Scene['rows'];
let promiseOf: Scene['promiseOf'];
let decisionOf: Scene['decisionOf'];
let statement: Scene['statement'];
beforeAll(async () => {
  ({
    house,
    fatima,
    henk,
    noor,
    johan,
    esra,
    ask,
    answer,
    page,
    seenBy,
    listed,
    because,
    remove,
    hide,
    publish,
    undo,
    pane,
    rows,
    promiseOf,
    decisionOf,
    statement,
  } = await openScene());
});
afterAll(() => house?.close());

describe('removing a question', () => {
  it('takes it from every reader but its author and the redactie, who keep the text', async () => {
    const question = await ask();
    expect(await listed(question)).toBe(true);
    ok(await remove(question));
    expect(await seenBy(question)).toBe('410 vraagbaak.question-gone');
    expect(await seenBy(question, henk)).toBe('410 vraagbaak.question-gone');
    expect(await listed(question)).toBe(false);
    expect((await page(question, fatima)).body).toBe(TEXT.body);
    expect((await page(question, noor)).status).toBe('removed');
    const mine = ok(await house.call(contract.listQuestions, fatima, { query: { show: 'mine' } }));
    expect(mine.items.find((item) => item.ref === question)?.status).toBe('removed');
  });

  it('gives the author, and nobody else, what was decided, why, and their own text', async () => {
    const question = await ask();
    ok(await remove(question));
    const decision = await decisionOf(question);
    expect(ok(await statement(decision, fatima))).toMatchObject({
      decision: { kind: 'removed', reason: 'off-topic', automated: false, reversed: false },
      text: { title: TEXT.title, body: TEXT.body },
      appeal: null,
      mayAppeal: true,
    });
    for (const other of [henk, noor, johan])
      expect(refusal(await statement(decision, other))).toBe('404 vraagbaak.decision-not-found');
    const mine = ok(await house.call(contract.listMyDecisions, fatima, {}));
    const listed = mine.items.find((item) => item.id === decision);
    expect(listed?.question).toEqual({ ref: question, title: TEXT.title });
    expect(ok(await house.call(contract.listMyDecisions, henk, {})).items).toEqual([]);
  });

  it('cancels the promise uncounted; shown again within the term it runs on as agreed', async () => {
    const question = await ask();
    const before = await promiseOf(question);
    const steps = () =>
      rows(
        `select s.kind, s.due_at, s.done_at from vraagbaak.promise_step s join vraagbaak.question q
         on q.wijk_id = s.wijk_id and q.id = s.question_id where q.ref = $1 order by s.due_at`,
        [question],
      );
    const agreed = await steps();
    house.clock.advance(HOUR_MS);
    ok(await remove(question));
    expect((await page(question, fatima)).promise.state).toBe('cancelled');
    expect((await promiseOf(question)).frozen_outcome).toBeNull();
    house.clock.advance(HOUR_MS);
    ok(await publish(question, johan));
    const after = await promiseOf(question);
    expect(after).toMatchObject({ cancelled_at: null, frozen_outcome: null });
    expect(after.due_at).toEqual(before.due_at);
    expect(await steps()).toEqual(agreed);
    expect((await page(question)).promise.state).toBe('running');
    await answer(esra, question);
    expect((await page(question)).promise.state).toBe('kept');
  });

  it('is no way out of a promise: shown again after the term it was missed', async () => {
    const question = await ask();
    ok(await remove(question));
    house.clock.advance(25 * HOUR_MS);
    ok(await publish(question));
    expect((await page(question)).promise.state).toBe('overdue');
    expect((await promiseOf(question)).frozen_outcome).toBe('missed');
    expect((await pane(question)).item.promise.state).toBe('overdue');
  });

  it('ends what an expert was asked, and undo gives it back', async () => {
    const question = await ask();
    ok(
      await house.call(contract.assignQuestion, noor, {
        params: { question },
        body: { expert: esra.membershipId, note: '' },
      }),
    );
    const { undo: action } = ok(await remove(question));
    expect((await pane(question)).item.assignee).toBeNull();
    expect(refusal(await undo(action, johan))).toBe('403 vraagbaak.undo-not-yours');
    ok(await undo(action));
    const back = await pane(question);
    expect(back.item).toMatchObject({ status: 'open', assignee: { name: 'Esra Yilmaz' } });
    expect(back.item.promise.state).toBe('running');
    expect(await seenBy(question)).toBe('seen');
    expect((await page(question, fatima)).decisions).toEqual([]);
  });

  it('is refused to who asked it, to who looked before a change, and twice', async () => {
    const own = await ask(noor);
    for (const outcome of [await remove(own), await hide(own), await publish(own)])
      expect(refusal(outcome)).toBe('409 vraagbaak.own-content');
    const question = await ask();
    const { version } = await pane(question);
    ok(await hide(question));
    expect(refusal(await remove(question, johan, { version }))).toBe(
      '409 vraagbaak.changed-meanwhile',
    );
    ok(await remove(question, johan));
    expect(refusal(await remove(question))).toBe('409 vraagbaak.already-removed');
    expect(refusal(await remove(question, henk))).toBe('403 kernel.forbidden');
  });
});

describe('hiding a question', () => {
  it('keeps it from readers while the promise runs, and shows it again', async () => {
    const question = await ask();
    const version = async () =>
      (
        await rows(
          `select v.version from vraagbaak.question_version v join vraagbaak.question q
         on q.wijk_id = v.wijk_id and q.id = v.question_id where q.ref = $1`,
          [question],
        )
      )[0]?.version ?? 0;
    const kept = await version();
    const { undo: action } = ok(await hide(question));
    expect(await seenBy(question)).toBe('404 vraagbaak.question-not-found');
    expect(await listed(question)).toBe(false);
    expect(await version()).toBeGreaterThan(kept);
    expect((await page(question, fatima)).moderation).toBe('hidden');
    expect((await promiseOf(question)).cancelled_at).toBeNull();
    expect((await pane(question)).item.attention.hidden).toBe(true);
    expect(refusal(await hide(question))).toBe('409 vraagbaak.already-hidden');
    ok(await undo(action));
    expect(await seenBy(question)).toBe('seen');
    expect(refusal(await publish(question))).toBe('409 vraagbaak.already-shown');
  });
});

describe('redacting', () => {
  it('replaces the words for everyone but the author, also in the address', async () => {
    const question = await ask(fatima, { title: 'Bel Kees de Wit', body: 'Zijn nummer is 06-1.' });
    const redact = (title: string, body: string) =>
      house.call(contract.redactQuestion, noor, {
        params: { question },
        body: { title, body, reason: 'private-data', message: '' },
      });
    const { undo: action } = ok(await redact('Wie kan ik bellen?', ''));
    const seen = JSON.stringify([await page(question), await pane(question)]);
    expect(seen).not.toContain('06-1');
    expect(seen).not.toMatch(/kees/i);
    const own = ok(await statement(await decisionOf(question), fatima));
    expect(own.text).toEqual({ title: 'Bel Kees de Wit', body: 'Zijn nummer is 06-1.' });
    expect(refusal(await redact('Wie kan ik bellen?', ''))).toBe('409 vraagbaak.nothing-redacted');
    ok(await undo(action));
    expect((await page(question)).slug).toBe('bel-kees-de-wit');
  });
});

describe('answers out of view', () => {
  const judge = (operation: typeof contract.hideAnswer, question: string, id: string, who = noor) =>
    house.call(operation, who, { params: { question, answer: id }, body: because() });
  const restore = (question: string, id: string, who = noor) =>
    house.call(contract.restoreAnswer, who, {
      params: { question, answer: id },
      body: { message: '' },
    });

  it('no longer keep the promise; restored they do again', async () => {
    const question = await ask();
    const id = await answer(esra, question);
    const { undo: action } = ok(await judge(contract.hideAnswer, question, id));
    expect(await page(question)).toMatchObject({
      answers: [],
      answerCount: 0,
      status: 'open',
      promise: { state: 'running' },
    });
    expect((await pane(question)).answers).toMatchObject([{ id, hidden: true }]);
    ok(await undo(action));
    expect((await page(question)).promise.state).toBe('kept');
    ok(await judge(contract.removeAnswer, question, id));
    expect((await page(question)).promise.state).toBe('running');
    ok(await restore(question, id));
    expect((await page(question)).answers).toHaveLength(1);
    expect((await page(question)).promise.state).toBe('kept');
  });

  it('tell their author why, and an undone removal leaves no decision', async () => {
    const question = await ask();
    const id = await answer(henk, question, 'Neem er gewoon twee.');
    const { undo: action } = ok(await judge(contract.removeAnswer, question, id));
    const [decision] = (await page(question, henk)).decisions;
    expect(decision).toMatchObject({ kind: 'removed', answerId: id });
    expect((await page(question, fatima)).decisions).toEqual([]);
    const own = ok(await statement(decision?.id ?? '', henk));
    expect(own.text).toEqual({ title: null, body: 'Neem er gewoon twee.' });
    expect(refusal(await statement(decision?.id ?? '', fatima))).toMatch(/^404/);
    ok(await undo(action));
    expect((await page(question, henk)).decisions).toEqual([]);
  });

  it('cannot be judged by who wrote them, nor restored where undo took them away', async () => {
    const question = await ask();
    const given = ok(
      await house.call(contract.answerQuestion, noor, {
        params: { question },
        body: { body: 'Ja.' },
      }),
    );
    expect(refusal(await judge(contract.hideAnswer, question, given.id))).toBe(
      '409 vraagbaak.own-content',
    );
    ok(await undo(given.undo));
    expect(refusal(await restore(question, given.id, johan))).toBe(
      '404 vraagbaak.answer-not-found',
    );
  });
});
