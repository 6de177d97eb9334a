import { ROLES } from '@wijk/domain/identity';
import { DAY_MS, MINUTE_MS } from '@wijk/domain/kernel';
import { isoWeekOf } from '@wijk/domain/vraagbaak';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import { connect, type Database } from '../src/kernel/index.ts';
import { countDesk, listDesk, scoreByWeek } from '../src/vraagbaak/index.ts';
import { DEMONSTRATION_ACCOUNTS, DEMONSTRATION_WIJK } from './accounts.ts';
import { readQuestions } from './content.ts';
import { seedDemonstration } from './demonstration.ts';
import { minuteOfDay } from './schedule.ts';

const now = new Date('2026-11-25T13:30:00Z');
const NEIGHBOURS_ONLY = ['a060', 'a084', 'b021', 'b079', 'b088'];
const content = readQuestions();
const titleOf = (id: string) => content.find((question) => question.id === id)?.title ?? id;

let database: TestDatabase;
let db: Database;
let wijkId: string;

async function rows<T extends object>(query: ReturnType<typeof sql>, on = db): Promise<T[]> {
  return (await on.execute(query)).rows as T[];
}

async function count(query: ReturnType<typeof sql>): Promise<number> {
  const [row] = await rows<{ n: number }>(sql`select count(*)::int as n ${query}`);
  return row?.n ?? -1;
}

/** Every row of every table of the house, in one order. */
async function everything(on: Database): Promise<string> {
  let all = '';
  for (const { name } of await tables(on)) {
    const found = await rows<{ row: string }>(
      sql.raw(`select t::text as row from ${name} t order by 1`),
      on,
    );
    all += `${name}\n${found.map(({ row }) => row).join('\n')}\n`;
  }
  return all;
}

const tables = (on: Database) =>
  rows<{ name: string }>(
    sql`select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema in ('kernel', 'wijk', 'identity',
          'vraagbaak', 'notifications', 'demonstration', 'sealed') order by 1`,
    on,
  );

beforeAll(async () => {
  database = await testDatabase();
  await seedDemonstration(database.ownerUrl, { now });
  db = connect({ url: database.ownerUrl, max: 1 });
  const [wijk] = await rows<{ id: string }>(
    sql`select id from wijk.wijk where slug = ${DEMONSTRATION_WIJK.slug}`,
  );
  wijkId = wijk?.id ?? '';
});

afterAll(async () => {
  await db.$client.end();
  await database.drop();
});

