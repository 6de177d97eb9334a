import type { Contract, Outcome } from '@wijk/contracts';
import * as contract from '@wijk/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../../../tests/api/served-house.ts';
import { type Guest, type House, ok, openHouse } from '../../../../../tests/support/house.ts';

let house: House;
let fatima: Guest;
let noor: Guest;
let johan: Guest;
let anil: Guest;
let esra: Guest;

beforeAll(async () => {
  house = await openHouse();
  fatima = await house.guest('Fatima Amrani');
  noor = await house.guest('Noor van der Horst', ['editor']);
  johan = await house.guest('Johan Terpstra', ['editor']);
  anil = await house.guest('Anil Ramdin', ['expert']);
  esra = await house.guest('Esra Yilmaz', ['expert']);
});

afterAll(() => house?.close());

async function ask(title = 'Een vraag') {
  const body = { title, body: '', theme: 'zorg-regelen', visibility: 'public' as const };
  return ok(await house.call(contract.askQuestion, fatima, { body })).ref;
}
const version = async (question: string) =>
  ok(await house.call(contract.readDesk, noor, { params: { question } })).version;

/**
 * Both requests come in while a third transaction holds the question; they are let go when both wait
 * for it, each on a connection of its own.
 */
async function atOnce<A, B>(
  question: string,
  one: () => Promise<A>,
  two: () => Promise<B>,
): Promise<[A, B]> {
  house.clock.advance(1000);
  const gate = await house.owner.$client.connect();
  try {
    await gate.query('begin');
    await gate.query('select from vraagbaak.question where ref = $1 for update', [question]);
    const both = Promise.all([one(), two()]);
    await until(async () => {
      // not on the gate: inside a transaction it would see the same list each time
      const { rows } = await house.owner.$client.query<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return (rows[0]?.n ?? 0) >= 2;
    });
    await gate.query('commit');
    return await both;
  } finally {
    gate.release();
  }
}

const NAMES = () => ({ [noor.name]: johan.name, [johan.name]: noor.name });

/** One won; the other was told the name of the one who did, and what. */
function expectOneTold(
  outcomes: readonly (readonly [Guest, Outcome<Contract>])[],
  code: string,
  kind: string,
): Guest {
  const winners = outcomes.filter(([, outcome]) => outcome.ok).map(([who]) => who);
  const told = outcomes.flatMap(([who, outcome]) =>
    outcome.ok ? [] : [[who.name, outcome.problem.code, outcome.problem.params] as const],
  );
  expect([winners.length, told.length]).toEqual([1, 1]);
  const [winner] = winners;
  if (!winner) throw new Error('nobody won');
  expect(told[0]).toEqual([NAMES()[winner.name], code, { name: winner.name, kind }]);
  return winner;
}

const actionsOf = async (question: string) =>
  (
    await house.owner.$client.query<{ kind: string; name: string }>(
      `select a.kind, p.name from vraagbaak.desk_action a join vraagbaak.question q on q.id = a.question_id
       join identity.membership m on m.id = a.actor_id join identity.person p on p.id = m.person_id
       where q.ref = $1 order by a.id`,
      [question],
    )
  ).rows;

