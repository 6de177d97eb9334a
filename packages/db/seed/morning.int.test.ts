import { DAY_MS, MINUTE_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import { connect, type Database } from '../src/kernel/index.ts';
import { countDesk, listDesk } from '../src/vraagbaak/index.ts';
import { seedDemonstration } from './demonstration.ts';
import { localDate } from './schedule.ts';

/** A morning, the middle of the night, the hour that summer time skips, and New Year's evening. */
const MOMENTS = [
  '2026-11-25T08:10:00Z',
  '2026-11-23T02:00:00Z',
  '2027-03-28T05:40:00Z',
  '2027-01-01T22:59:00Z',
];

describe.each(MOMENTS)('the desk on first start at %s', (moment) => {
  const now = new Date(moment);
  let database: TestDatabase;
  let db: Database;
  let wijkId: string;

  const rows = async <T extends object>(query: ReturnType<typeof sql>): Promise<T[]> =>
    (await db.execute(query)).rows as T[];
  const count = async (query: ReturnType<typeof sql>): Promise<number> =>
    (await rows<{ n: number }>(sql`select count(*)::int as n ${query}`))[0]?.n ?? -1;

  beforeAll(async () => {
    database = await testDatabase();
    await seedDemonstration(database.ownerUrl, { now });
    db = connect({ url: database.ownerUrl, max: 1 });
    wijkId = (await rows<{ id: string }>(sql`select id from wijk.wijk`))[0]?.id ?? '';
  });

  afterAll(async () => {
    await db.$client.end();
    await database.drop();
  });

  test('has something of every kind', async () => {
    const [noor] = await rows<{ id: string }>(sql`select m.id from identity.membership m
      join identity.person p on p.id = m.person_id where p.name = 'Noor van der Horst'`);
    const desk = await listDesk(db, wijkId, noor?.id ?? '', { filter: 'open', limit: 50 }, now);
    const counts = await countDesk(db, wijkId, noor?.id ?? '', now, 'Europe/Amsterdam');
    expect(counts.waiting).toBe(1);
    expect(counts.new).toBeGreaterThanOrEqual(5);
    expect(counts.assigned).toBeGreaterThanOrEqual(6);
    expect(counts.attention).toBe(6);
    const kinds = Object.keys(desk[0]?.attention ?? {}) as (keyof (typeof desk)[0]['attention'])[];
    const each = Object.fromEntries(
      kinds.map((kind) => [kind, desk.filter((item) => item.attention[kind]).length]),
    );
    expect(each).toEqual({
      urgent: 1,
      held: 1,
      hidden: 1,
      flagged: 2,
      appealed: 1,
      mailRefused: 1,
    });
    expect(desk[0]?.attention.urgent).toBe(true);
    expect(desk.filter(({ own }) => own)).toEqual([]);
  });

  test('one waits for the asker and one has a reply; both gave the promise its time back', async () => {
    const asked = await rows<Record<string, unknown>>(sql`
      select b.reply is not null as replied, b.end_reason, p.paused_at is not null as paused,
        p.due_at > p.started_at + interval '24 hours' as moved,
        p.due_at - p.started_at - interval '24 hours' = b.ended_at - b.asked_at as by_the_pause,
        (select string_agg(e.kind, ' ' order by e.at) from vraagbaak.promise_event e
          where e.question_id = b.question_id and e.kind in ('paused', 'resumed')) as events
      from vraagbaak.ask_back b join vraagbaak.promise p using (wijk_id, question_id)
      order by replied`);
    expect(asked).toEqual([
      {
        replied: false,
        end_reason: null,
        paused: true,
        moved: false,
        by_the_pause: null,
        events: 'paused',
      },
      {
        replied: true,
        end_reason: 'replied',
        paused: false,
        moved: true,
        by_the_pause: true,
        events: 'paused resumed',
      },
    ]);
  });

  test('a duplicate is kept by the answer to the question in its place, from the marking on', async () => {
    expect(
      await rows(sql`select p.kept_at = a.at as at_marking, p.kept_by_answer_id = op.kept_by_answer_id as by_it,
          o.status, o.submitted_at < d.submitted_at as earlier
        from vraagbaak.question d join vraagbaak.question o on o.id = d.duplicate_of
        join vraagbaak.promise p on p.question_id = d.id join vraagbaak.promise op on op.question_id = o.id
        join vraagbaak.desk_action a on a.question_id = d.id and a.kind = 'duplicate'
        where d.status = 'duplicate'`),
    ).toEqual([{ at_marking: true, by_it: true, status: 'answered', earlier: true }]);
  });

  test('whatever is out of view has a decision that says why, and nobody decided on their own', async () => {
    expect(
      await count(sql`from vraagbaak.question q where (q.status = 'removed' or q.moderation <> 'shown')
        and (select count(*) from vraagbaak.moderation_decision d where d.question_id = q.id
          and d.kind = case when q.status = 'removed' then 'removed' else q.moderation end) <> 1`),
    ).toBe(0);
    expect(
      await count(sql`from vraagbaak.moderation_decision d join sealed.question_author s using (question_id)
        where d.decided_by = s.membership_id`),
    ).toBe(0);
    expect(
      await count(sql`from vraagbaak.flag f join sealed.question_author s using (question_id)
        where f.membership_id = s.membership_id`),
    ).toBe(0);
    expect(
      await count(sql`from vraagbaak.appeal a join vraagbaak.moderation_decision d on d.id = a.decision_id
        where d.kind = 'removed' and a.at > d.at and a.at <= ${now}`),
    ).toBe(1);
  });

  test('the audit counts every change, and ends with how the question stands', async () => {
    expect(
      await count(sql`from vraagbaak.question q where q.desk_version <>
        (select count(*) from vraagbaak.desk_action a where a.question_id = q.id) +
        (select count(*) from vraagbaak.assignment s where s.question_id = q.id and s.end_reason = 'passed-on')`),
    ).toBe(0);
    expect(
      await count(sql`from vraagbaak.question q join lateral (
          select a.after from vraagbaak.desk_action a where a.question_id = q.id
          order by (a.after ->> 'deskVersion')::int desc limit 1) last on true
        where (last.after ->> 'duplicateOf') is distinct from q.duplicate_of::text
          or (last.after ->> 'moderation') <> q.moderation
          or ((last.after ->> 'status') <> q.status and q.status <> 'answered')`),
    ).toBe(0);
    expect(await count(sql`from vraagbaak.desk_action where at > ${now}`)).toBe(0);
  });

  test('whom nobody heard from by half of the term was passed on, as the ladder does', async () => {
    const late = sql`from vraagbaak.promise p join vraagbaak.promise_step s using (wijk_id, question_id)
      join vraagbaak.assignment a using (wijk_id, question_id)
      where s.kind = 'second-expert' and a.assigned_at < s.due_at and s.due_at <= ${now}
        and p.paused_at is null and p.cancelled_at is null and (p.kept_at is null or p.kept_at > s.due_at)`;
    expect(await count(late)).toBeGreaterThanOrEqual(3);
    expect(await count(sql`${late} and a.end_reason is distinct from 'passed-on'`)).toBe(0);
    expect(
      await count(
        sql`from vraagbaak.assignment a where a.assigned_by is null and a.ended_at is null`,
      ),
    ).toBe(await count(late));
  });

  test('there is a roster with somebody on duty today, and texts to use again', async () => {
    const roster = await rows<{ date: string; name: string; started: boolean }>(
      sql`select d.date::text as date, p.name, d.started_at is not null as started from vraagbaak.duty d
        join identity.membership m on m.id = d.membership_id join identity.person p on p.id = m.person_id
        join identity.role_grant g on g.person_id = p.id and g.role = 'editor' order by d.date`,
    );
    const today = localDate(now);
    expect(roster.filter(({ date }) => date >= today)).toHaveLength(21);
    expect(roster.filter(({ date }) => date < today).every(({ started }) => started)).toBe(true);
    expect(roster.find(({ date }) => date === today)?.name).toBe('Noor van der Horst');
    expect(
      await count(sql`from vraagbaak.duty where started_at > ${now} or ended_at > ${now}`),
    ).toBe(0);
    expect(await count(sql`from vraagbaak.saved_answer where body like '%{{naam}}%'`)).toBe(12);
    expect(await count(sql`from vraagbaak.saved_answer where updated_at > ${now}`)).toBe(0);
    expect(
      await count(sql`from vraagbaak.saved_answer s where s.theme is not null
        and not exists (select from wijk.theme t where t.slug = s.theme)`),
    ).toBe(0);
  });

  test('nothing of it lies in the future or before it was asked', async () => {
    const moments = sql`from vraagbaak.question q join (
        select question_id, asked_at as at from vraagbaak.ask_back
        union all select question_id, ended_at from vraagbaak.ask_back where ended_at is not null
        union all select question_id, at from vraagbaak.flag
        union all select question_id, at from vraagbaak.moderation_decision
        union all select question_id, at from vraagbaak.question_revision
        union all select question_id, assigned_at from vraagbaak.assignment
      ) h on h.question_id = q.id`;
    expect(await count(moments)).toBeGreaterThan(20);
    expect(await count(sql`${moments} where h.at > ${now} or h.at < q.submitted_at`)).toBe(0);
    expect(
      await count(sql`from vraagbaak.question where urgent_at is not null and urgent_seen_at is null
        and submitted_at > ${new Date(now.getTime() - DAY_MS / 2 - 5 * MINUTE_MS)} and visibility = 'private'`),
    ).toBe(1);
  });
});
