import * as contract from '@wijk/contracts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';
import { signAnswerLink } from './answer-link.ts';

let house: House;
let fatima: Guest;
let henk: Guest;
let noor: Guest;
let johan: Guest;
let anil: Guest;

beforeAll(async () => {
  house = await openHouse();
  fatima = await house.guest('Fatima Amrani');
  henk = await house.guest('Henk Brouwer');
  noor = await house.guest('Noor van der Horst', ['editor']);
  johan = await house.guest('Johan Terpstra', ['editor', 'chief-editor']);
  anil = await house.guest('Anil Ramdin', ['expert']);
});

afterAll(() => house?.close());

const rows = async (sql: string, values: unknown[] = []) =>
  (await house.owner.$client.query(sql, values)).rows;
const ask = async (who = fatima, visibility: 'public' | 'private' = 'public') => {
  const body = { title: 'Wie betaalt een traplift?', body: '', theme: 'zorg-regelen', visibility };
  return ok(await house.call(contract.askQuestion, who, { body })).ref;
};
const page = async (question: string, who: Guest | null = null) =>
  ok(await house.call(contract.getQuestion, who, { params: { question } }));
const askBack = (question: string, body = 'Huurt u of koopt u?', who = noor, version?: number) =>
  house.call(contract.askBack, who, {
    params: { question },
    body: { body, ...(version === undefined ? {} : { version }) },
  });
const reply = (question: string, body = 'Ik huur.', who = fatima) =>
  house.call(contract.replyToAskBack, who, { params: { question }, body: { body } });
const answer = (question: string, who: Guest) =>
  house.call(contract.answerQuestion, who, { params: { question }, body: { body: 'Bel de Wmo.' } });
const undo = (action: string | null, who = noor) =>
  house.call(contract.undoAction, who, { params: { action: action ?? '' } });
const endsOf = async (question: string) =>
  (
    await rows(
      `select b.end_reason, b.ended_at, b.reply from vraagbaak.ask_back b join vraagbaak.question q
       on q.wijk_id = b.wijk_id and q.id = b.question_id where q.ref = $1 order by b.asked_at`,
      [question],
    )
  ).map(({ end_reason }) => end_reason);
const stepsOf = (question: string) =>
  rows(
    `select s.kind, s.due_at from vraagbaak.promise_step s join vraagbaak.question q
     on q.wijk_id = s.wijk_id and q.id = s.question_id where q.ref = $1 order by s.due_at`,
    [question],
  );
const eventsOf = async (question: string) =>
  (
    await rows(
      `select e.type, e.payload from kernel.event e join vraagbaak.question q
       on q.id = (e.payload ->> 'questionId')::uuid where q.ref = $1 and e.type like '%ask%back%'
       order by e.id`,
      [question],
    )
  ).map(({ type, payload }) => [type, payload.reason].filter(Boolean).join(' '));
const later = (start: string, ms: number) => new Date(Date.parse(start) + ms).toISOString();

