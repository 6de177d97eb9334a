import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction, violatedConstraint } from '../kernel/index.ts';
import { proposal } from './control-tables.ts';
import { payment } from './payment-tables.ts';
import { lotSpending } from './programme-tables.ts';

export type StoredProposal = typeof proposal.$inferSelect;
export type NewProposal = Omit<
  StoredProposal,
  'endorsedBy' | 'endorsedAt' | 'decidedBy' | 'decidedAt' | 'decision' | 'note' | 'transferId'
>;

/** @returns false where the payment has one that is open or done */
export async function insertProposal(tx: Transaction, row: NewProposal): Promise<boolean> {
  try {
    const added = await tx
      .insert(proposal)
      .values(row)
      .onConflictDoNothing()
      .returning({ id: proposal.id });
    return added.length > 0;
  } catch (error) {
    if (violatedConstraint(error) === 'proposal_payment') return false;
    throw error;
  }
}

export async function lockProposal(
  tx: Transaction,
  wijkId: string,
  id: string,
): Promise<StoredProposal | undefined> {
  const [row] = await tx
    .select()
    .from(proposal)
    .where(and(eq(proposal.wijkId, wijkId), eq(proposal.id, id)))
    .for('no key update');
  return row;
}

export async function updateProposal(
  tx: Transaction,
  wijkId: string,
  id: string,
  change: Partial<
    Pick<
      StoredProposal,
      'endorsedBy' | 'endorsedAt' | 'decidedBy' | 'decidedAt' | 'decision' | 'note' | 'transferId'
    >
  >,
): Promise<void> {
  await tx
    .update(proposal)
    .set(change)
    .where(and(eq(proposal.wijkId, wijkId), eq(proposal.id, id)));
}

/** Open ones oldest first, or the newest decided ones. */
export async function listProposals(
  db: Executor,
  wijkId: string,
  which: 'open' | 'decided',
  limit: number,
): Promise<StoredProposal[]> {
  return await db
    .select()
    .from(proposal)
    .where(
      and(
        eq(proposal.wijkId, wijkId),
        which === 'open' ? isNull(proposal.decidedAt) : sql`${proposal.decidedAt} is not null`,
      ),
    )
    .orderBy(which === 'open' ? proposal.proposedAt : desc(proposal.decidedAt), proposal.id)
    .limit(limit);
}

export async function readProposal(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<StoredProposal | undefined> {
  const [row] = await db
    .select()
    .from(proposal)
    .where(and(eq(proposal.wijkId, wijkId), eq(proposal.id, id)));
  return row;
}

/** A payment as the control room sees it: without the words that are for payer and payee. */
export type BarePayment = Omit<
  typeof payment.$inferSelect,
  'memo' | 'requestId' | 'scheduleId' | 'returnsId' | 'wijkId'
>;

const BARE = {
  id: payment.id,
  payer: payment.payer,
  payee: payment.payee,
  amount: payment.amount,
  earmarked: payment.earmarked,
  contribution: payment.contribution,
  madeBy: payment.madeBy,
  way: payment.way,
  at: payment.at,
};

export async function readBarePayments(
  db: Executor,
  wijkId: string,
  ids: readonly string[],
): Promise<BarePayment[]> {
  if (ids.length === 0) return [];
  return await db
    .select(BARE)
    .from(payment)
    .where(sql`${payment.wijkId} = ${wijkId} and ${payment.id} = any(${sql.param(ids)}::uuid[])`);
}

export async function readBarePayment(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<BarePayment | undefined> {
  const [row] = await db
    .select(BARE)
    .from(payment)
    .where(and(eq(payment.wijkId, wijkId), eq(payment.id, id)));
  return row;
}

/** Payments whose id begins so; a few at most. */
export async function findBarePayments(
  db: Executor,
  wijkId: string,
  between: { first: string; last: string },
): Promise<BarePayment[]> {
  return await db
    .select(BARE)
    .from(payment)
    .where(
      sql`${payment.wijkId} = ${wijkId} and ${payment.id} between ${between.first}::uuid and ${between.last}::uuid`,
    )
    .orderBy(desc(payment.at))
    .limit(5);
}

/** What of a payment came out of budgets, locked: it is settled or taken back, not both. */
export async function lockSpendings(
  tx: Transaction,
  wijkId: string,
  paymentId: string,
): Promise<(typeof lotSpending.$inferSelect)[]> {
  return await tx
    .select()
    .from(lotSpending)
    .where(and(eq(lotSpending.wijkId, wijkId), eq(lotSpending.paymentId, paymentId)))
    .orderBy(lotSpending.lotId)
    .for('no key update');
}

export async function markSpendingsReversed(
  tx: Transaction,
  wijkId: string,
  paymentId: string,
  now: Date,
): Promise<void> {
  await tx
    .update(lotSpending)
    .set({ reversedAt: now })
    .where(and(eq(lotSpending.wijkId, wijkId), eq(lotSpending.paymentId, paymentId)));
}

/** Which of these payments were taken back, or are asked to be. */
export async function proposalsOf(
  db: Executor,
  wijkId: string,
  payments: readonly string[],
): Promise<{ id: string; paymentId: string; decision: StoredProposal['decision'] }[]> {
  const { rows } = await run<{
    id: string;
    paymentId: string;
    decision: StoredProposal['decision'];
  }>(
    db,
    sql`select id, payment_id as "paymentId", decision from wallet.proposal
    where wijk_id = ${wijkId} and payment_id = any(${sql.param(payments)}::uuid[])
      and (decision is null or decision = 'done')`,
  );
  return rows;
}

/** What of a payment came out of budgets, not locked. */
export async function spendingsOf(
  db: Executor,
  wijkId: string,
  paymentId: string,
): Promise<{ lotId: string; programmeId: string; amount: number }[]> {
  return await db
    .select({
      lotId: lotSpending.lotId,
      programmeId: lotSpending.programmeId,
      amount: lotSpending.amount,
    })
    .from(lotSpending)
    .where(and(eq(lotSpending.wijkId, wijkId), eq(lotSpending.paymentId, paymentId)));
}
