import * as contract from '@wijk/contracts';
import { connect, type Database, sqlState } from '@wijk/db/kernel';
import { uuidv7 } from '@wijk/domain/kernel';
import fc from 'fast-check';
import type { PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../../../tests/api/served-house.ts';
import { expectDesk } from '../../../../../tests/support/desk-rows.ts';
import { type Guest, type House, ok, openHouse } from '../../../../../tests/support/house.ts';

let house: House;
let people: Guest[];
let questions: string[];
let answers: string[];
let decisions: string[];
let writers: Database;

beforeAll(async () => {
  house = await openHouse();
  people = [];
  for (const name of ['Eén', 'Twee', 'Drie', 'Vier'])
    people.push(await house.guest(`Buur ${name}`, ['expert', 'editor']));
  writers = house.owner;
  const asker = await house.guest('Fatima Amrani');
  for (let i = 0; i < 6; i += 1) {
    const body = {
      title: `Vraag ${i}`,
      body: '',
      theme: 'zorg-regelen',
      visibility: 'public' as const,
    };
    const { ref: question } = ok(await house.call(contract.askQuestion, asker, { body }));
    ok(
      await house.call(contract.answerQuestion, asker, {
        params: { question },
        body: { body: 'Zelf gezien.' },
      }),
    );
  }
  const ids = async (table: string) =>
    (
      await house.owner.$client.query<{ id: string }>(`select id from ${table} order by 1`)
    ).rows.map((row) => row.id);
  questions = await ids('vraagbaak.question');
  answers = await ids('vraagbaak.answer');
  for (const question of questions)
    await house.owner.$client.query(
      `insert into vraagbaak.moderation_decision (wijk_id, id, question_id, kind, reason, automated, at)
       values ($1, $2, $3, 'hidden', 'spam', true, $4)`,
      [house.wijk.id, uuidv7(house.clock.now()), question, house.clock.now()],
    );
  decisions = await ids('vraagbaak.moderation_decision');
});

afterAll(() => house?.close());

/** Which row, which change and what with; all of it by number, so that a run can be done again. */
type Change = readonly [question: number, kind: number, a: number, b: number];
const change: fc.Arbitrary<Change> = fc.tuple(fc.nat(5), fc.nat(11), fc.nat(7), fc.nat(7));

/** Changes by hand, past all rules of the application: the row has to be right whatever comes. */
async function apply(client: PoolClient, [q, kind, a, b]: Change): Promise<void> {
  const wijk = house.wijk.id;
  const id = questions[q];
  const at = new Date(house.clock.now().getTime() + a * 3_600_000);
  const member = people[b % 4]?.membershipId;
  const set = (columns: string, ...values: unknown[]) =>
    client.query(`update vraagbaak.question set ${columns} where wijk_id = $1 and id = $2`, [
      wijk,
      id,
      ...values,
    ]);
  const promise = (columns: string, ...values: unknown[]) =>
    client.query(
      `update vraagbaak.promise set ${columns} where wijk_id = $1 and question_id = $2`,
      [wijk, id, ...values],
    );
  if (kind === 11) await duplicate(client, [q, kind, a, b]);
  else if (kind === 0) {
    const status = ['open', 'answered', 'withdrawn', 'removed'][a % 4];
    await set('status = $3, duplicate_of = null', status);
  } else if (kind === 1) await set('moderation = $3', ['shown', 'held', 'hidden'][a % 3]);
  else if (kind === 2) await set('to_check = $3', a % 2 === 0);
  else if (kind === 3)
    await set('urgent_at = $3, urgent_seen_at = $4', a % 2 ? at : null, b % 2 ? at : null);
  else if (kind === 4)
    await set('claimed_by = $3, claimed_until = $4', ...(a % 3 ? [member, at] : [null, null]));
  else if (kind === 5) await keepOrNot(promise, a, b, at, answers[q]);
  else if (kind === 6)
    await promise('paused_at = $3, pause_ends_at = $4', ...(a % 2 ? [at, at] : [null, null]));
  else if (kind === 7) await assignOrEnd(client, wijk, id, a, member, at);
  else if (kind === 8)
    await client.query(
      `insert into vraagbaak.flag (wijk_id, id, question_id, membership_id, reason, at)
       values ($1, $2, $3, $4, 'spam', $5)
       on conflict (wijk_id, question_id, answer_id, comment_id, membership_id) do update
       set resolved_at = case when $6 then excluded.at end, outcome = case when $6 then 'upheld' end`,
      [wijk, uuidv7(at), id, member, at, a % 2 === 0],
    );
  else if (kind === 9)
    await client.query(
      `insert into vraagbaak.appeal (wijk_id, id, decision_id, question_id, body, at)
       values ($1, $2, $3, $4, '', $5) on conflict (wijk_id, decision_id) do update
       set decided_at = case when $6 then excluded.at end, outcome = case when $6 then 'upheld' end`,
      [wijk, uuidv7(at), decisions[q], id, at, a % 2 === 0],
    );
  else
    await client.query(
      'update vraagbaak.answer set hidden_at = $3, removed_at = $4 where wijk_id = $1 and id = $2',
      [wijk, answers[q], a % 2 ? at : null, b % 2 ? at : null],
    );
}

async function keepOrNot(
  promise: (columns: string, ...values: unknown[]) => Promise<unknown>,
  a: number,
  b: number,
  at: Date,
  answer: string | undefined,
) {
  if (b % 4 === 3) await promise('cancelled_at = $3', a % 2 ? at : null);
  else if (b % 4 === 2) await promise('due_at = $3', at);
  else
    await promise('kept_at = $3, kept_by_answer_id = $4', ...(a % 2 ? [at, answer] : [null, null]));
}

async function assignOrEnd(
  client: PoolClient,
  wijk: string,
  id: string | undefined,
  a: number,
  member: string | undefined,
  at: Date,
) {
  await client.query(
    `update vraagbaak.assignment set ended_at = $3, end_reason = 'undone'
     where wijk_id = $1 and question_id = $2 and ended_at is null`,
    [wijk, id, at],
  );
  if (a % 3 === 0) return;
  await client.query(
    `insert into vraagbaak.assignment
       (wijk_id, id, question_id, membership_id, assigned_at, link_expires_at, mail_refused_at)
     values ($1, $2, $3, $4, $5, $5, $6)`,
    [wijk, uuidv7(at), id, member, at, a % 3 === 1 ? at : null],
  );
}

async function inTransaction(work: (client: PoolClient) => Promise<unknown>, db = writers) {
  const client = await db.$client.connect();
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** Marks or unmarks a duplicate as the application does: all rows that take part locked in one order. */
async function duplicate(client: PoolClient, [q, , a]: Change): Promise<void> {
  const wijk = house.wijk.id;
  const id = questions[q] ?? '';
  const original = questions[(q + 1 + (a % 5)) % 6] ?? '';
  const lock =
    'select id, duplicate_of from vraagbaak.question where wijk_id = $1 and id = any($2) order by id for no key update';
  const { rows } = await client.query<{ id: string; duplicate_of: string | null }>(lock, [
    wijk,
    questions,
  ]);
  const free = (one: string) => rows.find((row) => row.id === one)?.duplicate_of === null;
  const isOriginal = rows.some((row) => row.duplicate_of === id);
  const marks = a % 2 === 1 && free(id) && free(original) && !isOriginal;
  await client.query(
    'update vraagbaak.question set status = $3, duplicate_of = $4 where wijk_id = $1 and id = $2',
    [wijk, id, marks ? 'duplicate' : 'open', marks ? original : null],
  );
}

async function waiting(): Promise<number> {
  const { rows } = await house.owner.$client.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows[0]?.n ?? 0;
}

const expectDeskIsRight = () => expectDesk(house.owner);

describe('the row of the desk', () => {
  it('is what a full recomputation says after any changes, and there is none with nothing to do', async () => {
    const sizes = new Set<number>();
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        for (const one of changes) await inTransaction((client) => apply(client, one));
        await inTransaction(async (client) => {
          for (const one of changes) await apply(client, one);
        });
        sizes.add(await expectDeskIsRight());
      }),
      { seed: 20261122, numRuns: 40 },
    );
    expect(sizes.size).toBeGreaterThan(1);
  }, 60_000);

  it('goes when the last thing is done', async () => {
    const wijk = house.wijk.id;
    await inTransaction(async (client) => {
      await client.query(`update vraagbaak.question set status = 'answered', moderation = 'shown',
        duplicate_of = null, to_check = false, urgent_at = null`);
      await client.query('update vraagbaak.promise set kept_at = now(), kept_by_answer_id = $1', [
        answers[0],
      ]);
      await client.query('update vraagbaak.answer set hidden_at = null');
      await client.query(`update vraagbaak.flag set resolved_at = at, outcome = 'upheld'`);
      await client.query(`update vraagbaak.appeal set decided_at = at, outcome = 'upheld'`);
    });
    const { rows } = await house.owner.$client.query(
      'select 1 from vraagbaak.desk_entry where wijk_id = $1',
      [wijk],
    );
    expect(rows).toEqual([]);
  });

  it('stands where the most pressing of its duplicates would, for as long as that one waits', async () => {
    const wijk = house.wijk.id;
    const [duplicateId, original] = questions;
    await inTransaction(async (client) => {
      await client.query(`update vraagbaak.question set status = 'open', duplicate_of = null`);
      await client.query('update vraagbaak.promise set kept_at = null, kept_by_answer_id = null');
      await client.query('update vraagbaak.promise set paused_at = null, pause_ends_at = null');
      await client.query(`update vraagbaak.promise set cancelled_at = null, due_at = '2027-01-02'`);
    });
    const change = (statement: string, ...values: unknown[]) =>
      inTransaction((client) => client.query(statement, [wijk, duplicateId, ...values]));
    const place = async () => {
      await expectDeskIsRight();
      const { rows } = await house.owner.$client.query<{ day: string }>(
        `select sort_at::date::text as day from vraagbaak.desk_entry where question_id = $1`,
        [original],
      );
      return rows[0]?.day;
    };
    const mark = `update vraagbaak.question set status = case when $3::uuid is null then 'open' else 'duplicate' end,
      duplicate_of = $3 where wijk_id = $1 and id = $2`;
    const promise = (columns: string) =>
      `update vraagbaak.promise set ${columns} where wijk_id = $1 and question_id = $2`;
    await change(mark, original);
    expect(await place()).toBe('2027-01-02');
    await change(promise(`due_at = '2027-01-01'`));
    expect(await place()).toBe('2027-01-01');
    await change(promise('kept_at = due_at, kept_by_answer_id = $3'), answers[0]);
    expect(await place()).toBe('2027-01-02');
    await change(promise('kept_at = null, kept_by_answer_id = null'));
    expect(await place()).toBe('2027-01-01');
    await change(mark, null);
    expect(await place()).toBe('2027-01-02');
    await change(mark, original);
    expect(await place()).toBe('2027-01-01');
  });

  it('counts both of two transactions at once that know nothing of each other', async () => {
    const [id] = questions;
    const wijk = house.wijk.id;
    await house.owner.$client.query('delete from vraagbaak.desk_entry');
    await inTransaction((client) => apply(client, [0, 0, 0, 0]));
    const one = await writers.$client.connect();
    const two = await writers.$client.connect();
    try {
      await one.query('begin');
      await two.query('begin');
      await apply(one, [0, 1, 1, 0]);
      await apply(two, [0, 8, 1, 3]);
      // the first has written its row and is not done yet when the second wants to
      await one.query('set constraints all immediate');
      const second = two.query('commit');
      await until(async () => (await waiting()) > 0);
      await one.query('commit');
      await second;
    } finally {
      one.release();
      two.release();
    }
    const { rows } = await house.owner.$client.query(
      'select held, flagged from vraagbaak.desk_entry where wijk_id = $1 and question_id = $2',
      [wijk, id],
    );
    expect(rows).toEqual([{ held: true, flagged: true }]);
  });

  it('is right after eight writers at once, and no two of them wait for each other', async () => {
    const db = connect({ url: String(house.owner.$client.options.connectionString), max: 8 });
    const states: string[] = [];
    const lock = 'select from vraagbaak.question where wijk_id = $1 and id = $2 for no key update';
    const write = async (one: Change, more: readonly Change[]) => {
      const [q, kind] = one;
      // a step of the promise and a flag lock nothing first; all else locks the question
      const loose = kind === 5 || kind === 6 || kind === 8;
      await inTransaction(async (client) => {
        if (kind === 0 || kind === 11) return duplicate(client, one);
        if (loose) return apply(client, one);
        await client.query(lock, [house.wijk.id, questions[q]]);
        for (const [, nextKind, a, b] of more)
          if (nextKind > 0 && nextKind < 11) await apply(client, [q, nextKind, a, b]);
      }, db).catch((error: unknown) => states.push(sqlState(error) ?? String(error)));
    };
    try {
      const sample = fc.sample(fc.tuple(change, fc.array(change, { maxLength: 4 })), {
        seed: 7,
        numRuns: 480,
      });
      const lanes = Array.from({ length: 8 }, (_, lane) =>
        sample.filter((_one, i) => i % 8 === lane),
      );
      await Promise.all(
        lanes.map(async (lane) => {
          for (const [one, more] of lane) await write(one, more);
        }),
      );
    } finally {
      await db.$client.end();
    }
    expect(states).toEqual([]);
    await house.owner.$client.query(
      'update vraagbaak.question set claimed_by = null, claimed_until = null',
    );
    await expectDeskIsRight();
  }, 60_000);
});
