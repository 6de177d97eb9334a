import { connect, type Database } from '@wijk/db/kernel';
import { createWijk, seedBulk } from '@wijk/db/seed';
import { countStatement, type DeskFilter, findOriginals, queueStatement } from '@wijk/db/vraagbaak';
import { type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/support/database.ts';

const NOW = new Date('2026-11-18T10:00:00Z');
const QUESTIONS = 5000;
const FILTERS: DeskFilter[] = [
  'open',
  'new',
  'mine',
  'assigned',
  'waiting',
  'to-check',
  'overdue',
  'attention',
  'answered',
];

let database: TestDatabase;
let db: Database;
let wijkId: string;
let member: string;

beforeAll(async () => {
  database = await testDatabase();
  const owner = connect({ url: database.ownerUrl, max: 1 });
  ({ id: wijkId } = await createWijk(owner, { slug: 'elzenhof', name: 'Elzenhof', now: NOW }));
  await seedBulk(database.ownerUrl, {
    wijkSlug: 'elzenhof',
    questions: QUESTIONS,
    open: QUESTIONS / 2,
    now: NOW,
  });
  const { rows } = await owner.$client.query<{ id: string }>(
    'select id from identity.membership limit 1',
  );
  member = rows[0]?.id ?? '';
  await owner.$client.end();
  db = connect({ url: database.appUrl, max: 2 });
}, 60_000);

afterAll(async () => {
  await db?.$client.end();
  await database?.drop();
});

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  Plans?: Node[];
}

/** What was read of each table, as "how table (rows)". */
async function planOf(statement: SQL): Promise<{ steps: Node[]; ms: number }> {
  const { rows } = await db.execute<Record<string, [{ Plan: Node; 'Execution Time': number }]>>(
    sql`explain (analyze, format json) ${statement}`,
  );
  const found = rows[0]?.['QUERY PLAN']?.[0];
  if (!found) throw new Error('no plan');
  const all = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(all)];
  return {
    steps: all(found.Plan).filter((node) => node['Relation Name']),
    ms: found['Execution Time'],
  };
}

const WIDE = ['question', 'answer', 'promise', 'assignment', 'membership', 'person'];

describe('the first screen of the desk', () => {
  it.each(FILTERS)('reads no wide table from end to end: %s', async (filter) => {
    const { steps } = await planOf(queueStatement(wijkId, member, { filter, limit: 21 }, NOW));
    for (const step of steps) {
      const read = step['Actual Rows'] * step['Actual Loops'];
      const wide = WIDE.includes(step['Relation Name'] ?? '');
      const scans = wide && step['Node Type'] === 'Seq Scan';
      expect([step['Relation Name'], step['Node Type'], scans]).toEqual([
        step['Relation Name'],
        step['Node Type'],
        false,
      ]);
      if (wide) expect(read).toBeLessThan(100);
    }
    if (filter === 'open')
      expect(steps.map((step) => step['Index Name'])).toContain('desk_entry_queue');
  });

  it.each(['open', 'attention', 'answered'] as const)(
    'keeps a plan without values that scans no wide table either: %s',
    async (filter) => {
      const statement = queueStatement(wijkId, member, { filter, limit: 21 }, NOW);
      const { sql: text } = new PgDialect().sqlToQuery(statement);
      const { rows } = await db.$client.query<{ 'QUERY PLAN': string }>(
        `explain (generic_plan) ${text}`,
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).not.toMatch(/Seq Scan on (question|promise|assignment|membership|person)\b/);
    },
  );

  it('counts on the narrow rows alone, and on the index of kept promises', async () => {
    const { steps } = await planOf(countStatement(wijkId, member, NOW, 'Europe/Amsterdam'));
    expect(steps.map((step) => step['Relation Name']).sort()).toEqual(['desk_entry', 'promise']);
    expect(steps.find((step) => step['Relation Name'] === 'promise')?.['Index Name']).toBe(
      'promise_kept',
    );
  });

  it('goes on from a place in the queue without reading what lies before it', async () => {
    const { rows } = await db.execute<{ rank: number; at: string; id: string }>(sql`
      select rank, sort_at as at, question_id as id from vraagbaak.desk_entry
      where wijk_id = ${wijkId} order by rank, sort_at, question_id offset 2000 limit 1`);
    const [place] = rows;
    if (!place) throw new Error('no place');
    const after = { rank: place.rank, at: new Date(place.at), id: place.id };
    const { steps } = await planOf(
      queueStatement(wijkId, member, { filter: 'open', limit: 21, after }, NOW),
    );
    const queue = steps.find((step) => step['Relation Name'] === 'desk_entry');
    expect([queue?.['Index Name'], queue?.['Actual Rows']]).toEqual(['desk_entry_queue', 21]);
  });
});

describe('originals', () => {
  it('are at most eight, found within a moment', async () => {
    const startedAt = performance.now();
    const found = await findOriginals(db, wijkId, {
      questionId: '00000000-0000-4000-8000-000000000000',
      words: 'Wie kan mij helpen met de belasting en de formulieren van de gemeente?',
    });
    expect(found).toHaveLength(8);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
