import * as contract from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import { changeQuestion, lockDeskAction, lockQuestion, markUndone } from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Guest, type House, ok, openHouse } from '../../../../../tests/support/house.ts';
import type { Wijk } from '../wijk/index.ts';
import { recordAction } from './commands/desk-action.ts';
import { settleAnswers, settleDuplicates } from './standing.ts';

let house: House;
let fatima: Guest;
let henk: Guest;
let noor: Guest;
let anil: Guest;

beforeAll(async () => {
  house = await openHouse();
  fatima = await house.guest('Fatima Amrani');
  henk = await house.guest('Henk Brouwer');
  noor = await house.guest('Noor van der Horst', ['editor']);
  anil = await house.guest('Anil Ramdin', ['expert']);
});

afterAll(() => house?.close());

const rows = async (sql: string, values: unknown[] = []) =>
  (await house.owner.$client.query(sql, values)).rows;
const ask = async (who = fatima) => {
  const body = { title: 'Wie weet dit?', body: '', theme: 'wonen', visibility: 'public' as const };
  return ok(await house.call(contract.askQuestion, who, { body })).ref;
};
const answer = async (question: string, who: Guest) =>
  ok(
    await house.call(contract.answerQuestion, who, {
      params: { question },
      body: { body: 'Zo doet u dat.' },
    }),
  );
const undo = (action: string | null) =>
  house.call(contract.undoAction, noor, { params: { action: action ?? '' } });
const promiseOf = async (question: string) => {
  const [row] = await rows(
    `select p.*, q.status from vraagbaak.promise p join vraagbaak.question q
     on q.wijk_id = p.wijk_id and q.id = p.question_id where q.ref = $1`,
    [question],
  );
  return row;
};
const minutes = async (question: string) => {
  const { kept_at, started_at } = await promiseOf(question);
  return kept_at && (kept_at - started_at) / MINUTE_MS;
};
const editor = () => ({ membershipId: noor.membershipId }) as Member;

/** As the desk does it: the row, the audit, then the promise. Returns the action. */
async function mark(ref: string, originalRef: string): Promise<string> {
  return inTransaction(house.services.db, async (tx) => {
    const wijk = house.wijk as Wijk;
    const now = house.clock.now();
    const question = await lockQuestion(tx, wijk.id, { ref });
    const { id: duplicateOf } = await lockQuestion(tx, wijk.id, { ref: originalRef });
    const after = { status: 'duplicate', duplicateOf } as const;
    await changeQuestion(tx, wijk.id, question.id, after);
    const action = await recordAction(tx, wijk, editor(), 'duplicate', question, after, now);
    await settleDuplicates(tx, wijk.id, duplicateOf, now);
    return action;
  });
}

async function unmark(ref: string, actionId: string): Promise<void> {
  await inTransaction(house.services.db, async (tx) => {
    const { id: wijkId } = house.wijk;
    const now = house.clock.now();
    await lockDeskAction(tx, wijkId, actionId);
    const question = await lockQuestion(tx, wijkId, { ref });
    const alone = { status: 'open', duplicateOf: null } as const;
    await changeQuestion(tx, wijkId, question.id, alone);
    await settleAnswers(tx, wijkId, { ...question, ...alone }, now);
    await markUndone(tx, wijkId, actionId, now);
  });
}

