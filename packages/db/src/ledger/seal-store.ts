import { blockHash, leafHash, merkleRoot, NO_BLOCK } from '@wijk/domain/ledger';
import { sql } from 'drizzle-orm';
import {
  type Database,
  type Executor,
  inTransaction,
  type Transaction,
} from '../kernel/database.ts';
import { LOGGED, type LoggedRow, loggedEntry, sha256 } from './logged.ts';

/** Entries in one block at most. */
export const BLOCK_ENTRIES = 2000;

/** The last block of a book: whoever keeps its hash can tell later whether anything before it was changed. */
export interface Head {
  height: number;
  /** hexadecimal */
  hash: string;
}

/** Wijken with entries that are in no block yet. Looks at accounts, never at entries. */
export async function unsealedWijken(db: Executor): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select w.id from wijk.wijk w where exists (
      select from ledger.account a
      left join ledger.sealed s on s.wijk_id = a.wijk_id and s.account_id = a.id
      where a.wijk_id = w.id and a.version > coalesce(s.version, 0))`);
  return rows.map(({ id }) => id);
}

export async function readHead(db: Executor, wijkId: string): Promise<Head | null> {
  const { rows } = await db.execute<{ height: number; hash: string }>(sql`
    select height, encode(hash, 'hex') as hash from ledger.block
    where wijk_id = ${wijkId} order by height desc limit 1`);
  return rows[0] ?? null;
}

/**
 * The next entries of each account that are in no block yet, seen in one statement and so in one
 * snapshot. The numbers of an account have no gaps, for its row stays locked until the commit: an entry
 * that commits later has a higher number, and the watermark of its account cannot pass it by.
 */
async function readUnsealed(
  db: Executor,
  wijkId: string,
  limit: number,
): Promise<(LoggedRow & { accountKind: string })[]> {
  const { rows } = await db.execute<LoggedRow & { accountKind: string }>(sql`
    select a.kind as "accountKind", ${LOGGED}
    from ledger.account a
    left join ledger.sealed s on s.wijk_id = a.wijk_id and s.account_id = a.id
    cross join lateral (
      select * from ledger.entry e
      where e.wijk_id = a.wijk_id and e.account_id = a.id and e.version > coalesce(s.version, 0)
      order by e.version limit ${limit}
    ) e
    join ledger.transfer t on t.wijk_id = e.wijk_id and t.id = e.transfer_id
    where a.wijk_id = ${wijkId} and a.version > coalesce(s.version, 0)
    order by a.id, e.version limit ${limit}`);
  return rows;
}

/** As `extract(epoch from …)` writes it. */
export function secondsOf(at: Date): string {
  const ms = at.getTime();
  return `${Math.floor(ms / 1000)}.${String(((ms % 1000) + 1000) % 1000).padStart(3, '0')}000`;
}

/**
 * Seals what was committed and is in no block yet, at most so many entries, in one block behind the last.
 * Others that do the same wait for it.
 * @returns how many entries were sealed; fewer than `limit` where nothing was left
 */
export function sealBlock(
  db: Database,
  wijkId: string,
  now: Date,
  limit: number = BLOCK_ENTRIES,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    // the lock of `ledger.add_block`, taken before the first look; each statement sees what is committed by then
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended('ledger.block ' || ${wijkId}::uuid::text, 0))`,
    );
    return await sealNext(tx, wijkId, now, limit);
  });
}

async function sealNext(
  tx: Transaction,
  wijkId: string,
  now: Date,
  limit: number,
): Promise<number> {
  const head = await readHead(tx, wijkId);
  const rows = await readUnsealed(tx, wijkId, limit);
  if (rows.length === 0) return 0;
  const leaves = rows.map((row) => leafHash(sha256, loggedEntry(wijkId, row)));
  const root = merkleRoot(sha256, leaves);
  const height = (head?.height ?? 0) + 1;
  const previous = head ? Buffer.from(head.hash, 'hex') : Buffer.from(NO_BLOCK);
  const sealedAt = secondsOf(now);
  const entries = rows.length;
  const hash = blockHash(sha256, { wijkId, height, previous, root, entries, sealedAt });
  await tx.execute(sql`select ledger.add_block(${wijkId}, ${height}, ${previous}, ${root}, ${hash}, ${now},
    ${sql.param(rows.map((row) => row.accountId))}::uuid[],
    ${sql.param(rows.map((row) => row.version))}::bigint[],
    ${sql.param(leaves)}::bytea[])`);
  return entries;
}
