import { randomInt } from 'node:crypto';
import pg from 'pg';
import { type Sample, Tally, type TpcbPlan } from './plan.ts';

const ACCOUNTS = 100_000;
const TELLERS = 10;

/** The tables of TPC-B as pgbench makes them, `scale` branches of a hundred thousand accounts. */
export async function fillTpcb(ownerUrl: string, scale: number, reader: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(`
      create table branches (bid int not null, bbalance int, filler char(88)) with (fillfactor = 100);
      create table tellers (tid int not null, bid int, tbalance int, filler char(84));
      create table accounts (aid int not null, bid int, abalance int, filler char(84));
      create table history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
      insert into branches select n, 0, '' from generate_series(1, ${scale}) n;
      insert into tellers select n, 1 + (n - 1) / ${TELLERS}, 0, ''
        from generate_series(1, ${scale * TELLERS}) n;
      insert into accounts select n, 1 + (n - 1) / ${ACCOUNTS}, 0, ''
        from generate_series(1, ${scale * ACCOUNTS}) n;
      alter table branches add primary key (bid);
      alter table tellers add primary key (tid);
      alter table accounts add primary key (aid);
      grant select, insert, update on all tables in schema public to ${reader}`);
    await client.query('vacuum (analyze)');
  } finally {
    await client.end();
  }
}

/** The transaction of TPC-B, statement by statement, prepared once per connection, as `pgbench -M prepared`. */
async function transfer(client: pg.ClientBase, scale: number): Promise<void> {
  const aid = randomInt(1, scale * ACCOUNTS + 1);
  const tid = randomInt(1, scale * TELLERS + 1);
  const bid = randomInt(1, scale + 1);
  const delta = randomInt(-5000, 5001);
  const run = (name: string, text: string, values: number[]) =>
    client.query({ name, text, values });
  await client.query('begin');
  await run('account', 'update accounts set abalance = abalance + $1 where aid = $2', [delta, aid]);
  await run('balance', 'select abalance from accounts where aid = $1', [aid]);
  await run('teller', 'update tellers set tbalance = tbalance + $1 where tid = $2', [delta, tid]);
  await run('branch', 'update branches set bbalance = bbalance + $1 where bid = $2', [delta, bid]);
  await run(
    'history',
    'insert into history (tid, bid, aid, delta, mtime) values ($1, $2, $3, $4, current_timestamp)',
    [tid, bid, aid, delta],
  );
  await client.query('commit');
}

/** Keeps the connections of a pool busy with transfers. */
export async function tpcb(plan: TpcbPlan): Promise<Sample> {
  const pool = new pg.Pool({ connectionString: plan.database, max: plan.connections });
  const tally = new Tally();
  const startedAt = performance.now();
  const until = startedAt + plan.seconds * 1000;
  const teller = async () => {
    while (performance.now() < until) {
      const from = performance.now();
      const client = await pool.connect();
      try {
        await transfer(client, plan.scale);
        tally.time(performance.now() - from);
      } catch (error) {
        await client.query('rollback').catch(() => undefined);
        tally.fault(error instanceof Error ? error.message : String(error));
      } finally {
        client.release();
      }
    }
  };
  await Promise.all(Array.from({ length: plan.clients ?? plan.connections }, teller));
  const elapsed = performance.now() - startedAt;
  await pool.end();
  return tally.sample(elapsed);
}
