import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { connect, type Database } from '@wijk/db/kernel';
import { inSnapshot, verifyBook } from '@wijk/db/ledger';
import { findWrongDay, readPublished } from '@wijk/db/wallet';
import { runningEmbedded } from '@wijk/infra/embedded';
import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { dice } from '../../packages/db/src/ledger/test/dice.ts';
import { type AppOptions, type AppProcess, startApp } from '../support/app-process.ts';
import { fundPayers, type Payer, payOverHttp } from '../support/payers.ts';

/**
 * kill -9 of the whole application while people pay over HTTP. Each client keeps its own list of what it was
 * told, and presses again with the same key until it is told something.
 */
const CLIENTS = 8;
const SLUG = 'elzenhof';
const AMOUNT = 10;
const ENV = { WIJK_MODE: 'demonstration', STRICT_LIMITS: 'no', LOG_LEVEL: 'warn' };

let app: AppProcess | undefined;

afterEach(async () => {
  await app?.dispose();
  app = undefined;
});

interface Press {
  key: string;
  payer: Payer;
  payee: Payer;
  confirmed: boolean;
}

async function withDatabase<T>(dataDir: string, work: (db: Database) => Promise<T>): Promise<T> {
  const connections = runningEmbedded(dataDir);
  if (!connections) throw new Error('the database is not running');
  const db = connect({ url: connections.ownerUrl(), max: 2, role: 'wijk_app' });
  try {
    return await work(db);
  } finally {
    await db.$client.end();
  }
}

/** Pays one of the others after the other; whatever is not a yes is pressed again. */
async function payOn(
  nr: number,
  payers: readonly Payer[],
  { url, going, presses }: { url: string; going: () => boolean; presses: Press[] },
): Promise<void> {
  const own = dice(nr);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const payer = payers[nr];
  const others = payers.filter((one) => one !== payer);
  while (payer && going()) {
    const payee = own.of(others);
    const press: Press = { key: randomUUID(), payer, payee, confirmed: false };
    presses.push(press);
    while (!press.confirmed) {
      const to = { url, agent, slug: SLUG };
      const status = await payOverHttp(to, payer, payee, press.key).catch(() => 0);
      if (status === 201) press.confirmed = true;
      // away, starting or closing: anything else is an error of ours
      else if (![0, 503].includes(status)) throw new Error(`a payment was answered with ${status}`);
      else if (!going()) break;
      else await pause(20);
    }
  }
  agent.destroy();
}

async function until(what: string, check: () => boolean, trouble: Error[]): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    if (trouble[0]) throw trouble[0];
    if (check()) return;
    await pause(5);
  }
  throw new Error(`not within a minute: ${what}`);
}

