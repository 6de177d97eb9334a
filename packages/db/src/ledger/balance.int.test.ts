import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { connect, type Database } from '../kernel/index.ts';
import { openAccount, postTransfers } from './index.ts';

let database: TestDatabase;
let db: Database;
let owner: pg.Client;
const wijkId = randomUUID();
const AT = new Date('2026-12-01T09:00:00Z');

beforeAll(async () => {
  database = await testDatabase();
  db = connect({ url: database.appUrl });
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(
    `insert into wijk.wijk (id, slug, name, time_zone, created_at) values ($1, 'elzen', 'Elzen', 'Europe/Amsterdam', now())`,
    [wijkId],
  );
});
afterAll(async () => {
  await owner?.end();
  await db?.$client.end();
  await database?.drop();
});

/** Two accounts that owe each other as much as they like. */
async function pair() {
  const [a, b] = [randomUUID(), randomUUID()];
  for (const id of [a, b])
    await openAccount(
      db,
      { wijkId, id, kind: 'member', limits: { min: null, max: null, daily: null } },
      AT,
    );
  return { a, b };
}

async function pay(payer: string, payee: string): Promise<string> {
  const id = randomUUID();
  const legs = [
    { account: payer, side: 'debit', amount: 10 },
    { account: payee, side: 'credit', amount: 10 },
  ] as const;
  const request = { id, kind: 'single', code: 'payment', legs } as const;
  const [outcome] = await postTransfers(db, wijkId, [request], { at: AT, day: '2026-12-01' });
  expect(outcome).toEqual({ ok: true, repeated: false });
  return id;
}

describe('what is written into the book by hand, as its owner', () => {
  it('is refused at the commit where it does not come to nothing, and an entry that comes later at once', async () => {
    const { a, b } = await pair();
    const paid = await pay(a, b);
    const insert = async (
      legs: { account: string; debit: boolean; posted: number }[],
      id: string,
    ) => {
      for (const [i, leg] of legs.entries())
        await owner.query(
          `insert into ledger.entry values ($1, $2, $3, $4, $5, $6, 0, 0, 0, 0, now())`,
          [wijkId, leg.account, 900 + i, id, leg.debit, leg.posted],
        );
    };
    await expect(
      insert([{ account: randomUUID(), debit: false, posted: 5 }], paid),
    ).rejects.toMatchObject({ constraint: 'entry_whole' });
    const id = randomUUID();
    await owner.query('begin');
    await owner.query(
      `insert into ledger.transfer values ($1, $2, '\\x00', 'single', null, null, 'payment', null, 2, null, now())`,
      [wijkId, id],
    );
    await owner.query(
      `insert into ledger.entry values ($1, $3, 901, $2, true, 10, 0, 0, 0, 0, now()), ($1, $4, 902, $2, false, 11, 0, 0, 0, 0, now())`,
      [wijkId, id, a, b],
    );
    await expect(owner.query('commit')).rejects.toMatchObject({ constraint: 'transfer_balanced' });
    await owner.query('rollback');
  });

  it('is refused without entries, alone or among others, and no list is kept of what was looked at', async () => {
    const { a, b } = await pair();
    const add = (ids: string[]) =>
      owner.query(
        `insert into ledger.transfer select $1, id, '\\x00', 'single', null, null, 'payment', null, 2, null, now()
          from unnest($2::uuid[]) as t(id)`,
        [wijkId, ids],
      );
    await expect(add([randomUUID()])).rejects.toMatchObject({ constraint: 'transfer_balanced' });
    const [whole, empty] = [randomUUID(), randomUUID()];
    await owner.query('begin');
    await add([whole, empty]);
    await owner.query(
      `insert into ledger.entry values ($1, $3, 901, $2, true, 10, 0, 0, 0, 0, now()), ($1, $4, 902, $2, false, 10, 0, 0, 0, 0, now())`,
      [wijkId, whole, a, b],
    );
    await expect(owner.query('commit')).rejects.toMatchObject({ constraint: 'transfer_balanced' });
    await owner.query('rollback');
    await pay(a, b);
    const { rows } = await owner.query('select count(*)::int as n from ledger.to_balance');
    expect(rows).toEqual([{ n: 0 }]);
  });
});
