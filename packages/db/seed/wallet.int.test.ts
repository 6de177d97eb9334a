import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import { seedDemonstration } from './index.ts';

/** The wallets of the demonstration: a book that comes to nothing, and pages with something on them. */

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  await seedDemonstration(database.ownerUrl, { now: new Date('2026-12-01T10:00:00Z') });
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
}, 60_000);
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

const one = async (query: string) => (await client.query(query)).rows[0];

it('comes to nothing, and every payment has its transfer with the same legs', async () => {
  expect(
    await one('select sum(credits_posted - debits_posted)::int as sum from ledger.account'),
  ).toEqual({ sum: 0 });
  expect(
    await one(`select count(*)::int as n from wallet.payment p
      where p.amount <> (select sum(e.posted) from ledger.entry e
        where e.wijk_id = p.wijk_id and e.transfer_id = p.id and e.debit)`),
  ).toEqual({ n: 0 });
  expect(
    await one(`select count(*)::int as n from wallet.lot_spending s
      join ledger.entry e on e.wijk_id = s.wijk_id and e.transfer_id = s.payment_id
        and e.account_id = s.lot_id
      where e.posted <> s.amount`),
  ).toEqual({ n: 0 });
});

it('has eight weeks behind it: payments in every one, spent budgets, and matters that are open', async () => {
  const { weeks, payments, spent } = await one(`select
      count(distinct date_trunc('week', at))::int as weeks, count(*)::int as payments,
      sum(earmarked)::int as spent from wallet.payment`);
  expect(weeks).toBeGreaterThanOrEqual(7);
  expect(payments).toBeGreaterThan(80);
  expect(spent).toBeGreaterThan(0);
  expect(await one('select count(*)::int as n from ledger.hold')).toEqual({ n: 4 });
  expect(await one('select count(*)::int as n from wallet.pay_request')).toEqual({ n: 2 });
  expect(
    await one(`select count(*)::int as n from wallet.payment p join ledger.transfer t on t.id = p.id
      where p.at <> t.at`),
  ).toEqual({ n: 0 });
});