describe('filling', () => {
  test('a second time changes nothing, also at another moment', async () => {
    const before = await everything(db);
    await seedDemonstration(database.ownerUrl, { now: new Date(now.getTime() + DAY_MS) });
    expect(await everything(db)).toBe(before);
  });

  test('the same moment gives the same rows, and two at once fill it once', async () => {
    const other = await testDatabase();
    await Promise.all([
      seedDemonstration(other.ownerUrl, { now }),
      seedDemonstration(other.ownerUrl, { now }),
    ]);
    const second = connect({ url: other.ownerUrl, max: 1 });
    expect((await everything(second)) === (await everything(db))).toBe(true);
    await second.$client.end();
    await other.drop();
  });

  test('everything of the content is there', async () => {
    expect(await count(sql`from vraagbaak.question`)).toBe(200);
    expect(await count(sql`from sealed.question_author`)).toBe(200);
    expect(await count(sql`from vraagbaak.promise`)).toBe(200);
    // three of the content's 229 wait for their answer this morning
    expect(await count(sql`from vraagbaak.answer`)).toBe(226);
    expect(await count(sql`from vraagbaak.question where status = 'removed'`)).toBe(8);
    expect(await count(sql`from wijk.theme`)).toBe(16);
  });

  test('residents talk, also as the asker without a name, and the counts are exact', async () => {
    const voices = await rows<{ capacity: string; n: number }>(
      sql`select capacity, count(*)::int as n from vraagbaak.comment group by 1`,
    );
    expect(voices.map(({ capacity }) => capacity).sort()).toEqual([
      'asker',
      'editor',
      'expert',
      'resident',
    ]);
    expect(
      await count(sql`from vraagbaak.comment c
        join vraagbaak.question q on q.wijk_id = c.wijk_id and q.id = c.question_id
        where c.capacity = 'asker' and q.visibility <> 'public'`),
    ).toBeGreaterThan(3);
    // nobody comments under a name on what they asked, nor finds their own answer useful
    expect(
      await count(sql`from vraagbaak.comment c join sealed.question_author a
        on a.wijk_id = c.wijk_id and a.question_id = c.question_id
        join vraagbaak.answer g on g.wijk_id = c.wijk_id and g.id = c.answer_id
        where c.membership_id = a.membership_id and g.membership_id <> c.membership_id`),
    ).toBe(0);
    expect(
      await count(sql`from vraagbaak.useful u
        join vraagbaak.answer g on g.wijk_id = u.wijk_id and g.id = u.answer_id
        join sealed.question_author a on a.wijk_id = g.wijk_id and a.question_id = g.question_id
        where u.membership_id in (g.membership_id, a.membership_id)`),
    ).toBe(0);
    expect(
      await count(sql`from vraagbaak.answer a where a.useful_count <> (
        select count(*) from vraagbaak.useful u where u.wijk_id = a.wijk_id and u.answer_id = a.id)`),
    ).toBe(0);
    expect(await count(sql`from vraagbaak.answer where useful_count > 2`)).toBeGreaterThan(20);
    expect(
      await count(sql`from vraagbaak.answer a where (a.edited_at is not null) <> exists (
        select from vraagbaak.reply_revision r where r.wijk_id = a.wijk_id and r.answer_id = a.id)`),
    ).toBe(0);
    expect(await count(sql`from vraagbaak.answer where format = 'markup'`)).toBe(1);
    expect(await count(sql`from vraagbaak.comment where published_at > ${now}`)).toBe(0);
  });

  test('history is not told again', async () => {
    expect(await count(sql`from kernel.event`)).toBe(0);
    expect(await count(sql`from kernel.delivery`)).toBe(0);
    expect(await count(sql`from notifications.mail`)).toBe(0);
    expect(await count(sql`from notifications.notice`)).toBe(0);
    // nor has the worker anything to catch up with
    expect(
      await count(sql`from vraagbaak.promise_step s
        join vraagbaak.promise p on p.wijk_id = s.wijk_id and p.question_id = s.question_id
        where s.done_at is null and s.due_at <= ${now} and p.cancelled_at is null and p.paused_at is null
          and (p.kept_at is null or s.kind = 'overdue')`),
    ).toBe(0);
  });

  test('nothing lies in the future, and people ask by day', async () => {
    const asked = await rows<{ at: string }>(
      sql`select submitted_at as at from vraagbaak.question where submitted_at < ${new Date(now.getTime() - DAY_MS)}`,
    );
    for (const { at } of asked) {
      expect(minuteOfDay(new Date(at))).toBeGreaterThanOrEqual(7 * 60);
      expect(minuteOfDay(new Date(at))).toBeLessThan(22 * 60 + 30);
    }
    expect(await count(sql`from vraagbaak.question where submitted_at > ${now}`)).toBe(0);
    expect(
      await count(sql`from vraagbaak.answer a
        join vraagbaak.question q on q.wijk_id = a.wijk_id and q.id = a.question_id
        where a.published_at > ${now} or a.published_at <= q.submitted_at
          or a.helpful_at > ${now} or a.helpful_at <= a.published_at
          or a.endorsed_at > ${now} or a.endorsed_at <= a.published_at`),
    ).toBe(0);
  });
});

