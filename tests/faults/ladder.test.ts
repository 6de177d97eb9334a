import { setTimeout as pause } from 'node:timers/promises';
import { DEFAULT_POLICY } from '@wijk/domain/wijk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { removeDataDir, tempDataDir } from '../support/temp-dir.ts';
import {
  type Asked,
  answerSome,
  askMany,
  atWork,
  killAtRandom,
  openWithShortTerm,
  ownServer,
  seeded,
  spawnWorker,
} from './ladder-harness.ts';

/** Another one by LADDER_SEED; the moments of kills and answers follow from it. */
const SEED = Number(process.env.LADDER_SEED ?? 20261122);
const PLAIN = 36;
const STORM_MS = 36_000;

let database: TestDatabase;
let stage: Awaited<ReturnType<typeof openWithShortTerm>>;
let asked: Asked[];
let answered: string[];
let kills = 0;
const dirs = [tempDataDir(), tempDataDir()];

/** Everything has come due and been done. */
const settled = async () => {
  const [left] = await stage.sql(
    `select (select count(*) from vraagbaak.promise where frozen_outcome is null)
       + (select count(*) from vraagbaak.ask_back where ended_at is null)
       + (select count(*) from kernel.delivery where status = 'pending') as n`,
  );
  return Number(left.n) === 0;
};

beforeAll(async () => {
  database = await ownServer();
  stage = await openWithShortTerm(database);
  const random = seeded(SEED);
  // asking takes a while, and the workers some seconds to start
  const go = Date.now() + 14_000;
  asked = await askMany(stage, go, PLAIN);
  answered = random
    .shuffle(asked)
    .slice(0, 14)
    .map(({ ref }) => ref);
  const start = (dir: string) => () => spawnWorker(database, dir);
  await pause(Math.max(0, go - 1500 - Date.now()));
  const [answering, ...counts] = await Promise.all([
    answerSome(stage, answered, go, random),
    ...dirs.map((dir, i) => killAtRandom(start(dir), seeded(SEED + 1 + i), go + STORM_MS)),
  ]);
  expect(answering).toBeUndefined();
  kills = counts.reduce((sum, n) => sum + n, 0);
  // two that stay alive finish what is left
  const workers = await Promise.all(dirs.map((dir) => spawnWorker(database, dir)));
  await Promise.all(workers.map(atWork));
  const end = Date.now() + 45_000;
  while (!(await settled()) && Date.now() < end) await pause(200);
  await Promise.all(workers.map((worker) => worker.stop()));
}, 180_000);

afterAll(async () => {
  await stage?.house.close();
  await Promise.all(dirs.map(removeDataDir));
});

