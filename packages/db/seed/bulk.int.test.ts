import { DomainError } from '@wijk/domain/kernel';
import { DEFAULT_CALENDAR, DEFAULT_POLICY } from '@wijk/domain/wijk';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import { connect, type Database } from '../src/kernel/index.ts';
import { countOpen } from '../src/vraagbaak/index.ts';
import { seedBulk } from './bulk.ts';
import { createWijk } from './wijk.ts';

const now = new Date('2026-11-25T13:30:00Z');
let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await testDatabase();
  db = connect({ url: database.ownerUrl, max: 1 });
});

afterAll(async () => {
  await db.$client.end();
  await database.drop();
});

test('a wijk is ready to be asked', async () => {
  const wijk = await createWijk(db, { slug: 'noord', name: 'Noord', host: 'noord.example', now });
  expect(wijk).toMatchObject({ slug: 'noord', timeZone: 'Europe/Amsterdam', createdAt: now });
  const { rows } = await db.execute(sql`select
    (select count(*)::int from wijk.theme where wijk_id = ${wijk.id}) as themes,
    (select array_agg(weekday order by weekday) from wijk.calendar_period where wijk_id = ${wijk.id}) as days,
    (select json_build_object('v', version, 'm', term_minutes, 's', steps)
      from wijk.promise_policy where wijk_id = ${wijk.id}) as policy`);
  expect(rows[0]).toEqual({
    themes: 16,
    days: [1, 2, 3, 4, 5],
    policy: { v: 1, m: 1440, s: DEFAULT_POLICY.steps },
  });
});

test('a wijk may have its own themes and days; a calendar that cannot be is refused', async () => {
  const exceptions = [{ date: '2026-12-24', label: 'Kerstavond', periods: [] }];
  const { id } = await createWijk(db, {
    slug: 'zuid',
    name: 'Zuid',
    themes: [{ slug: 'wonen', name: 'Wonen' }],
    calendar: { ...DEFAULT_CALENDAR, exceptions },
    now,
  });
  const { rows } = await db.execute(
    sql`select label, periods from wijk.calendar_exception where wijk_id = ${id}`,
  );
  expect(rows).toEqual([{ label: 'Kerstavond', periods: [] }]);
  const calendar = { ...DEFAULT_CALENDAR, periods: [] };
  await expect(createWijk(db, { slug: 'west', name: 'West', calendar, now })).rejects.toThrow(
    DomainError,
  );
});

test('bulk questions are whole, and as many are open as was asked for', async () => {
  const { id } = await createWijk(db, { slug: 'groot', name: 'Groot', now });
  const given = { wijkSlug: 'groot', questions: 1000, answersEach: 4, open: 30, now };
  await seedBulk(database.ownerUrl, given);
  expect(await countOpen(db, id, now, null)).toEqual({ open: 30, overdue: 0 });
  const { rows } = await db.execute(sql`select
    (select count(*)::int from vraagbaak.question where wijk_id = ${id}) as questions,
    (select count(distinct ref)::int from vraagbaak.question where wijk_id = ${id}) as refs,
    (select count(*)::int from vraagbaak.question where wijk_id = ${id}
      and (length(title) > 120 or ref !~ '^[0-9a-hjkmnp-tv-z]{8}$')) as odd,
    (select count(*)::int from vraagbaak.answer where wijk_id = ${id}) as answers,
    (select count(*)::int from sealed.question_author where wijk_id = ${id}) as authors,
    (select count(*)::int from vraagbaak.promise where wijk_id = ${id} and frozen_outcome = 'kept') as kept,
    (select count(*)::int from vraagbaak.promise_step where wijk_id = ${id} and done_at is null) as steps,
    (select count(*)::int from vraagbaak.promise p left join vraagbaak.answer a
      on a.wijk_id = p.wijk_id and a.id = p.kept_by_answer_id and a.published_at = p.kept_at
      where p.wijk_id = ${id} and p.kept_at is not null and a.id is null) as unkept,
    (select count(*)::int from vraagbaak.answer a left join vraagbaak.question q
      on q.wijk_id = a.wijk_id and q.id = a.question_id
      left join identity.membership m on m.wijk_id = a.wijk_id and m.id = a.membership_id
      where q.id is null or m.id is null) as orphans`);
  expect(rows[0]).toEqual({
    questions: 1000,
    refs: 1000,
    odd: 0,
    answers: 970 * 4,
    authors: 1000,
    kept: 970,
    steps: 30 * 5,
    unkept: 0,
    orphans: 0,
  });
  await seedBulk(database.ownerUrl, { ...given, questions: 100, open: 0, seed: 2 });
  expect(await countOpen(db, id, now, null)).toEqual({ open: 30, overdue: 0 });
});