describe('asking back', () => {
  it('stops the clock until the reply, which nobody reads on the page', async () => {
    const question = await ask();
    const before = await page(question, fatima);
    const steps = await stepsOf(question);
    house.clock.advance(2 * HOUR_MS);
    ok(await askBack(question));

    const waiting = await page(question, fatima);
    expect(waiting.promise.state).toBe('paused');
    expect(waiting.viewer.askBack).toMatchObject({ body: 'Huurt u of koopt u?' });
    const asked = waiting.viewer.askBack?.at ?? '';
    // 22 hours were left, and are left when the seven days have passed
    expect(waiting.waiting).toEqual({
      until: later(asked, 7 * DAY_MS),
      dueAt: later(asked, 7 * DAY_MS + 22 * HOUR_MS),
    });
    house.clock.advance(30 * HOUR_MS);
    await house.work();
    expect((await page(question)).promise.state).toBe('paused');

    expect((await reply(question)).status).toBe(204);
    const after = await page(question, fatima);
    expect(after.promise).toMatchObject({
      state: 'running',
      dueAt: later(before.promise.dueAt, 30 * HOUR_MS),
    });
    expect(after.waiting).toBeNull();
    expect(after.viewer.askBack).toBeNull();
    expect(await stepsOf(question)).toEqual(
      steps.map(({ kind, due_at }) => ({ kind, due_at: new Date(+due_at + 30 * HOUR_MS) })),
    );
    expect(await eventsOf(question)).toEqual([
      'question.asked-back.v1',
      'question.ask-back-ended.v1 replied',
    ]);
    for (const who of [null, henk, fatima])
      expect(JSON.stringify(await page(question, who))).not.toContain('Ik huur');
    const pane = ok(await house.call(contract.readDesk, johan, { params: { question } }));
    expect(pane.askBacks).toEqual([
      expect.objectContaining({ body: 'Huurt u of koopt u?', reply: 'Ik huur.', by: noor.name }),
    ]);
  });

  it('shows what was asked to the asker alone, and that the clock waits to everyone', async () => {
    const question = await ask();
    ok(await askBack(question));
    for (const who of [null, henk, anil, noor]) {
      const seen = await page(question, who);
      expect(seen.viewer.askBack).toBeNull();
      expect(seen.waiting).not.toBeNull();
      expect(JSON.stringify(seen)).not.toContain('Huurt u');
    }
    const mine = ok(await house.call(contract.listQuestions, fatima, { query: { show: 'mine' } }));
    expect(mine.items.find((q) => q.ref === question)?.promise.state).toBe('paused');
  });

  it('hands the reply to the expert who is asked, by their link', async () => {
    const question = await ask();
    ok(await askBack(question, 'Hoeveel treden?'));
    await reply(question, 'Veertien treden.');
    const { undo: action } = ok(
      await house.call(contract.assignQuestion, noor, {
        params: { question },
        body: { expert: anil.membershipId, note: '' },
      }),
    );
    const [row] = await rows(
      `select after ->> 'assignmentId' as id from vraagbaak.desk_action where id = $1`,
      [action],
    );
    const token = signAnswerLink(house.services.secret, {
      wijkId: house.wijk.id,
      assignmentId: row.id,
    });
    const link = ok(await house.call(contract.readAnswerLink, null, { params: { token } }));
    expect(link.replies).toEqual([
      expect.objectContaining({ body: 'Hoeveel treden?', reply: 'Veertien treden.' }),
    ]);
  });

  it('can be done again after the reply, any number of times', async () => {
    const question = await ask();
    const { promise } = await page(question);
    for (const hours of [1, 5, 9]) {
      ok(await askBack(question));
      house.clock.advance(hours * HOUR_MS);
      await reply(question);
      house.clock.advance(HOUR_MS);
    }
    expect((await page(question)).promise.dueAt).toBe(later(promise.dueAt, 15 * HOUR_MS));
    expect(await endsOf(question)).toEqual(['replied', 'replied', 'replied']);
  });
});

describe('asking back is refused', () => {
  it('where the promise does not run', async () => {
    const notRunning = '409 vraagbaak.promise-not-running';
    const asked = await ask();
    ok(await askBack(asked));
    expect(refusal(await askBack(asked))).toBe(notRunning);
    const answered = await ask();
    ok(await answer(answered, anil));
    expect(refusal(await askBack(answered))).toBe(notRunning);
    const late = await ask();
    house.clock.advance(24 * HOUR_MS);
    expect(refusal(await askBack(late))).toBe(notRunning);
    const gone = await ask();
    await house.call(contract.withdrawQuestion, fatima, { params: { question: gone } });
    expect(refusal(await askBack(gone))).toBe('409 vraagbaak.question-closed');
    expect(await endsOf(gone)).toEqual([]);
  });

  it('to whoever asked, to a neighbour, and where another holds or changed it', async () => {
    const own = await ask(noor);
    expect(refusal(await askBack(own))).toBe('409 vraagbaak.own-question');
    const question = await ask();
    expect(refusal(await askBack(question, 'Waarom?', henk))).toBe('403 kernel.forbidden');
    await house.call(contract.claimQuestion, johan, { params: { question } });
    expect(refusal(await askBack(question))).toBe('409 vraagbaak.claimed-by-other');
    expect(refusal(await askBack(question, 'Hoe oud?', johan, 0))).toBe(
      '409 vraagbaak.changed-meanwhile',
    );
    ok(await askBack(question, 'Hoe oud?', johan, 1));
  });

  it('without words, and the reply without words', async () => {
    const question = await ask();
    expect(refusal(await askBack(question, ' '))).toBe('422 kernel.invalid');
    ok(await askBack(question));
    expect(refusal(await reply(question, '  '))).toBe('422 kernel.invalid');
  });
});

