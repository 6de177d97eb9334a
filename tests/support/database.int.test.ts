import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from './database.ts';

let first: TestDatabase;
let second: TestDatabase;

beforeAll(async () => {
  [first, second] = await Promise.all([testDatabase(), testDatabase()]);
});

afterAll(async () => {
  await Promise.all([first.drop(), second.drop()]);
});

test('every test file works on a migrated database of its own', async () => {
  await query(first.ownerUrl, 'CREATE TABLE only_here ()');
  expect(
    await query(first.ownerUrl, "SELECT to_regclass('only_here') IS NOT NULL AS there"),
  ).toEqual([{ there: true }]);
  expect(await query(second.ownerUrl, "SELECT to_regclass('only_here') IS NULL AS absent")).toEqual(
    [{ absent: true }],
  );
  expect(await query(second.appUrl, 'SELECT current_user AS role')).toEqual([{ role: 'wijk_app' }]);
});

async function query(connectionString: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
