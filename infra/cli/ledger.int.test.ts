import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { connect } from '@wijk/db/kernel';
import { sealBlock } from '@wijk/db/ledger';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BookOfTests } from '../../tests/support/book.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
let database: TestDatabase;
let owner: pg.Client;
const wijkId = randomUUID();

beforeAll(async () => {
  database = await testDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  for (const [id, slug] of [
    [wijkId, 'elzen'],
    [randomUUID(), 'molen'],
  ])
    await owner.query(
      `insert into wijk.wijk (id, slug, name, time_zone, created_at) values ($1, $2, $2, 'Europe/Amsterdam', now())`,
      [id, slug],
    );
  const db = connect({ url: database.appUrl, max: 1 });
  const book = new BookOfTests(db, wijkId, { seed: 5, start: new Date('2026-12-01T09:00:00Z') });
  await book.open(3);
  await book.live(15);
  await sealBlock(db, wijkId, book.at);
  await db.$client.end();
});

afterAll(async () => {
  await owner?.end();
  await database?.drop();
});

async function wijk(...words: string[]) {
  const env = { ...process.env, DATABASE_OWNER_URL: database.ownerUrl };
  const child = spawn(process.execPath, [main, ...words], { env });
  let [output, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, output, errors };
}

test('ledger verify counts what it read, shows the head, and ends with 0 when all is in order', async () => {
  const { code, output, errors } = await wijk('ledger', 'verify');
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(output).toMatch(/^elzen: 5 accounts, \d+ transfers, \d+ entries, 1 blocks, read in/m);
  expect(output).toMatch(/^ {2}Head of the chain: [0-9a-f]{64}$/m);
  expect(output).toMatch(/^molen: 0 accounts, 0 transfers, 0 entries, 0 blocks/m);
  expect((await wijk('ledger', 'verify', '--wijk', 'molen')).output).not.toContain('elzen');
});

test('ledger verify names the entry that was changed and ends with 1', async () => {
  const { rows } = await owner.query<{ account_id: string; version: string }>(
    'select account_id, version from ledger.leaf order by position offset 7 limit 1',
  );
  const [row] = rows;
  await owner.query('set session_replication_role = replica');
  await owner.query(
    'update ledger.entry set expected = expected + 1 where account_id = $1 and version = $2',
    [row?.account_id, row?.version],
  );
  const { code, output } = await wijk('ledger', 'verify', '--wijk', 'elzen');
  expect(code).toBe(1);
  expect(output).toContain(`Line ${row?.version} of account ${row?.account_id} was changed`);
});

test('ledger refuses what it does not know in one sentence', async () => {
  for (const words of [
    ['ledger', 'repair'],
    ['ledger', 'verify', '--wijk', 'nergens'],
    ['ledger'],
  ]) {
    const { code, output, errors } = await wijk(...words);
    expect({ code, output }, words.join(' ')).toEqual({ code: 1, output: '' });
    expect(errors.trim()).toMatch(/^[^\n]+$/);
  }
});