describe('the reply', () => {
  it('is for whoever asked, while the redactie waits', async () => {
    const question = await ask();
    expect(refusal(await reply(question))).toBe('409 vraagbaak.nothing-asked');
    ok(await askBack(question));
    expect(refusal(await reply(question, 'Ik ook', henk))).toBe('403 vraagbaak.not-your-question');
    expect(refusal(await reply(await ask(fatima, 'private'), 'x', henk))).toBe(
      '404 vraagbaak.question-not-found',
    );
  });

  it('counts once when the same press is repeated, also by ten at once', async () => {
    const question = await ask();
    ok(await askBack(question));
    const all = await Promise.all(Array.from({ length: 10 }, () => reply(question)));
    expect(all.map((r) => r.status)).toEqual(Array.from({ length: 10 }, () => 204));
    expect(await eventsOf(question)).toHaveLength(2);
    expect(refusal(await reply(question, 'Iets anders'))).toBe('410 vraagbaak.ask-back-ended');
  });
});

describe('the wait ends', () => {
  it('by itself after seven days, at their exact end, however late the worker comes', async () => {
    const question = await ask();
    house.clock.advance(4 * HOUR_MS);
    ok(await askBack(question));
    const asked = (await page(question, fatima)).viewer.askBack?.at ?? '';
    house.clock.advance(7 * DAY_MS - 1);
    await house.work();
    expect((await page(question)).promise.state).toBe('paused');
    house.clock.advance(3 * HOUR_MS);
    await house.work();
    expect((await page(question)).promise).toMatchObject({
      state: 'running',
      dueAt: later(asked, 7 * DAY_MS + 20 * HOUR_MS),
    });
    const [ended] = await rows(
      `select b.ended_at, b.end_reason from vraagbaak.ask_back b join vraagbaak.question q
       on q.id = b.question_id where q.ref = $1`,
      [question],
    );
    expect(ended).toEqual({ ended_at: new Date(later(asked, 7 * DAY_MS)), end_reason: 'expired' });
    expect(await eventsOf(question)).toEqual([
      'question.asked-back.v1',
      'question.ask-back-ended.v1 expired',
    ]);
    expect(refusal(await reply(question))).toBe('410 vraagbaak.ask-back-ended');
    // and the ladder goes on where it stood
    house.clock.advance(20 * HOUR_MS);
    await house.work();
    expect((await page(question)).promise.state).toBe('overdue');
  });

  it('with a reputed answer, which keeps the promise; not with a neighbour’s', async () => {
    const question = await ask();
    ok(await askBack(question));
    house.clock.advance(20 * HOUR_MS);
    ok(await answer(question, henk));
    expect((await page(question)).promise.state).toBe('paused');
    house.clock.advance(20 * HOUR_MS);
    const { undo: action } = ok(await answer(question, noor));
    expect((await page(question, fatima)).promise.state).toBe('kept');
    expect((await page(question, fatima)).viewer.askBack).toBeNull();
    expect(await endsOf(question)).toEqual(['answered']);
    // taken back, the promise runs on with the time that was left
    ok(await undo(action));
    const { promise } = await page(question);
    expect(promise.state).toBe('running');
    expect(promise.dueAt).toBe(later(promise.startedAt, 64 * HOUR_MS));
  });

  it('when the asker takes the question back', async () => {
    const question = await ask();
    ok(await askBack(question));
    await house.call(contract.withdrawQuestion, fatima, { params: { question } });
    expect(await endsOf(question)).toEqual(['closed']);
    house.clock.advance(8 * DAY_MS);
    await house.work();
    expect(await endsOf(question)).toEqual(['closed']);
  });

  it('when the redactie undoes it: no time is lost or won', async () => {
    const question = await ask();
    const before = await page(question);
    const steps = await stepsOf(question);
    house.clock.advance(HOUR_MS);
    const { undo: action } = ok(await askBack(question));
    house.clock.advance(9 * MINUTE_MS);
    ok(await undo(action));
    expect((await page(question, fatima)).promise).toEqual(before.promise);
    expect((await page(question, fatima)).viewer.askBack).toBeNull();
    expect(await stepsOf(question)).toEqual(steps);
    expect(await endsOf(question)).toEqual(['undone']);
    expect(refusal(await reply(question))).toBe('409 vraagbaak.nothing-asked');
    ok(await askBack(question, 'En nu echt: huurt u?'));
  });

  it('is not undone by another, too late, or after the reply', async () => {
    const question = await ask();
    const { undo: action } = ok(await askBack(question));
    expect(refusal(await undo(action, johan))).toBe('403 vraagbaak.undo-not-yours');
    await reply(question);
    expect(refusal(await undo(action))).toBe('409 vraagbaak.undo-overtaken');
    house.clock.advance(HOUR_MS);
    const again = ok(await askBack(question));
    house.clock.advance(11 * MINUTE_MS);
    expect(refusal(await undo(again.undo))).toBe('410 vraagbaak.undo-too-late');
  });
});