describe(`two workers, killed at random (seed ${SEED}, LADDER_SEED)`, () => {
  it('were killed often, and everything came to its end all the same', async () => {
    expect(kills).toBeGreaterThan(10);
    expect(await settled()).toBe(true);
    const [counts] = await stage.sql(
      `select (select count(*)::int from vraagbaak.promise) as promises,
         (select count(*)::int from vraagbaak.promise_step where done_at is null) as undone,
         (select count(*)::int from kernel.delivery where status <> 'done') as failed`,
    );
    expect(counts).toEqual({ promises: PLAIN + 12, undone: 0, failed: 0 });
  });

  it('did each step once, with its event and its line in the history', async () => {
    const told = await stage.sql(
      `select q.ref, e.payload ->> 'step' as step, count(*)::int as n
       from vraagbaak.question q join kernel.event e on e.type = 'promise.step-reached.v1'
         and e.payload ->> 'questionId' = q.id::text
       group by 1, 2`,
    );
    expect(told.filter(({ n }) => n > 1)).toEqual([]);
    const climbed = await stage.sql(
      `select q.ref, e.detail ->> 'step' as step, count(*)::int as n
       from vraagbaak.question q join vraagbaak.promise_event e on e.question_id = q.id
       where e.kind = 'step' group by 1, 2`,
    );
    expect(climbed.filter(({ n }) => n > 1)).toEqual([]);
    // what nobody answered went through the whole ladder
    const silent = asked.map(({ ref }) => ref).filter((ref) => !answered.includes(ref));
    const kinds = DEFAULT_POLICY.steps.map(({ kind }) => kind).sort();
    for (const ref of silent)
      expect(
        told
          .filter((t) => t.ref === ref)
          .map((t) => t.step)
          .sort(),
      ).toEqual(kinds);
    const of = (list: { ref: string; step: string }[]) =>
      list
        .filter(({ step }) => step !== 'overdue')
        .map(({ ref, step }) => `${ref} ${step}`)
        .sort();
    expect(of(climbed)).toEqual(of(told));
  });

  it('told each reader once of each step', async () => {
    const readers = await stage.sql(
      `select e.id, e.payload ->> 'step' as step, count(n.id)::int as n,
         count(distinct n.membership_id)::int as people
       from kernel.event e
       left join notifications.notice n on n.wijk_id = e.wijk_id and n.event_id = e.id
         and n.audience = 'member'
       where e.type = 'promise.step-reached.v1' group by 1, 2`,
    );
    expect(readers.length).toBeGreaterThan(100);
    expect(readers.filter(({ n, people }) => n !== people)).toEqual([]);
    const mails = await stage.sql(
      `select question_id, template, membership_id, params from notifications.mail
       where template in ('reminder', 'unassigned', 'alert', 'assigned')
       group by 1, 2, 3, 4 having count(*) > 1`,
    );
    // a reminder and an alert to the same reader differ in template; none is there twice but the two alerts
    expect(mails.filter(({ template }) => template !== 'alert')).toEqual([]);
  });

  it('asked a second expert once, and told of it once', async () => {
    const lists = await stage.sql(
      `select q.ref, array_agg(s.end_reason order by s.assigned_at, s.id) as ends,
         (select count(*)::int from kernel.event e where e.type = 'question.assigned.v1'
           and e.payload ->> 'questionId' = q.id::text) as events
       from vraagbaak.assignment s join vraagbaak.question q on q.id = s.question_id
       group by q.id, q.ref`,
    );
    expect(lists).toHaveLength(PLAIN / 3);
    expect(lists.filter(({ ends, events }) => ends.length !== events)).toEqual([]);
    const silent = lists.filter(({ ref }) => !answered.includes(ref));
    expect(silent.length).toBeGreaterThan(3);
    for (const { ends } of silent) expect(ends).toEqual(['passed-on', null]);
  });

  it('ended each pause once, at the exact end of its seven days', async () => {
    const pauses = await stage.sql(
      `select q.ref, b.end_reason, b.ended_at - b.asked_at = interval '7 days' as exact,
         (p.due_at - p.started_at) = interval '7 days 1 minute' as moved,
         (select count(*)::int from vraagbaak.promise_event e
           where e.question_id = q.id and e.kind = 'resumed') as resumed,
         (select count(*)::int from kernel.event e where e.type = 'question.ask-back-ended.v1'
           and e.payload ->> 'questionId' = q.id::text) as events
       from vraagbaak.ask_back b join vraagbaak.question q on q.id = b.question_id
       join vraagbaak.promise p on p.question_id = q.id`,
    );
    expect(pauses).toHaveLength(12);
    const expired = pauses.filter(({ end_reason }) => end_reason === 'expired');
    expect(expired.length).toBeGreaterThan(5);
    for (const one of expired)
      expect(one).toMatchObject({ exact: true, moved: true, resumed: 1, events: 1 });
    // an answer that came first ended the others
    for (const one of pauses.filter((p) => !expired.includes(p))) {
      expect(one).toMatchObject({ end_reason: 'answered', resumed: 1, events: 0 });
      expect(answered).toContain(one.ref);
    }
  });

  it('lost no answer that was given meanwhile: each outcome is what the answers say', async () => {
    const odd = await stage.sql(
      `select q.ref, p.kept_at, p.frozen_outcome, p.due_at, a.first
       from vraagbaak.promise p join vraagbaak.question q on q.id = p.question_id
       left join lateral (select min(published_at) as first from vraagbaak.answer a
         where a.question_id = q.id and a.removed_at is null) a on true
       where p.kept_at is distinct from a.first
         or p.frozen_outcome is distinct from
           case when a.first <= p.due_at then 'kept' else 'missed' end`,
    );
    expect(odd).toEqual([]);
    const outcomes = await stage.sql(
      `select frozen_outcome, count(*)::int as n from vraagbaak.promise group by 1`,
    );
    const frozen = await stage.sql(
      `select question_id from vraagbaak.promise_event where kind = 'frozen'
       group by 1 having count(*) > 1`,
    );
    expect(outcomes.length).toBeGreaterThan(0);
    expect(frozen).toEqual([]);
  });
});
