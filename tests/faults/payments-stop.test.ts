import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { connect, type Database } from '@wijk/db/kernel';
import { runningEmbedded } from '@wijk/infra/embedded';
import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { fundPayers, payOverHttp } from '../support/payers.ts';

let app: AppProcess | undefined;

afterEach(async () => {
  await app?.dispose();
  app = undefined;
});

const SLUG = 'elzenhof';
const ENV = { WIJK_MODE: 'demonstration', STRICT_LIMITS: 'no', LOG_LEVEL: 'warn' };

async function withDatabase<T>(dataDir: string, work: (db: Database) => Promise<T>): Promise<T> {
  const connections = runningEmbedded(dataDir);
  if (!connections) throw new Error('the database is not running');
  const db = connect({ url: connections.ownerUrl(), max: 2 });
  try {
    return await work(db);
  } finally {
    await db.$client.end();
  }
}

it('a stop among payments answers everybody: who was told yes has paid, who was not may press again', async () => {
  app = await startApp({ env: ENV });
  const payers = await withDatabase(app.dataDir, (db) => fundPayers(db, SLUG, 8));
  const paymentsOf = (dataDir: string) =>
    withDatabase(dataDir, async (db) => {
      const { rows } = await db.execute<{ n: number }>(
        sql`select count(*)::int as n from ledger.transfer where code = 'payment'`,
      );
      return rows[0]?.n ?? 0;
    });
  const already = await paymentsOf(app.dataDir);
  const agent = new Agent({ keepAlive: true, maxSockets: 80 });
  const pairs = Array.from({ length: 80 }, (_, n) => {
    const [payer, payee] = [payers[n % 8], payers[(n + 1) % 8]];
    if (!payer || !payee) throw new Error('there are no members');
    return { key: randomUUID(), payer, payee };
  });
  const press = (url: string) =>
    pairs.map(({ payer, payee, key }) =>
      payOverHttp({ url, agent, slug: SLUG }, payer, payee, key).catch(() => 0),
    );
  const before = press(app.url);
  expect(await Promise.race(before)).toBe(201);
  expect(await app.stop()).toBe(0);
  const statuses = await Promise.all(before);
  // paid, told that we are closing, or not taken any more; never an error of ours
  expect(statuses.filter((status) => ![201, 503, 0].includes(status))).toEqual([]);

  app = await startApp({ env: ENV, dataDir: app.dataDir, port: app.port });
  const kept = await withDatabase(app.dataDir, async (db) => {
    const { rows } = await db.execute<{ id: string }>(sql`select t.id from ledger.transfer t
      join wallet.payment p on p.wijk_id = t.wijk_id and p.id = t.id`);
    return new Set(rows.map(({ id }) => id));
  });
  const lost = pairs.filter(({ key }, n) => statuses[n] === 201 && !kept.has(key));
  expect(lost).toEqual([]);
  expect(await Promise.all(press(app.url))).toEqual(Array(80).fill(201));
  expect((await paymentsOf(app.dataDir)) - already).toBe(80);
  agent.destroy();
});