describe('people', () => {
  test('every role has an account that holds it', async () => {
    expect(DEMONSTRATION_ACCOUNTS.map(({ role }) => role).sort()).toEqual([...ROLES].sort());
    for (const { role, email, name } of DEMONSTRATION_ACCOUNTS) {
      const held = await count(sql`from identity.person p
        join identity.membership m on m.person_id = p.id and m.wijk_id = ${wijkId}
        join identity.role_grant g on g.person_id = p.id and g.role = ${role} and g.valid_until is null
        where p.email = ${email} and p.name = ${name}`);
      expect(held, `${name}: ${role}`).toBe(1);
    }
  });

  test('every theme has an expert whose knowledge is verified', async () => {
    const without = await rows(sql`select slug from wijk.theme t where not exists (
      select from identity.expertise e
      join identity.membership m on m.wijk_id = e.wijk_id and m.id = e.membership_id
      join identity.role_grant g on g.person_id = m.person_id and g.role = 'expert'
      where e.wijk_id = t.wijk_id and e.theme = t.slug and e.source = 'verified')`);
    expect(without).toEqual([]);
  });

  test('addresses are nobody’s', async () => {
    const odd = await rows(
      sql`select email from identity.person where email !~ '^[a-z]+[.][a-z]+@voorbeeld[.]example$'`,
    );
    expect(odd).toEqual([]);
  });

  test('who answers as an expert or for the redactie holds that role', async () => {
    const odd = await rows(sql`select distinct a.author_name, a.capacity from vraagbaak.answer a
      join identity.membership m on m.wijk_id = a.wijk_id and m.id = a.membership_id
      where a.capacity <> 'resident' and not exists (
        select from identity.role_grant g where g.person_id = m.person_id and g.role = a.capacity)`);
    expect(odd).toEqual([]);
  });
});

describe('desk and promise', () => {
  test.each([
    '2026-11-25T13:30:00Z',
    '2026-11-23T02:00:00Z',
    '2027-03-28T05:40:00Z',
    '2027-01-01T22:59:00Z',
  ])('the desk has work of every kind at %s', async (moment) => {
    const at = new Date(moment);
    const other = await testDatabase();
    await seedDemonstration(other.ownerUrl, { now: at });
    const there = connect({ url: other.ownerUrl, max: 1 });
    const [wijk] = await rows<{ id: string }>(sql`select id from wijk.wijk`, there);
    const [marleen] = await rows<{ id: string }>(
      sql`select m.id from identity.membership m join identity.person p on p.id = m.person_id
          where p.name = 'Marleen Verhoeven'`,
      there,
    );
    const id = wijk?.id ?? '';
    const desk = await listDesk(there, id, marleen?.id ?? '', { filter: 'open', limit: 50 }, at);
    const counts = await countDesk(there, id, marleen?.id ?? '', at, 'Europe/Amsterdam');
    await there.$client.end();
    await other.drop();

    expect(desk.length).toBeGreaterThanOrEqual(8);
    expect(counts.mine).toBe(1);
    expect(counts['to-check']).toBe(5);
    const left = (due: Date) => (due.getTime() - at.getTime()) / MINUTE_MS;
    const kinds = {
      fresh: desk.filter((q) => !q.assignee && !q.toCheck && left(q.promise.dueAt) > 360),
      assigned: desk.filter((q) => q.assignee && left(q.promise.dueAt) > 360),
      nearly: desk.filter((q) => left(q.promise.dueAt) > 20 && left(q.promise.dueAt) < 40),
      overdue: desk.filter((q) => q.status === 'open' && !q.toCheck && left(q.promise.dueAt) < 0),
    };
    expect(kinds.fresh.length).toBeGreaterThanOrEqual(4);
    expect(kinds.assigned.length).toBeGreaterThanOrEqual(3);
    expect(kinds.nearly).toHaveLength(2);
    expect(kinds.overdue).toHaveLength(2);
  });

  test('what only neighbours answered is not kept', async () => {
    const found = await rows<{ to_check: boolean; kept: boolean; frozen_outcome: string | null }>(
      sql`select q.to_check, p.kept_at is not null as kept, p.frozen_outcome, q.status, q.answer_count
          from vraagbaak.question q join vraagbaak.promise p
            on p.wijk_id = q.wijk_id and p.question_id = q.id
          where q.title in (${sql.join(
            NEIGHBOURS_ONLY.map((id) => sql`${titleOf(id)}`),
            sql`, `,
          )})`,
    );
    expect(found).toHaveLength(5);
    expect(found.every((row) => row.to_check && !row.kept)).toBe(true);
    expect(found.map((row) => row.frozen_outcome).sort()).toEqual([
      'missed',
      'missed',
      'missed',
      'missed',
      null,
    ]);
  });

  test('a neighbour’s answer that was endorsed keeps it', async () => {
    const [row] = await rows<{ same: boolean; capacity: string }>(
      sql`select p.kept_at = a.endorsed_at as same, a.capacity from vraagbaak.promise p
          join vraagbaak.question q on q.wijk_id = p.wijk_id and q.id = p.question_id
          join vraagbaak.answer a on a.wijk_id = p.wijk_id and a.id = p.kept_by_answer_id
          where q.title = ${titleOf('b013')}`,
    );
    expect(row).toEqual({ same: true, capacity: 'resident' });
  });

  test('past weeks look like those of a good redactie', async () => {
    const { weeks } = await scoreByWeek(db, wijkId, { year: 2020, week: 1 }, null);
    const current = isoWeekOf(now, 'Europe/Amsterdam');
    const past = weeks.filter(({ year, week }) => year !== current.year || week !== current.week);
    expect(past).toHaveLength(7);
    for (const { kept, missed, running, medianMinutes } of past) {
      expect(running).toBe(0);
      expect(kept / (kept + missed)).toBeGreaterThanOrEqual(0.85);
      expect(medianMinutes).toBeGreaterThan(90);
      expect(medianMinutes).toBeLessThan(900);
    }
    const kept = past.reduce((sum, week) => sum + week.kept, 0);
    const counted = past.reduce((sum, week) => sum + week.kept + week.missed, 0);
    expect(kept / counted).toBeGreaterThan(0.88);
    expect(kept / counted).toBeLessThan(0.97);
  });

  test('each answered question counts its answers, and each term that ended is frozen', async () => {
    expect(
      await count(sql`from vraagbaak.question q where q.answer_count <> (
        select count(*) from vraagbaak.answer a where a.wijk_id = q.wijk_id and a.question_id = q.id)`),
    ).toBe(0);
    expect(
      await count(sql`from vraagbaak.promise
        where cancelled_at is null and (due_at <= ${now}) <> (frozen_outcome is not null)`),
    ).toBe(0);
  });
});

