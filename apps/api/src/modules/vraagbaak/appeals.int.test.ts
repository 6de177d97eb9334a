import * as contract from '@wijk/contracts';
import { DAY_MS, MINUTE_MS } from '@wijk/domain/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Guest, ok, refusal } from '../../../../../tests/support/house.ts';
import { openScene, type Scene } from '../../../../../tests/support/moderation.ts';

let house: Scene['house'];
let fatima: Scene['fatima'];
let henk: Scene['henk'];
let joop: Scene['joop'];
let anil: Scene['anil'];
let noor: Scene['noor'];
let johan: Scene['johan'];
let esra: Scene['esra'];
let ask: Scene['ask'];
let answer: Scene['answer'];
let page: Scene['page'];
let seenBy: Scene['seenBy'];
let remove: Scene['remove'];
let hide: Scene['hide'];
let publish: Scene['publish'];
let undo: Scene['undo'];
let flag: Scene['flag'];
let pane: Scene['pane'];
let rows: Scene['rows'];
let decisionOf: Scene['decisionOf'];
let statement: Scene['statement'];
beforeAll(async () => {
  ({
    house,
    fatima,
    henk,
    joop,
    anil,
    noor,
    johan,
    esra,
    ask,
    answer,
    page,
    seenBy,
    remove,
    hide,
    publish,
    undo,
    flag,
    pane,
    rows,
    decisionOf,
    statement,
  } = await openScene());
});
afterAll(() => house?.close());

describe('flags', () => {
  it('hide at three different members, once, also when the last two come at once', async () => {
    const question = await ask();
    ok(await flag(question, henk));
    ok(await flag(question, henk));
    expect(await seenBy(question)).toBe('seen');
    const both = await Promise.all([flag(question, joop), flag(question, anil)]);
    for (const outcome of both) ok(outcome);
    expect(await seenBy(question)).toBe('404 vraagbaak.question-not-found');
    const decisions = await rows(
      `select d.kind, d.automated, d.decided_by, d.reason from vraagbaak.moderation_decision d
       join vraagbaak.question q on q.wijk_id = d.wijk_id and q.id = d.question_id where q.ref = $1`,
      [question],
    );
    expect(decisions).toEqual([
      { kind: 'hidden', automated: true, decided_by: null, reason: 'flags' },
    ]);
    expect((await pane(question)).flags).toHaveLength(3);
    expect(ok(await statement(await decisionOf(question), fatima)).decision.automated).toBe(true);
  });

  it('laid aside show again what they hid, and count anew; undo hides it again', async () => {
    const question = await ask();
    for (const who of [henk, joop, anil]) ok(await flag(question, who));
    const dismiss = () => house.call(contract.dismissFlags, noor, { params: { question } });
    const { undo: action } = ok(await dismiss());
    expect(await seenBy(question)).toBe('seen');
    expect((await pane(question)).flags).toEqual([]);
    ok(await undo(action));
    expect(await seenBy(question)).toBe('404 vraagbaak.question-not-found');
    expect((await pane(question)).flags).toHaveLength(3);
    ok(await dismiss());
    ok(await flag(question, esra));
    ok(await flag(question, henk));
    expect(await seenBy(question)).toBe('seen');
  });

  it('on an answer hide the answer alone', async () => {
    const question = await ask();
    const id = await answer(esra, question);
    const flagAnswer = (who: Guest) =>
      house.call(contract.flagAnswer, who, {
        params: { question, answer: id },
        body: { reason: 'wrong-advice', note: '' },
      });
    expect(refusal(await flagAnswer(esra))).toBe('409 vraagbaak.flag-own');
    for (const who of [fatima, henk, joop]) ok(await flagAnswer(who));
    const seen = await page(question);
    expect(seen.answers).toEqual([]);
    expect(seen.promise.state).toBe('running');
    expect(refusal(await flagAnswer(anil))).toBe('404 vraagbaak.answer-not-found');
    ok(await house.call(contract.dismissFlags, noor, { params: { question } }));
    expect((await page(question)).promise.state).toBe('kept');
  });

  it('are refused to the asker, to strangers and on what one cannot see', async () => {
    const question = await ask();
    expect(refusal(await flag(question, fatima))).toBe('409 vraagbaak.flag-own');
    ok(await hide(question));
    expect(refusal(await flag(question, henk))).toBe('404 vraagbaak.question-not-found');
    const outcome = await house.call(contract.flagQuestion, null, {
      params: { question },
      body: { reason: 'spam', note: '' },
    });
    expect(refusal(outcome)).toBe('401 kernel.unauthenticated');
  });

  it('of worry hide nothing and put the question on top of the desk', async () => {
    const question = await ask();
    for (const who of [henk, joop, anil]) ok(await flag(question, who, 'distress'));
    expect(await seenBy(question)).toBe('seen');
    const desk = ok(await house.call(contract.listDesk, noor, { query: { limit: 50 } }));
    expect(desk.items[0]).toMatchObject({ ref: question, attention: { urgent: true } });
    expect((await page(question, fatima)).help).toEqual(['112', '113', 'huisarts', 'veilig-thuis']);
    expect((await page(question)).help).toEqual([]);
  });
});

