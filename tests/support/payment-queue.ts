import type { Transaction } from '@wijk/db/kernel';
import type { TransferRequest } from '@wijk/domain/ledger';
import { sql } from 'drizzle-orm';
import type pg from 'pg';
import {
  PostingQueue,
  type QueueLimits,
  type Submission,
} from '../../apps/api/src/modules/ledger/index.ts';
import type { LedgerPlace } from './ledger-place.ts';

export type Note = string;
export type Meanwhile = (tx: Transaction, posted: readonly Submission<Note>[]) => unknown;

/** Where the queues of a test write beside the payments. */
export async function makeCompanions(owner: pg.Client): Promise<void> {
  await owner.query(`
    create table public.companion (transfer uuid primary key, note text not null, nr serial);
    grant select, insert on public.companion to wijk_app;
    grant usage on sequence public.companion_nr_seq to wijk_app`);
}

/** The notes of those of these payments that have a row beside them, in the order of writing. */
export async function companionsOf(
  owner: pg.Client,
  requests: readonly TransferRequest[],
): Promise<Note[]> {
  const { rows } = await owner.query<{ note: Note }>(
    'select note from public.companion where transfer = any($1) order by nr',
    [requests.map(({ id }) => id)],
  );
  return rows.map(({ note }) => note);
}

/** A queue that writes a row for every payment, and `meanwhile` happens in the same transaction. */
export function openQueue(
  place: LedgerPlace,
  meanwhile: Meanwhile = () => undefined,
  limits: Partial<QueueLimits> = {},
  { db, book }: Pick<LedgerPlace, 'db' | 'book'> = place,
) {
  /** the notes of each transaction that got as far as `complete` */
  const batches: Note[][] = [];
  const queue = new PostingQueue<Note>({
    db,
    book,
    limits,
    complete: async (tx, _wijkId, posted) => {
      batches.push(posted.map(({ note }) => note));
      for (const { request, note } of posted)
        await tx.execute(
          sql`insert into public.companion (transfer, note) values (${request.id}, ${note})`,
        );
      await meanwhile(tx, posted);
    },
  });
  const submit = (request: TransferRequest, note: Note = '') =>
    queue.submit(place.wijkId, { request, note });
  return { queue, submit, batches };
}
