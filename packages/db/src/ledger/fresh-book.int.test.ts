import { randomUUID } from 'node:crypto';
import type { TransferRequest } from '@wijk/domain/ledger';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { connect, type Database } from '../kernel/index.ts';
import { openAccount, postTransfers } from './index.ts';

/** A book without statistics, as it is in its first minutes: plans are those of empty tables. */

let database: TestDatabase;
let db: Database;
const wijkId = randomUUID();
const AT = new Date('2026-12-01T09:00:00Z');
const BATCHES = 30;
const SIZE = 20;
const accounts = Array.from({ length: 100 }, () => randomUUID());

beforeAll(async () => {
  database = await testDatabase();
  // one connection, so that plans and counters are those of what was posted
  db = connect({ url: database.appUrl, max: 1 });
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(
    `insert into wijk.wijk (id, slug, name, time_zone, created_at) values ($1, 'elzen', 'Elzen', 'Europe/Amsterdam', now())`,
    [wijkId],
  );
  for (const table of ['transfer', 'entry', 'account', 'hold'])
    await owner.query(`alter table ledger.${table} set (autovacuum_enabled = off)`);
  await owner.end();
  for (const id of accounts)
    await openAccount(
      db,
      { wijkId, id, kind: 'member', limits: { min: null, max: null, daily: null } },
      AT,
    );
});
afterAll(async () => {
  await db?.$client.end();
  await database?.drop();
});

const legs = (nr: number) => [
  { account: accounts[nr % 100] ?? '', side: 'debit' as const, amount: 10 },
  { account: accounts[(nr + 7) % 100] ?? '', side: 'credit' as const, amount: 10 },
];
const batch = (kind: (nr: number) => TransferRequest) =>
  postTransfers(
    db,
    wijkId,
    Array.from({ length: SIZE }, (_, nr) => kind(nr)),
    { at: AT, day: '2026-12-01' },
  );

/** Rows that were read of the tables of the book so far. */
async function rowsRead(): Promise<number> {
  await db.$client.query('select pg_stat_force_next_flush()');
  const { rows } = await db.$client.query<{ n: string }>(
    `select sum(coalesce(idx_tup_fetch, 0) + coalesce(seq_tup_read, 0))::text as n
      from pg_stat_user_tables where schemaname = 'ledger'`,
  );
  return Number(rows[0]?.n);
}

describe('a new book', () => {
  it('reads a few rows for each payment, however many there are before its first statistics', async () => {
    const pending: string[] = [];
    const kinds: ((nr: number) => TransferRequest)[] = [
      (nr) => ({ id: randomUUID(), kind: 'single', code: 'payment', legs: legs(nr) }),
      (nr) => {
        const id = randomUUID();
        pending.push(id);
        return { id, kind: 'pending', code: 'order', legs: legs(nr), expiresAt: null };
      },
      () => ({ id: randomUUID(), kind: 'post', code: 'order', pending: pending.shift() ?? '' }),
    ];
    for (let i = 0; i < BATCHES; i += 1)
      for (const kind of kinds) expect((await batch(kind)).every(({ ok }) => ok)).toBe(true);
    for (const kind of kinds) {
      const before = await rowsRead();
      await batch(kind);
      const each = ((await rowsRead()) - before) / SIZE;
      // accounts and transfer, a few times each; it was hundreds, and grew
      expect(each).toBeGreaterThan(2);
      expect(each).toBeLessThan(30);
    }
  });
});
