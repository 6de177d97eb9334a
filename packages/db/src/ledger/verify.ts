import type { Finding } from '@wijk/domain/ledger';
import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../kernel/database.ts';
import { Findings } from './findings.ts';
import { checkChain, type PublishedHead } from './verify-chain.ts';
import { checkEntries } from './verify-entries.ts';
import { StatementCheck } from './verify-statements.ts';
import { checkTransfers } from './verify-transfers.ts';

export type { PublishedHead } from './verify-chain.ts';

/** What became of reading a book through. */
export interface Verdict {
  ok: boolean;
  accounts: number;
  transfers: number;
  entries: number;
  blocks: number;
  /** hash of the last block, hexadecimal; null: nothing is sealed yet */
  head: string | null;
  /** what is broken first, by the order in which the book was sealed */
  broken: Finding | null;
  /** how much is broken; one change often shows at several places */
  findings: number;
}

/** Once a signal has come, the query under way is ended this often until there is none any more. */
const CANCEL_EVERY_MS = 100;

/**
 * Runs `work` on the database as it stands at one moment, however long that takes.
 * @param signal ends it early: what runs then is ended by the database (57014)
 */
export function inSnapshot<T>(
  db: Database,
  work: (tx: Transaction) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  return db.transaction(
    async (tx) => {
      // a whole book takes longer than any page may
      await tx.execute(sql`set local statement_timeout = '10min'`);
      await tx.execute(sql`set local idle_in_transaction_session_timeout = '1min'`);
      return signal ? await untilSignalled(db, tx, work, signal) : await work(tx);
    },
    { isolationLevel: 'repeatable read' },
  );
}

async function untilSignalled<T>(
  db: Database,
  tx: Transaction,
  work: (tx: Transaction) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  let timer: NodeJS.Timeout | undefined;
  // between two queries there is nothing to end: the next one is met then
  const cancel = () =>
    void db.execute(sql`select pg_cancel_backend(${rows[0]?.pid})`).catch(() => {});
  const end = () => {
    cancel();
    timer = setInterval(cancel, CANCEL_EVERY_MS);
  };
  signal.addEventListener('abort', end, { once: true });
  try {
    signal.throwIfAborted();
    return await work(tx);
  } finally {
    signal.removeEventListener('abort', end);
    clearInterval(timer);
  }
}

/**
 * Reads a book through from its first entry to its last (W3): hashes, chain, numbers, balances, sums,
 * reservations, counters, and what was published of it on each day. Changes nothing, holds nobody up,
 * and has a batch of rows in memory at a time.
 * @param tx one snapshot; see `inSnapshot`
 * @param published what was shown to the world of each day
 * @param figures where what was added up for figures does not follow from the book, as who keeps it found
 */
export async function verifyBook(
  tx: Transaction,
  wijkId: string,
  published: readonly PublishedHead[],
  figures: { day: string; account: string; count: number } | null = null,
): Promise<Verdict> {
  const found = new Findings();
  const statements = new StatementCheck(published);
  const entries = await checkEntries(tx, wijkId, found, statements);
  const chain = await checkChain(tx, wijkId, published, found);
  const transfers = await checkTransfers(tx, wijkId, found);
  statements.close(found);
  if (figures) found.add('figures', { day: figures.day, account: figures.account }, figures.count);
  const { first: broken, count: findings } = found;
  return { ok: !broken, ...entries, ...transfers, ...chain, broken, findings };
}