/** What is wrong with the book, or lost of the lists of the clients. */
async function faultsOf(db: Database, presses: readonly Press[]): Promise<string[]> {
  const { rows: wijken } = await db.execute<{ id: string }>(
    sql`select id from wijk.wijk where slug = ${SLUG}`,
  );
  const wijkId = wijken[0]?.id ?? '';
  const keys = sql.param(presses.map(({ key }) => key));
  const { rows } = await db.execute<{
    id: string;
    legs: number | null;
    amount: number | null;
    payer: string | null;
    payee: string | null;
    events: number;
  }>(sql`
    select k.id, t.legs, p.amount::int as amount, a.membership_id as payer, b.membership_id as payee,
      (select count(*)::int from kernel.event e where e.wijk_id = ${wijkId} and e.type = 'payment.made.v1'
        and e.payload ->> 'paymentId' = k.id::text) as events
    from unnest(${keys}::uuid[]) as k(id)
    left join ledger.transfer t on t.wijk_id = ${wijkId} and t.id = k.id
    left join wallet.payment p on p.wijk_id = ${wijkId} and p.id = k.id
    left join wallet.holder a on a.wijk_id = p.wijk_id and a.account_id = p.payer
    left join wallet.holder b on b.wijk_id = p.wijk_id and b.account_id = p.payee`);
  const faults: string[] = [];
  const found = new Map(rows.map((row) => [row.id, row]));
  for (const { key, payer, payee, confirmed } of presses) {
    const row = found.get(key);
    const [book, wallet] = [row?.legs != null, row?.amount != null];
    if (confirmed && !(book && wallet)) faults.push(`confirmed and lost: ${key}`);
    if (book !== wallet) faults.push(`half done: ${key}`);
    if (wallet && row?.events !== 1) faults.push(`told ${row?.events} times: ${key}`);
    if (wallet && (row?.payer !== payer.membershipId || row.payee !== payee.membershipId))
      faults.push(`between others: ${key}`);
    if (wallet && row?.amount !== AMOUNT) faults.push(`another amount: ${key}`);
  }
  // a press that paid a second time, under whatever id: nobody of us asked for that payment
  const { rows: others } = await db.execute<{ id: string }>(sql`
    select t.id from ledger.transfer t where t.wijk_id = ${wijkId} and t.code = 'payment'
      and t.at >= (select min(at) from ledger.transfer where id = any(${keys}::uuid[]))
      and not t.id = any(${keys}::uuid[])
      and not exists (select from wallet.payment p where p.wijk_id = t.wijk_id and p.id = t.id
        and p.schedule_id is not null)`);
  faults.push(...others.map(({ id }) => `asked by nobody: ${id}`));
  const verdict = await inSnapshot(db, async (tx) =>
    verifyBook(tx, wijkId, await readPublished(tx, wijkId), await findWrongDay(tx, wijkId)),
  );
  if (!verdict.ok) faults.push(`not in order: ${JSON.stringify(verdict.broken)}`);
  return faults;
}

/**
 * Clients pay; the application is killed in the middle, so many times, and started again. Then what is
 * wrong; everything that was ever pressed is pressed once more before, unless only the lists are looked at.
 */
async function faultsAfter(
  times: number,
  { again, ...options }: AppOptions & { again: boolean },
): Promise<{ faults: string[]; presses: Press[] }> {
  app = await startApp({ env: ENV, ...options });
  const { dataDir, port, url } = app;
  const payers = await withDatabase(dataDir, (db) => fundPayers(db, SLUG, CLIENTS));
  const presses: Press[] = [];
  let going = true;
  const trouble: Error[] = [];
  const clients = Promise.all(
    payers.map((_, nr) => payOn(nr, payers, { url, going: () => going, presses })),
  ).catch((error) => trouble.push(error));
  const confirmed = () => presses.filter((press) => press.confirmed).length;
  for (let round = 0; round < times; round += 1) {
    const before = confirmed();
    await until('payments are confirmed', () => confirmed() >= before + 60, trouble);
    await app.kill9();
    if (round === times - 1 && !again) break;
    app = await startApp({ env: ENV, dataDir, port, ...options });
    await until('paying goes on', () => confirmed() >= before + 75, trouble);
  }
  going = false;
  await clients;
  if (trouble[0]) throw trouble[0];
  if (!again) app = await startApp({ env: ENV, dataDir, port });
  if (again) {
    const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
    const replies = await Promise.all(
      presses.map(({ payer, payee, key }) =>
        payOverHttp({ url, agent, slug: SLUG }, payer, payee, key),
      ),
    );
    expect(replies.filter((status) => status !== 201)).toEqual([]);
    for (const press of presses) press.confirmed = true;
    agent.destroy();
  }
  const faults = await withDatabase(dataDir, (db) => faultsOf(db, presses));
  return { faults, presses };
}

describe('kill -9 of the application under payments over HTTP', () => {
  it('loses nothing that was confirmed, leaves nothing half done, and a repeated press pays once', async () => {
    const { faults, presses } = await faultsAfter(3, { again: true });
    expect(faults).toEqual([]);
    expect(presses.length).toBeGreaterThan(3 * 60);
  }, 240_000);

  it('catches an application that says yes before it has committed', async () => {
    const wrong = { again: false, program: 'tests/support/hasty-app.ts' };
    const { faults } = await faultsAfter(1, wrong);
    expect(faults.join('\n')).toMatch(/confirmed and lost/);
  }, 120_000);
});
