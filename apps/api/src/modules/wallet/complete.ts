import { appendEvents, type Database, hintLive, type Transaction } from '@wijk/db/kernel';
import { insertPayments, membersBehind, type NewPayment } from '@wijk/db/wallet';
import type { Clock } from '@wijk/domain/kernel';
import type { Services } from '../../services.ts';
import { type Book, PostingQueue, type Submission } from '../ledger/index.ts';
import { MoneyPolicies } from './policy.ts';

/** What the wallet keeps for the whole process. */
export interface Wallet {
  policies: MoneyPolicies;
  /** payments that stand alone; those that belong to something else are posted in its transaction */
  payments: PostingQueue<NewPayment>;
}

interface Parts {
  db: Database;
  clock: Clock;
  book: Book;
  subscriptions: Services['subscriptions'];
}

export function composeWallet(parts: Parts): Wallet {
  return {
    policies: new MoneyPolicies(parts.db, parts.clock),
    payments: new PostingQueue<NewPayment>({
      db: parts.db,
      book: parts.book,
      complete: (tx, wijkId, posted: readonly Submission<NewPayment>[]) =>
        completePayments(
          parts,
          tx,
          wijkId,
          posted.map(({ note }) => note),
        ),
    }),
  };
}

/**
 * Writes what belongs to payments that were just posted, in the same transaction: the payments, what they
 * spent of budgets, their events, and a hint to the open pages of both sides. As many statements for a hundred as for one.
 */
export async function completePayments(
  parts: Pick<Parts, 'clock' | 'subscriptions'>,
  tx: Transaction,
  wijkId: string,
  made: readonly NewPayment[],
): Promise<void> {
  if (made.length === 0) return;
  const now = parts.clock.now();
  await insertPayments(tx, wijkId, made, now);
  await appendEvents(
    tx,
    parts.subscriptions,
    now,
    made.map(({ payment }) => ({
      wijkId,
      type: 'payment.made.v1',
      payload: { paymentId: payment.id },
    })),
  );
  const accounts = new Set(made.flatMap(({ payment }) => [payment.payer, payment.payee]));
  const members = await membersBehind(tx, wijkId, [...accounts]);
  await hintLive(tx, ...members.map((m) => ({ w: wijkId, t: 'me', m, k: 'wallet' })));
}
