import {
  getDailyStatement as contract,
  type getDailyStatement,
  type ReplyOf,
} from '@wijk/contracts';
import {
  addStatement,
  countPayments,
  neighboursOf,
  readBounds,
  readStatement,
  type StoredStatement,
} from '@wijk/db/wallet';
import { DomainError, MINUTE_MS } from '@wijk/domain/kernel';
import { shownPayments, shownTotals } from '@wijk/domain/wallet';
import { addDays, localDateOf } from '@wijk/domain/wijk';
import { may } from '../../http/policy.ts';
import type { App } from '../../http/route.ts';
import type { NamedJob } from '../../jobs/worker.ts';
import type { Services } from '../../services.ts';
import type { Wijk } from '../wijk/index.ts';

/** After midnight: what was paid before it is committed by then. */
const AFTER_MIDNIGHT_MS = 5 * MINUTE_MS;
/** Looking takes a query for each wijk. */
const LOOK_EVERY_MS = MINUTE_MS;

/**
 * The day that has no statement yet, or null. Days are made up for in their order, so that the page of a day
 * on which nothing ran is there too.
 */
async function dayToClose(services: Services, wijk: Wijk): Promise<string | null> {
  const now = services.clock.now();
  const today = localDateOf(new Date(now.getTime() - AFTER_MIDNIGHT_MS), wijk.timeZone);
  const yesterday = addDays(today, -1) ?? today;
  const last = await readStatement(services.db, wijk.id);
  const day = last ? addDays(last.day, 1) : yesterday;
  return day && day <= yesterday ? day : null;
}

/**
 * Writes the statement of a day that is over. Everything up to now is sealed before; then, in one snapshot,
 * the head of the chain is read and what the sealed book came to at the end of the day. So the totals are those
 * of the entries below that head, and can be compared with them for ever after.
 * @returns whether there was anything to write
 */
async function closeDay(services: Services, wijk: Wijk, day: string): Promise<boolean> {
  const { db, book, clock } = services;
  const bounds = await readBounds(db, day, wijk.timeZone);
  if (!(await book.exists(wijk.id))) return false;
  await book.seal(wijk.id);
  // looks at every account, which in a large wijk takes longer than a page may
  const { totals, head, counted } = await book.inSnapshot(async (tx) => ({
    totals: await book.totalsBefore(wijk.id, bounds.to, tx),
    head: await book.head(wijk.id, tx),
    counted: await countPayments(tx, wijk.id, bounds),
  }));
  if (totals.length === 0) return false;
  await addStatement(db, {
    wijkId: wijk.id,
    day,
    height: head?.height ?? 0,
    head: head?.hash ?? '',
    totals,
    ...counted,
    madeAt: clock.now(),
  });
  return true;
}

/** At the start of each day of a wijk, once; where two workers do it, the first one stays. */
export function dailyStatements(): NamedJob {
  const looked = new WeakMap<Services, number>();
  return {
    name: 'daily-statement',
    run: async (services) => {
      const now = services.clock.now().getTime();
      const last = looked.get(services) ?? Number.NEGATIVE_INFINITY;
      if (Math.abs(now - last) < LOOK_EVERY_MS) return false;
      for (const wijk of await services.wijken.listOpen()) {
        const day = await dayToClose(services, wijk);
        if (day && (await closeDay(services, wijk, day))) return true;
      }
      looked.set(services, now);
      return false;
    },
  };
}

/**
 * The statement of a day, or the last one, as the world may see it.
 * @throws DomainError `kernel.not-found` where that day has none
 */
async function readPublic(
  services: Services,
  wijk: Wijk,
  day: string | undefined,
): Promise<ReplyOf<typeof getDailyStatement>> {
  const stored = await readStatement(services.db, wijk.id, day);
  if (!stored && day) throw new DomainError('not-found', 'kernel.not-found');
  const { plural, symbol } = await services.wallet.policies.current(wijk.id);
  const unit = { plural, symbol };
  if (!stored) return { unit, statement: null, previous: null, next: null };
  const neighbours = await neighboursOf(services.db, wijk.id, stored.day);
  return { unit, statement: publicOf(stored), ...neighbours };
}

function publicOf({ day, height, head, totals, madeAt, ...counted }: StoredStatement) {
  return {
    day,
    height,
    head,
    totals: shownTotals(totals),
    ...shownPayments(counted),
    madeAt: madeAt.toISOString(),
  };
}

export function dailyStatementRoutes(app: App, services: Services): void {
  app.route(contract, { policy: may('wallet.daily-statement') }, ({ wijk, query }) =>
    readPublic(services, wijk, query.day),
  );
}
