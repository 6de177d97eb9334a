import { connect, type Database, inTransaction } from '@wijk/db/kernel';
import { inSnapshot } from '@wijk/db/ledger';
import { closeDays, findWrongDay } from '@wijk/db/wallet';
import { systemClock } from '@wijk/domain/kernel';
import { addDays, localDateOf } from '@wijk/domain/wijk';
import { sql } from 'drizzle-orm';
import { circulation } from '../../../apps/api/src/modules/wallet/index.ts';
import type { Services } from '../../../apps/api/src/services.ts';
import { Tally } from '../load/plan.ts';
import { atMost } from '../row.ts';
import type { LedgerOptions } from './measure.ts';
import type { LedgerRow, LedgerTable } from './report.ts';
import type { Place, Stage } from './stage.ts';

const DAYS = 400;
const TIME_ZONE = 'Europe/Amsterdam';
type By = 'week' | 'month';

/**
 * The figures of circulation in a book of many payments of more than a year: from book and payments alone, and
 * from the days that were added up; beside it what adding them up and checking them takes.
 */
export async function measureCirculation(
  stage: Stage,
  options: LedgerOptions,
): Promise<{ table: LedgerTable; plan: string }> {
  const place = await stage.place('figures', options.transfers, DAYS);
  stage.say('figures of circulation …');
  const db = connect({ url: place.database, max: 4 });
  try {
    const today = localDateOf(systemClock.now(), TIME_ZONE);
    const days = {
      from: addDays(today, -DAYS - 2) ?? today,
      to: addDays(today, -1) ?? today,
      timeZone: TIME_ZONE,
    };
    const rows = [
      await timed('week, from book and payments', 3, () => read(db, place, 'week')),
      await timed('month, from book and payments', 3, () => read(db, place, 'month')),
      await timed(`adding up ${DAYS} days, once`, 1, () =>
        inTransaction(db, async (tx) => {
          await tx.execute(sql`set local statement_timeout = 0`);
          await closeDays(tx, place.wijkId, days);
        }),
      ),
      await timed('checking them all, within verify', 1, () =>
        inSnapshot(db, (tx) => findWrongDay(tx, place.wijkId)),
      ),
    ];
    for (const by of ['week', 'month'] as const) {
      const row = await timed(`${by}, from days added up`, 9, () => read(db, place, by));
      rows.push({ ...row, aims: [atMost('p99 ≤ 500 ms', row.p99, 500)] });
    }
    const count = options.transfers.toLocaleString('en');
    const title = `Figures of circulation, ${count} payments of ${DAYS} days`;
    return { table: { title, rows }, plan: await planOf(db, place, today) };
  } finally {
    await db.$client.end();
  }
}

/** As the route reads them; no more of the house is needed for it. */
async function read(db: Database, { wijkId: id }: Place, by: By): Promise<unknown> {
  const services = { db, clock: systemClock } as unknown as Services;
  const wijk = { id, timeZone: TIME_ZONE } as Parameters<typeof circulation>[1];
  return circulation(services, wijk, by);
}

async function timed(
  what: string,
  times: number,
  work: () => Promise<unknown>,
): Promise<LedgerRow> {
  const tally = new Tally();
  const begun = performance.now();
  for (let n = 0; n < times; n += 1) {
    const from = performance.now();
    await work().then(
      () => tally.time(performance.now() - from),
      (error: unknown) => tally.fault(String((error as Error).cause ?? error)),
    );
  }
  const { p50, p99, errors, faults } = tally.sample(performance.now() - begun);
  return { what, p50, p99, errors, faults, rounds: [] };
}

/** How the database looks up how all accounts stood before a day. */
async function planOf(db: Database, { wijkId }: Place, today: string): Promise<string> {
  const { rows } = await db.execute<{ 'QUERY PLAN': string }>(sql`
    explain (analyze, buffers, costs off)
    select d.* from wallet.holder h cross join lateral (
      select * from wallet.account_day d
      where d.wijk_id = h.wijk_id and d.account_id = h.account_id and d.day < ${today}::date - 300
      order by d.day desc limit 1
    ) d
    where h.wijk_id = ${wijkId}`);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}