describe('who asked', () => {
  test('a049 is private', async () => {
    const found = await rows(
      sql`select visibility from vraagbaak.question where title = ${titleOf('a049')}`,
    );
    expect(found).toEqual([{ visibility: 'private' }]);
  });

  test('nobody answers or follows a question of their own', async () => {
    for (const table of ['answer', 'follow', 'assignment'])
      expect(
        await count(sql`from sealed.question_author s join ${sql.raw(`vraagbaak.${table}`)} t
          on t.wijk_id = s.wijk_id and t.question_id = s.question_id
          and t.membership_id = s.membership_id`),
      ).toBe(0);
  });

  test('no row outside the seal holds a question and its asker', async () => {
    const authors = await rows<{ question_id: string; membership_id: string; person_id: string }>(
      sql`select s.question_id, s.membership_id, m.person_id from sealed.question_author s
          join identity.membership m on m.wijk_id = s.wijk_id and m.id = s.membership_id`,
    );
    let looked = 0;
    for (const { name } of await tables(db)) {
      if (name === 'sealed.question_author') continue;
      const found = await rows<{ row: string }>(sql.raw(`select t::text as row from ${name} t`));
      looked += found.length;
      const byQuestion = new Map<string, string[]>();
      for (const { row } of found)
        for (const id of new Set(row.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []))
          byQuestion.set(id, [...(byQuestion.get(id) ?? []), row]);
      for (const author of authors)
        for (const row of byQuestion.get(author.question_id) ?? [])
          expect(
            row.includes(author.membership_id) || row.includes(author.person_id),
            `${name}: ${row}`,
          ).toBe(false);
    }
    expect(looked).toBeGreaterThan(1000);
  });
});
