import * as contract from '@wijk/contracts';
import { finishRebuild, PostgresSearch, requestRebuild } from '@wijk/search';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok } from '../../../../../tests/support/house.ts';
import { openScene, type Scene } from '../../../../../tests/support/moderation.ts';

const WORDS = 'traplift huisarts premie schimmel fietsles oppas deurbel parkeren tuin heg'.split(
  ' ',
);

let scene: Scene;
let engine: PostgresSearch;
beforeAll(async () => {
  scene = await openScene();
  engine = new PostgresSearch(scene.house.services.db);
  await scene.house.work();
});
afterAll(() => scene?.house.close());

/** Every row of the index, in order. */
const indexNow = async () => ({
  documents: await scene.rows('select * from search.document order by wijk_id, question_id'),
  stale: await scene.rows('select * from search.stale'),
});
const countsNow = () =>
  scene.rows(`select wijk_id, number, df, df_high from search.term order by 1, 2`);
const found = async (text: string) =>
  (await engine.search(scene.house.wijk.id, { text, limit: 50, offset: 0 })).hits.length;

describe('the index of the search', () => {
  it('is in step with every change in its own transaction, and the same as one made anew', async () => {
    const { house, ask, remove, hide, publish, undo, because, noor, esra, fatima } = scene;
    const questions: string[] = [];
    const answers: { question: string; answer: string }[] = [];
    const actions: string[] = [];
    const redo = async () => {
      await requestRebuild(house.owner, null);
      await finishRebuild(house.owner, house.clock.now());
    };
    const step = async (kind: number, which: number, word: string) => {
      const question = questions[which % Math.max(1, questions.length)] ?? '';
      const given = answers[which % Math.max(1, answers.length)];
      const of = { params: { question } };
      const ofAnswer = { params: given ?? {} };
      const note = (outcome: { ok: boolean; data?: unknown }) => {
        const action = outcome.ok ? (outcome.data as { undo?: string | null } | null)?.undo : null;
        if (action) actions.push(action);
      };
      const edit = async () => {
        const { version } = ok(await house.call(contract.readDesk, noor, of));
        return house.call(contract.editQuestion, noor, {
          ...of,
          body: { title: `Vraag over ${word}`, theme: 'wonen', version },
        });
      };
      if (kind < 4 || questions.length < 2)
        questions.push(
          await ask(fatima, {
            title: `Wie weet iets van ${word} ${which}?`,
            body: `Het gaat om ${word} in de straat.`,
            visibility: (['public', 'anonymous', 'private'] as const)[which % 3],
          }),
        );
      else if (kind < 7 || kind > 15) {
        const outcome = await house.call(contract.answerQuestion, esra, {
          ...of,
          body: { body: `Kijk bij ${word}.` },
        });
        if (outcome.ok) answers.push({ question, answer: outcome.data.id });
      } else if (kind === 7) note(await edit());
      else if (kind === 8) note(await remove(question));
      else if (kind === 9) note(await hide(question));
      else if (kind === 10) note(await publish(question));
      else if (kind === 11) await house.call(contract.withdrawQuestion, fatima, of);
      else if (kind === 12) await undo(actions.pop() ?? null);
      else if (kind === 13 && given)
        note(await house.call(contract.hideAnswer, noor, { ...ofAnswer, body: because() }));
      else if (kind === 14 && given)
        note(await house.call(contract.removeAnswer, noor, { ...ofAnswer, body: because() }));
      else if (kind === 15 && given)
        note(
          await house.call(contract.restoreAnswer, noor, { ...ofAnswer, body: { message: '' } }),
        );
      house.clock.advance(60 * 60_000);
    };
    const plan = fc.sample(fc.tuple(fc.nat(22), fc.nat(30), fc.constantFrom(...WORDS)), {
      numRuns: 90,
      seed: 4,
    });
    for (const [kind, which, word] of plan) {
      await step(kind, which, word);
      const now = await indexNow();
      expect(now.stale).toEqual([]);
      if (which % 10 > 0) continue;
      await house.owner.$client.query('delete from search.document');
      await redo();
      expect((await indexNow()).documents).toEqual(now.documents);
    }
    expect(questions.length).toBeGreaterThan(15);
    expect(answers.length).toBeGreaterThan(5);
    await house.work();
    const counted = await countsNow();
    for (const table of ['document', 'tally', 'term'])
      await house.owner.$client.query(`delete from search.${table}`);
    await redo();
    expect(await countsNow()).toEqual(counted);
    expect(counted.length).toBeGreaterThan(20);
  }, 60_000);

  it('finds a question from the moment it is asked to the moment it is withdrawn', async () => {
    const { house, ask, fatima } = scene;
    expect(await found('grasmaaierwedstrijd')).toBe(0);
    const question = await ask(fatima, { title: 'Grasmaaierwedstrijd op zondag' });
    expect(await found('grasmaaierwedstrijd')).toBe(1);
    ok(await house.call(contract.withdrawQuestion, fatima, { params: { question } }));
    expect(await found('grasmaaierwedstrijd')).toBe(0);
  });

  it('does not know the names of those who ask or answer', async () => {
    const { ask, answer, esra, fatima } = scene;
    await answer(esra, await ask(fatima, { title: 'Zonnescherm stuk' }), 'Bel de huismeester.');
    await scene.house.work();
    const { rows } = await scene.house.owner.$client.query(
      `select surface from search.term where surface in ('fatima', 'amrani', 'esra', 'yilmaz')`,
    );
    expect(rows).toEqual([]);
  });
});
