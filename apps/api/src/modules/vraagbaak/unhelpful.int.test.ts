import * as contract from '@wijk/contracts';
import { MINUTE_MS } from '@wijk/domain/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Guest, ok, refusal } from '../../../../../tests/support/house.ts';
import { openScene, type Scene } from '../../../../../tests/support/moderation.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene?.house.close());

const NOTE = 'Die winkel is al jaren dicht.';
const mark = (question: string, answer: string, who = scene.fatima, note = NOTE) =>
  scene.house.call(contract.markUnhelpful, who, { params: { question, answer }, body: { note } });
const unmark = (question: string, answer: string) =>
  scene.house.call(contract.unmarkUnhelpful, scene.fatima, { params: { question, answer } });
const see = (question: string, who = scene.noor) =>
  scene.house.call(contract.seeUnhelpful, who, { params: { question } });
const toCheck = async () =>
  ok(
    await scene.house.call(contract.listDesk, scene.johan, { query: { filter: 'to-check' } }),
  ).items.map(({ ref }) => ref);
const noticesOf = async (who: Guest) =>
  ok(await scene.house.call(contract.listNotices, who, {})).items.filter(
    ({ kind }) => kind === 'unhelpful',
  );

describe('an answer that did not help', () => {
  it('is work for the redactie again, with what is missing; the promise stays', async () => {
    const { house, ask, answer, page, pane, esra, fatima, henk, promiseOf } = scene;
    const ref = await ask();
    house.clock.advance(MINUTE_MS);
    const id = await answer(esra, ref);
    const { kept_at: keptAt } = await promiseOf(ref);
    expect(await toCheck()).not.toContain(ref);
    ok(await mark(ref, id));
    expect(await toCheck()).toContain(ref);
    const seen = await pane(ref);
    expect(seen.item).toMatchObject({
      status: 'answered',
      toCheck: true,
      byAsker: { unhelpful: true },
    });
    expect(seen.answers[0]?.unhelpful?.note).toBe(NOTE);
    expect((await promiseOf(ref)).kept_at).toEqual(keptAt);
    // its asker and whoever answered read it, other readers do not
    for (const who of [fatima, esra])
      expect((await page(ref, who)).answers[0]?.unhelpful?.note).toBe(NOTE);
    for (const who of [null, henk]) expect((await page(ref, who)).answers[0]?.unhelpful).toBeNull();
  });

  it('is told to who has the question in hand, else to the duty; once, and not after it was taken back', async () => {
    const { house, ask, answer, esra, noor, johan } = scene;
    const claimed = await ask();
    const one = await answer(esra, claimed);
    ok(await house.call(contract.claimQuestion, noor, { params: { question: claimed } }));
    await house.work();
    const before = [(await noticesOf(noor)).length, (await noticesOf(johan)).length];
    ok(await mark(claimed, one));
    ok(await mark(claimed, one, scene.fatima, 'En nog iets.'));
    await house.work();
    expect((await noticesOf(noor)).length).toBe((before[0] ?? 0) + 1);
    expect((await noticesOf(johan)).length).toBe(before[1]);
    const free = await ask();
    const two = await answer(esra, free);
    ok(await mark(free, two));
    await house.work();
    expect((await noticesOf(johan)).length).toBe((before[1] ?? 0) + 1);
    const last = await ask();
    const three = await answer(esra, last);
    ok(await mark(last, three));
    ok(await unmark(last, three));
    await house.work();
    expect((await noticesOf(johan)).length).toBe((before[1] ?? 0) + 1);
  });

  it('stays work when a neighbour answers, and is done with a reputed answer', async () => {
    const { house, ask, answer, esra, henk, noor } = scene;
    const ref = await ask();
    const id = await answer(esra, ref);
    house.clock.advance(MINUTE_MS);
    ok(await mark(ref, id));
    await answer(henk, ref);
    expect(await toCheck()).toContain(ref);
    house.clock.advance(MINUTE_MS);
    await answer(noor, ref, 'Bij het buurthuis kan het wel.');
    expect(await toCheck()).not.toContain(ref);
  });

  it('is laid aside by an editor, who can undo that; a neighbour does not bring it back', async () => {
    const { ask, answer, esra, henk, undo, noor } = scene;
    const ref = await ask();
    const id = await answer(esra, ref);
    ok(await mark(ref, id));
    const done = ok(await see(ref));
    expect(await toCheck()).not.toContain(ref);
    ok(await undo(done.undo, noor));
    expect(await toCheck()).toContain(ref);
    ok(await see(ref));
    await answer(henk, ref);
    expect(await toCheck()).not.toContain(ref);
    expect(ok(await see(ref)).undo).toBeNull();
  });

  it('is taken back by its asker, also by saying that it helped', async () => {
    const { house, ask, answer, page, esra, fatima } = scene;
    const ref = await ask();
    const id = await answer(esra, ref);
    ok(await mark(ref, id));
    ok(await unmark(ref, id));
    expect(await toCheck()).not.toContain(ref);
    ok(await mark(ref, id));
    ok(await house.call(contract.markHelpful, fatima, { params: { question: ref, answer: id } }));
    expect((await page(ref, fatima)).answers[0]).toMatchObject({ helpful: true, unhelpful: null });
    expect(await toCheck()).not.toContain(ref);
    ok(await mark(ref, id));
    expect((await page(ref, fatima)).answers[0]).toMatchObject({
      helpful: false,
      unhelpful: { note: NOTE },
    });
  });

  it('is for the asker alone, and not about their own words or what is gone', async () => {
    const { ask, answer, esra, henk, noor, fatima, rows, house } = scene;
    const ref = await ask();
    const id = await answer(esra, ref);
    expect(refusal(await mark(ref, id, henk))).toBe('403 vraagbaak.not-your-question');
    expect(refusal(await mark(ref, id, noor))).toBe('403 vraagbaak.not-your-question');
    const own = await answer(fatima, ref, 'Ik weet het al.');
    expect(refusal(await mark(ref, own))).toBe('404 vraagbaak.answer-not-found');
    const elsewhere = await answer(esra, await ask());
    expect(refusal(await mark(ref, elsewhere))).toBe('404 vraagbaak.answer-not-found');
    ok(await scene.remove(ref));
    expect(refusal(await mark(ref, id))).toBe('409 vraagbaak.question-closed');
    // nothing about it names who asked
    const events = await rows(
      `select payload::text from kernel.event where type = 'answer.unhelpful.v1'`,
    );
    expect(JSON.stringify(events)).not.toContain(fatima.membershipId);
    expect(house.clock.now()).toBeInstanceOf(Date);
  });
});
