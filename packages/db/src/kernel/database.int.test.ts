import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { connect, type Database, inTransaction, isUnreachable } from './database.ts';

let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await testDatabase();
  db = connect({ url: database.appUrl, max: 1 });
});

afterAll(async () => {
  await db?.$client.end();
  await database?.drop();
});

const one = () => inTransaction(db, async (tx) => (await tx.execute(sql`select 1 as n`)).rows);
const failure = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error) => error,
  );

describe('a transaction on a connection that breaks', () => {
  it('before it begins: the pool does not lose the connection for ever', async () => {
    expect(await one()).toEqual([{ n: 1 }]);
    db.$client.once('acquire', (client) => {
      (
        client as unknown as { connection: { stream: { destroy(): void } } }
      ).connection.stream.destroy();
    });
    expect(isUnreachable(await failure(one()))).toBe(true);
    expect(await one()).toEqual([{ n: 1 }]);
  });

  it('on the way: it fails for that reason, not because it could not be rolled back', async () => {
    const broken = inTransaction(db, async (tx) => {
      await tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`);
    });
    const error = await failure(broken);
    expect(isUnreachable(error)).toBe(true);
    expect(String(error.cause)).toMatch(/terminat/);
    expect(await one()).toEqual([{ n: 1 }]);
  });

  it('fails with the error of its work where the connection is sound', async () => {
    const error = new Error('no');
    expect(await failure(inTransaction(db, () => Promise.reject(error)))).toBe(error);
    expect(await one()).toEqual([{ n: 1 }]);
  });
});
