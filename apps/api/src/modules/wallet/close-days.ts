import { inTransaction } from '@wijk/db/kernel';
import { claimDays, closeDays, firstDayOf, readClosedDays } from '@wijk/db/wallet';
import { MINUTE_MS } from '@wijk/domain/kernel';
import { addDays, localDateOf } from '@wijk/domain/wijk';
import { sql } from 'drizzle-orm';
import type { NamedJob } from '../../jobs/worker.ts';
import type { Services } from '../../services.ts';
import type { Wijk } from '../wijk/index.ts';

/** After midnight: what was paid before it is committed by then. */
const AFTER_MIDNIGHT_MS = 5 * MINUTE_MS;
const LOOK_EVERY_MS = MINUTE_MS;

/** In one piece: the worker can be stopped in between. */
const DAYS_AT_ONCE = 31;

/**
 * Adds up days that are over and were not yet, for the figures of circulation: each night one; after an update
 * that brought this, or a time without a worker, a month at a time.
 * @returns whether some were
 */
async function closeSome(services: Services, wijk: Wijk): Promise<boolean> {
  const now = services.clock.now();
  const today = localDateOf(new Date(now.getTime() - AFTER_MIDNIGHT_MS), wijk.timeZone);
  const yesterday = addDays(today, -1);
  const seen = await readClosedDays(services.db, wijk.id);
  if (!yesterday || (seen && seen.last >= yesterday)) return false;
  return await inTransaction(services.db, async (tx) => {
    // reads every entry of the days, which in a large book takes longer than a page may
    await tx.execute(sql`set local statement_timeout = '10min'`);
    if (!(await claimDays(tx, wijk.id))) return false;
    const { id: wijkId, timeZone } = wijk;
    const last = await readClosedDays(tx, wijkId);
    const from = last ? addDays(last.last, 1) : await firstDayOf(tx, wijkId, timeZone);
    if (!from || from > yesterday) return false;
    const [to = from] = [addDays(from, DAYS_AT_ONCE - 1) ?? yesterday, yesterday].sort();
    await closeDays(tx, wijkId, { from, to, timeZone });
    return true;
  });
}

/** At the start of each day of a wijk, once, whichever worker does it. */
export function closingDays(): NamedJob {
  const looked = new WeakMap<Services, number>();
  return {
    name: 'circulation-days',
    run: async (services) => {
      const now = services.clock.now().getTime();
      const last = looked.get(services) ?? Number.NEGATIVE_INFINITY;
      if (Math.abs(now - last) < LOOK_EVERY_MS) return false;
      for (const wijk of await services.wijken.listOpen())
        if (await closeSome(services, wijk)) return true;
      looked.set(services, now);
      return false;
    },
  };
}