describe('two editors at once', () => {
  it('claim: one has it, the other is told who', async () => {
    const question = await ask();
    const claim = (who: Guest) => () =>
      house.call(contract.claimQuestion, who, { params: { question } });
    const [one, two] = await atOnce(question, claim(noor), claim(johan));
    const winner = expectOneTold(
      [
        [noor, one],
        [johan, two],
      ],
      'vraagbaak.claimed-by-other',
      'claim',
    );
    expect(await actionsOf(question)).toEqual([{ kind: 'claim', name: winner.name }]);
    const { item } = ok(await house.call(contract.readDesk, winner, { params: { question } }));
    expect(item.claim).toMatchObject({ name: winner.name, mine: true });
  });

  it('assign: one expert is asked, by one mail', async () => {
    const question = await ask();
    const seen = await version(question);
    const assign = (who: Guest, expert: Guest) => () =>
      house.call(contract.assignQuestion, who, {
        params: { question },
        body: { expert: expert.membershipId, note: '', version: seen },
      });
    const [one, two] = await atOnce(question, assign(noor, anil), assign(johan, esra));
    const winner = expectOneTold(
      [
        [noor, one],
        [johan, two],
      ],
      'vraagbaak.changed-meanwhile',
      'assign',
    );
    const { rows } = await house.owner.$client.query(
      `select s.membership_id, s.ended_at from vraagbaak.assignment s
       join vraagbaak.question q on q.id = s.question_id where q.ref = $1`,
      [question],
    );
    const expert = winner === noor ? anil : esra;
    expect(rows).toEqual([{ membership_id: expert.membershipId, ended_at: null }]);
  });

  it('assign the same expert without having looked: the second is told', async () => {
    const question = await ask();
    const assign = (who: Guest) => () =>
      house.call(contract.assignQuestion, who, {
        params: { question },
        body: { expert: anil.membershipId, note: '' },
      });
    const [one, two] = await atOnce(question, assign(noor), assign(johan));
    expectOneTold(
      [
        [noor, one],
        [johan, two],
      ],
      'vraagbaak.already-assigned',
      'assign',
    );
  });

  it('edit: one title stands, with one revision', async () => {
    const question = await ask();
    const seen = await version(question);
    const edit = (who: Guest, title: string) => () =>
      house.call(contract.editQuestion, who, {
        params: { question },
        body: { title, theme: 'zorg-regelen', version: seen },
      });
    const [one, two] = await atOnce(question, edit(noor, 'Van Noor'), edit(johan, 'Van Johan'));
    const winner = expectOneTold(
      [
        [noor, one],
        [johan, two],
      ],
      'vraagbaak.changed-meanwhile',
      'edit',
    );
    const pane = ok(await house.call(contract.readDesk, noor, { params: { question } }));
    expect(pane.item.title).toBe(winner === noor ? 'Van Noor' : 'Van Johan');
    expect(pane.revisions).toHaveLength(1);
  });

  it('mark it as a duplicate of two questions: it is one of one', async () => {
    const [question, here, there] = [await ask(), await ask('Hier'), await ask('Daar')];
    const mark = (who: Guest, original: string) => () =>
      house.call(contract.markDuplicate, who, { params: { question }, body: { original } });
    const [one, two] = await atOnce(question, mark(noor, here), mark(johan, there));
    const winner = expectOneTold(
      [
        [noor, one],
        [johan, two],
      ],
      'vraagbaak.question-closed',
      'duplicate',
    );
    const page = ok(await house.call(contract.getQuestion, null, { params: { question } }));
    expect(page.duplicateOf?.ref).toBe(winner === noor ? here : there);
  });

  it('mark two questions as a duplicate of each other: no circle', async () => {
    const [left, right] = [await ask('Links'), await ask('Rechts')];
    const mark = (who: Guest, question: string, original: string) => () =>
      house.call(contract.markDuplicate, who, { params: { question }, body: { original } });
    const both = await Promise.all([mark(noor, left, right)(), mark(johan, right, left)()]);
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
    const { rows } = await house.owner.$client.query(
      'select ref from vraagbaak.question where ref = any($1) and duplicate_of is not null',
      [[left, right]],
    );
    expect(rows).toHaveLength(1);
  });

  it('edit and mark as a duplicate: whatever came second knows of the first', async () => {
    const [question, original] = [await ask(), await ask('Origineel')];
    const seen = await version(question);
    const [one, two] = await atOnce(
      question,
      () =>
        house.call(contract.editQuestion, noor, {
          params: { question },
          body: { title: 'Anders', theme: 'zorg-regelen', version: seen },
        }),
      () =>
        house.call(contract.markDuplicate, johan, {
          params: { question },
          body: { original, version: seen },
        }),
    );
    const winner = one.ok ? noor : johan;
    expectOneTold(
      [
        [noor, one],
        [johan, two],
      ],
      'vraagbaak.changed-meanwhile',
      winner === noor ? 'edit' : 'duplicate',
    );
    expect(await actionsOf(question)).toHaveLength(1);
  });

  it('endorse: it is endorsed once, and the second hears by whom', async () => {
    const question = await ask();
    const { id } = ok(
      await house.call(contract.answerQuestion, fatima, {
        params: { question },
        body: { body: 'Zelf gevonden.' },
      }),
    );
    const endorse = (who: Guest) => () =>
      house.call(contract.endorseAnswer, who, { params: { question, answer: id } });
    const [one, two] = await atOnce(question, endorse(noor), endorse(johan));
    const [first, second] = [ok(one), ok(two)];
    const winner = first.undo ? noor : johan;
    expect([first.undo, second.undo].filter(Boolean)).toHaveLength(1);
    expect(first.undo ? second.before : first.before).toBe(winner.name);
    expect(await actionsOf(question)).toEqual([{ kind: 'endorse', name: winner.name }]);
    const { rows } = await house.owner.$client.query(
      `select 1 from vraagbaak.promise_event e join vraagbaak.question q on q.id = e.question_id
       where q.ref = $1 and e.kind = 'kept'`,
      [question],
    );
    expect(rows).toHaveLength(1);
  });

  it('undo the same action twice: it is undone once', async () => {
    const question = await ask();
    const { undo } = ok(await house.call(contract.claimQuestion, noor, { params: { question } }));
    const call = () => house.call(contract.undoAction, noor, { params: { action: undo ?? '' } });
    const both = await Promise.all([call(), call()]);
    expect(both.map((outcome) => outcome.status)).toEqual([204, 204]);
    expect(await version(question)).toBe(2);
  });
});
