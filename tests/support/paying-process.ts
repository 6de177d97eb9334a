import { setTimeout as pause } from 'node:timers/promises';
import { connect, inTransaction, type Transaction } from '@wijk/db/kernel';
import { manualClock } from '@wijk/domain/kernel';
import type { Outcome, TransferRequest } from '@wijk/domain/ledger';
import { sql } from 'drizzle-orm';
import { Book, PostingQueue, type Submission } from '../../apps/api/src/modules/ledger/index.ts';
import { Wijken } from '../../apps/api/src/modules/wijk/index.ts';

/**
 * The part of the application that pays, as a process of its own that a test can kill: requests come and
 * answers go as messages. A note of each payment is written in the same transaction.
 */
export interface Ask {
  nr: number;
  wijkId: string;
  request: TransferRequest;
  /** by the queue of payments that stand alone, or in a transaction of its own */
  alone: boolean;
}
export interface Answer {
  nr: number;
  /** null: it went wrong, and the client may ask again */
  outcome: Outcome | null;
  why?: string;
}

const db = connect({ url: process.env.PAYING_DATABASE ?? '', applicationName: 'paying' });
/** As a wrong application would: the answer goes before the commit. */
const hasty = process.env.PAYING_HASTE === 'yes';
const clock = manualClock(process.env.PAYING_CLOCK ?? '');
const book = new Book({ db, clock, wijken: new Wijken(db, clock, undefined) });

const answer = (nr: number, outcome: Outcome | null) =>
  process.send?.({ nr, outcome } satisfies Answer);

async function note(tx: Transaction, wijkId: string, posted: readonly Submission<number>[]) {
  for (const { request } of posted)
    await tx.execute(sql`insert into public.note values (${wijkId}, ${request.id})`);
  if (!hasty) return;
  for (const { note: nr } of posted) answer(nr, { ok: true, repeated: false });
  await pause(200);
}
const queue = new PostingQueue<number>({ db, book, complete: note });

async function pay({ nr, wijkId, request, alone }: Ask): Promise<Outcome | null> {
  if (alone) return await queue.submit(wijkId, { request, note: nr });
  return await inTransaction(db, async (tx) => {
    const [outcome] = await book.post(tx, wijkId, [request]);
    if (outcome?.ok && !outcome.repeated) await note(tx, wijkId, [{ request, note: nr }]);
    return outcome ?? null;
  });
}

process.on('message', (ask: Ask) => {
  pay(ask).then(
    (outcome) => answer(ask.nr, outcome),
    (error) => process.send?.({ nr: ask.nr, outcome: null, why: `${error}` } satisfies Answer),
  );
});
process.on('disconnect', () => process.exit());