describe('the promise of a duplicate', () => {
  it('is kept by an answer to the original that comes later, and open again without it', async () => {
    const [original, double] = [await ask(), await ask(henk)];
    await mark(double, original);
    expect(await promiseOf(double)).toMatchObject({ kept_at: null, status: 'duplicate' });
    house.clock.advance(3 * HOUR_MS);
    const { undo: action } = await answer(original, noor);
    expect([await minutes(original), await minutes(double)]).toEqual([180, 180]);
    house.clock.advance(MINUTE_MS);
    expect((await undo(action)).status).toBe(204);
    expect(await promiseOf(double)).toMatchObject({ kept_at: null, status: 'duplicate' });
    house.clock.advance(HOUR_MS);
    await answer(original, anil);
    expect(await minutes(double)).toBe(241);
  });

  it('is kept from the moment of marking on by what was answered before', async () => {
    const original = await ask();
    house.clock.advance(HOUR_MS);
    await answer(original, anil);
    house.clock.advance(HOUR_MS);
    const double = await ask(henk);
    house.clock.advance(2 * HOUR_MS);
    await mark(double, original);
    expect(await minutes(double)).toBe(120);
    // also after another answer, and when the first one goes
    house.clock.advance(HOUR_MS);
    await answer(original, noor);
    expect(await minutes(double)).toBe(120);
    await rows(`update vraagbaak.answer set removed_at = published_at where membership_id = $1`, [
      anil.membershipId,
    ]);
    house.clock.advance(HOUR_MS);
    await answer(original, noor);
    expect(await minutes(double)).toBe(180);
  });

  it('is not kept by a neighbour’s answer, and is by its endorsement', async () => {
    const [original, double] = [await ask(), await ask(henk)];
    await mark(double, original);
    const { id } = await answer(original, henk);
    expect(await minutes(double)).toBeNull();
    house.clock.advance(HOUR_MS);
    const params = { question: original, answer: id };
    await house.call(contract.endorseAnswer, noor, { params });
    expect(await minutes(double)).toBe(60);
    await house.call(contract.unendorseAnswer, noor, { params });
    expect(await minutes(double)).toBeNull();
  });

  it('stays kept by an answer of its own', async () => {
    const [original, double] = [await ask(), await ask(henk)];
    house.clock.advance(HOUR_MS);
    await answer(double, anil);
    house.clock.advance(HOUR_MS);
    const action = await mark(double, original);
    expect(await minutes(double)).toBe(60);
    await answer(original, noor);
    expect(await minutes(double)).toBe(60);
    await unmark(double, action);
    expect(await promiseOf(double)).toMatchObject({ status: 'answered' });
    expect(await minutes(double)).toBe(60);
  });

  it('is its own again when the mark is taken back, and counts anew from a second mark', async () => {
    const [original, double] = [await ask(), await ask(henk)];
    const action = await mark(double, original);
    house.clock.advance(HOUR_MS);
    await answer(original, anil);
    expect(await minutes(double)).toBe(60);
    await unmark(double, action);
    expect(await promiseOf(double)).toMatchObject({ status: 'open', kept_at: null });
    house.clock.advance(HOUR_MS);
    await mark(double, original);
    expect(await minutes(double)).toBe(120);
  });

  it('no longer waits for the asker', async () => {
    const [original, double] = [await ask(), await ask(henk)];
    const params = { question: double };
    ok(await house.call(contract.askBack, noor, { params, body: { body: 'Welke straat?' } }));
    const { due_at: due } = await promiseOf(double);
    house.clock.advance(2 * HOUR_MS);
    await mark(double, original);
    expect(await promiseOf(double)).toMatchObject({
      paused_at: null,
      due_at: new Date(+due + 2 * HOUR_MS),
    });
    const [asked] = await rows(
      `select b.end_reason from vraagbaak.ask_back b join vraagbaak.question q
       on q.id = b.question_id where q.ref = $1`,
      [double],
    );
    expect(asked).toEqual({ end_reason: 'closed' });
  });

  it('runs on: its steps are about the original, and its own outcome freezes', async () => {
    const original = await ask();
    house.clock.advance(10 * HOUR_MS);
    const double = await ask(henk);
    await mark(double, original);
    const id = (ref: string) =>
      rows(`select id from vraagbaak.question where ref = $1`, [ref]).then(([q]) => q.id);
    house.clock.advance(20 * HOUR_MS);
    await answer(original, anil);
    expect(await promiseOf(original)).toMatchObject({ frozen_outcome: 'missed' });
    house.clock.advance(20 * HOUR_MS);
    await house.work();
    expect(await promiseOf(double)).toMatchObject({ frozen_outcome: 'kept', frozen_minutes: 1200 });

    const next = await ask(henk);
    const [of] = [await id(next)];
    const late = await ask();
    await mark(next, late);
    house.clock.advance(8 * HOUR_MS);
    await house.work();
    const events = await rows(
      `select payload from kernel.event where type = 'promise.step-reached.v1'
       and payload ->> 'questionId' = $1 order by id`,
      [await id(late)],
    );
    expect(events.map(({ payload }) => payload.duplicateId ?? null).sort()).toEqual(
      [null, of].sort(),
    );
    house.clock.advance(DAY_MS);
    await house.work();
    expect(await promiseOf(next)).toMatchObject({ frozen_outcome: 'missed' });
  });

  it('moves along through a chain', async () => {
    const [last, middle, first] = [await ask(), await ask(henk), await ask(henk)];
    await mark(first, middle);
    await mark(middle, last);
    house.clock.advance(HOUR_MS);
    await answer(last, anil);
    expect([await minutes(middle), await minutes(first)]).toEqual([60, 60]);
  });

  it('stands by itself again when the original is withdrawn', async () => {
    const [original, double] = [await ask(), await ask(henk)];
    await mark(double, original);
    await answer(original, anil);
    await house.call(contract.withdrawQuestion, fatima, { params: { question: original } });
    expect(await promiseOf(double)).toMatchObject({ status: 'open', kept_at: null });
    await answer(double, anil);
    expect(await promiseOf(double)).toMatchObject({ status: 'answered' });
  });

  it('is met whichever comes first, when the mark and the answer come at once', async () => {
    for (let i = 0; i < 8; i += 1) {
      const [original, double] = [await ask(), await ask(henk)];
      await Promise.all([mark(double, original), answer(original, anil)]);
      expect(await minutes(double), `round ${i}`).toBe(0);
    }
  });
});
