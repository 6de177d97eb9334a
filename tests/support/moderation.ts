import * as contract from '@wijk/contracts';
import { type Guest, type House, ok, openHouse, refusal } from './house.ts';

export const TEXT = { title: 'Fiets te koop', body: 'Wie wil mijn fiets kopen?', theme: 'wonen' };

/** A house with a few members and what tests of supervision do there, in few words. */
export async function openScene(options: Parameters<typeof openHouse>[0] = {}) {
  const house: House = await openHouse(options);
  const people = {
    fatima: await house.guest('Fatima Amrani'),
    henk: await house.guest('Henk Brouwer'),
    joop: await house.guest('Joop Visser'),
    anil: await house.guest('Anil Ramdin'),
    noor: await house.guest('Noor van der Horst', ['editor']),
    johan: await house.guest('Johan Terpstra', ['editor', 'chief-editor']),
    esra: await house.guest('Esra Yilmaz', ['expert']),
  };
  const { fatima, noor, johan } = people;

  const ask = async (who = fatima, change: Record<string, unknown> = {}) => {
    const body = { ...TEXT, visibility: 'public' as const, ...change };
    return ok(await house.call(contract.askQuestion, who, { body })).ref;
  };
  const answer = async (who: Guest, question: string, body = 'Kijk op het prikbord.') =>
    ok(await house.call(contract.answerQuestion, who, { params: { question }, body: { body } })).id;
  const page = async (question: string, who: Guest | null = null) =>
    ok(await house.call(contract.getQuestion, who, { params: { question } }));
  const seenBy = async (question: string, who: Guest | null = null) => {
    const outcome = await house.call(contract.getQuestion, who, { params: { question } });
    return outcome.ok ? 'seen' : refusal(outcome);
  };
  const listed = async (question: string) =>
    ok(await house.call(contract.listQuestions, null, { query: { limit: 50 } })).items.some(
      (item) => item.ref === question,
    );
  const because = (change: Record<string, unknown> = {}) => ({
    reason: 'off-topic' as const,
    message: 'De vraagbaak is er niet voor verkoop.',
    ...change,
  });
  const remove = (question: string, who = noor, change = {}) =>
    house.call(contract.removeQuestion, who, { params: { question }, body: because(change) });
  const hide = (question: string, who = noor) =>
    house.call(contract.hideQuestion, who, { params: { question }, body: because() });
  const publish = (question: string, who = noor) =>
    house.call(contract.publishQuestion, who, { params: { question }, body: { message: '' } });
  const undo = (action: string | null, who = noor) =>
    house.call(contract.undoAction, who, { params: { action: action ?? '' } });
  const flag = (question: string, who: Guest, reason: 'spam' | 'distress' = 'spam') =>
    house.call(contract.flagQuestion, who, { params: { question }, body: { reason, note: '' } });
  const pane = async (question: string, who = johan) =>
    ok(await house.call(contract.readDesk, who, { params: { question } }));
  const rows = async (sql: string, values: unknown[] = []) =>
    (await house.owner.$client.query(sql, values)).rows;
  const promiseOf = async (question: string) =>
    (
      await rows(
        `select p.* from vraagbaak.promise p join vraagbaak.question q
         on q.wijk_id = p.wijk_id and q.id = p.question_id where q.ref = $1`,
        [question],
      )
    )[0];
  const decisionOf = async (question: string, who = fatima) => {
    const [decision] = (await page(question, who)).decisions;
    if (!decision) throw new Error('nothing was decided');
    return decision.id;
  };
  const statement = (decision: string, who: Guest) =>
    house.call(contract.readStatement, who, { params: { decision } });

  return {
    ...people,
    house,
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
    flag,
    pane,
    rows,
    promiseOf,
    decisionOf,
    statement,
  };
}

export type Scene = Awaited<ReturnType<typeof openScene>>;