describe('appeals', () => {
  const appeal = (decision: string, who = fatima) =>
    house.call(contract.makeAppeal, who, {
      params: { decision },
      body: { body: 'Mijn vraag ging over de fietsenstalling.' },
    });
  const decide = (question: string, id: string, outcome: 'upheld' | 'overturned', who = johan) =>
    house.call(contract.decideAppeal, who, {
      params: { question, appeal: id },
      body: { outcome, reply: 'U hebt gelijk.' },
    });

  it('are made once by the author, and restore the question when they are right', async () => {
    const question = await ask();
    // a promise that is cancelled as it starts never ran
    house.clock.advance(1000);
    ok(await remove(question));
    const decision = await decisionOf(question);
    expect(refusal(await appeal(decision, henk))).toBe('404 vraagbaak.decision-not-found');
    ok(await appeal(decision));
    expect(refusal(await appeal(decision))).toBe('409 vraagbaak.no-appeal');
    const [made] = (await pane(question)).appeals;
    expect((await pane(question)).item.attention.appealed).toBe(true);
    expect(refusal(await decide(question, made?.id ?? '', 'overturned', noor))).toBe(
      '403 vraagbaak.own-decision',
    );
    ok(await decide(question, made?.id ?? '', 'overturned'));
    expect(await seenBy(question, henk)).toBe('seen');
    expect((await page(question)).promise.state).toBe('running');
    expect(ok(await statement(decision, fatima))).toMatchObject({
      decision: { reversed: true },
      appeal: { outcome: 'overturned', reply: 'U hebt gelijk.' },
      mayAppeal: false,
    });
    expect(refusal(await decide(question, made?.id ?? '', 'upheld'))).toBe(
      '409 vraagbaak.appeal-decided',
    );
  });

  it('upheld leave things as they are', async () => {
    const question = await ask();
    ok(await remove(question));
    ok(await appeal(await decisionOf(question)));
    const [made] = (await pane(question)).appeals;
    ok(await decide(question, made?.id ?? '', 'upheld'));
    expect(await seenBy(question)).toBe('410 vraagbaak.question-gone');
  });

  it('are never decided by the author, editor or not', async () => {
    const question = await ask(noor);
    ok(await remove(question, johan));
    ok(await appeal(await decisionOf(question, noor), noor));
    const [made] = (await pane(question)).appeals;
    expect(refusal(await decide(question, made?.id ?? '', 'overturned', noor))).toBe(
      '403 vraagbaak.own-appeal',
    );
    // no other editor could: noor is its author
    ok(await decide(question, made?.id ?? '', 'overturned', johan));
    expect(await seenBy(question)).toBe('seen');
  });

  it('end when the decision is reversed meanwhile, whichever comes first', async () => {
    const question = await ask();
    ok(await remove(question));
    const decision = await decisionOf(question);
    const [restored, appealed] = await Promise.all([publish(question, johan), appeal(decision)]);
    ok(restored);
    if (!appealed.ok) expect(refusal(appealed)).toBe('409 vraagbaak.no-appeal');
    expect(await seenBy(question)).toBe('seen');
    const [made] = (await pane(question)).appeals;
    if (made) ok(await decide(question, made.id, 'overturned'));
    expect(await seenBy(question)).toBe('seen');
  });

  it('do not overturn a later decision that nobody disagreed with', async () => {
    const question = await ask();
    ok(await hide(question));
    const hidden = await decisionOf(question);
    house.clock.advance(MINUTE_MS);
    ok(await remove(question));
    ok(await appeal(hidden));
    const [made] = (await pane(question)).appeals;
    ok(await decide(question, made?.id ?? '', 'overturned'));
    expect(await seenBy(question)).toBe('410 vraagbaak.question-gone');
  });

  it('come too late after half a year', async () => {
    const question = await ask();
    ok(await remove(question));
    const decision = await decisionOf(question);
    house.clock.advance(184 * DAY_MS);
    expect(ok(await statement(decision, fatima)).mayAppeal).toBe(false);
    expect(refusal(await appeal(decision))).toBe('409 vraagbaak.no-appeal');
  });
});
