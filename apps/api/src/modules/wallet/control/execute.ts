import type { Transaction } from '@wijk/db/kernel';
import {
  findReturnOf,
  lockPayment,
  lockProgramme,
  lockSpendings,
  markSpendingsReversed,
  type NewProposal,
  type Programme,
  readLots,
  spendingsOf,
} from '@wijk/db/wallet';
import { DomainError } from '@wijk/domain/kernel';
import type { Outcome, TransferCode, TransferRequest } from '@wijk/domain/ledger';
import type { Services } from '../../../services.ts';
import { ensureHolder } from '../holders.ts';
import { namedId } from '../named-id.ts';
import { homeOf } from '../programmes/jobs.ts';

/**
 * Does what was proposed, under the proposal's own id: once.
 * @throws `wallet.fund-short`, `wallet.payee-spent` {lacks, unit}; `wallet.already-reversed`, `wallet.already-returned`,
 *   `wallet.already-settled`, `wallet.payer-full` {lacks, unit}, `wallet.account-frozen`
 */
export async function execute(
  services: Services,
  tx: Transaction,
  proposal: NewProposal,
): Promise<void> {
  if (proposal.paymentId !== null)
    return takeBack(services, tx, proposal.wijkId, proposal.id, proposal.paymentId);
  const { wijkId, id, kind, amount, accountId } = proposal;
  if (accountId === null) throw new Error('a proposal about nothing');
  const other = await ensureHolder(services, tx, wijkId, {
    kind: kind === 'funding' ? 'fund' : 'issuance',
  });
  const [from, to] =
    kind === 'retirement' ? [accountId, other.accountId] : [other.accountId, accountId];
  const codes: Partial<Record<typeof kind, TransferCode>> = {
    issuance: 'issue',
    retirement: 'retire',
  };
  const request: TransferRequest = {
    id,
    kind: 'single',
    code: codes[kind] ?? 'grant',
    legs: [
      { account: from, side: 'debit', amount },
      { account: to, side: 'credit', amount },
    ],
  };
  const [outcome] = await services.book.post(tx, wijkId, [request]);
  await refuse(services, wijkId, outcome, 'wallet.fund-short');
}

/** Requests to the book, and what is done when it answered. Several of them go in one call. */
export interface Prepared {
  requests: TransferRequest[];
  /** @throws where the book refused one of them */
  done(outcomes: readonly (Outcome | undefined)[]): Promise<void>;
}

/**
 * Takes a payment back, whole: what came out of budgets goes back into them, and on to the programme where
 * a budget has ended meanwhile. What a settlement has counted stays as it is.
 * @param id of the transfer that takes it back
 * @throws `wallet.payee-spent` {lacks, unit}, `wallet.already-reversed`, `wallet.already-settled`,
 *   `wallet.payer-full` {lacks, unit}, `wallet.account-frozen`
 */
export async function takeBack(
  services: Services,
  tx: Transaction,
  wijkId: string,
  id: string,
  paymentId: string,
): Promise<void> {
  const { requests, done } = await prepareTakeBack(services, tx, wijkId, id, paymentId);
  await done(await services.book.post(tx, wijkId, requests));
}

/** The same, for whoever posts it together with something else. */
export async function prepareTakeBack(
  services: Services,
  tx: Transaction,
  wijkId: string,
  id: string,
  paymentId: string,
): Promise<Prepared> {
  // who received it may be giving something of it back at this moment: one of the two happens
  await lockPayment(tx, wijkId, paymentId);
  if (await findReturnOf(tx, wijkId, paymentId))
    throw new DomainError('conflict', 'wallet.already-returned');
  const programmes = await lockProgrammesOf(tx, wijkId, [paymentId]);
  const spendings = await lockSpendings(tx, wijkId, paymentId);
  if (spendings.some(({ settlementId }) => settlementId !== null))
    throw new DomainError('conflict', 'wallet.already-settled');
  const lots = await readLots(
    tx,
    wijkId,
    spendings.map(({ lotId }) => lotId),
  );
  const onwards: TransferRequest[] = [];
  for (const lot of lots) {
    const programme = programmes.get(lot.programmeId);
    const spent = spendings.find(({ lotId }) => lotId === lot.accountId);
    if (lot.returnedAt === null || !programme || !spent) continue;
    const home = await homeOf(services, tx, programme);
    onwards.push({
      id: namedId('onwards', wijkId, id, lot.accountId),
      kind: 'single',
      code: 'return',
      legs: [
        { account: lot.accountId, side: 'debit', amount: spent.amount },
        { account: home, side: 'credit', amount: spent.amount },
      ],
    });
  }
  return {
    requests: [{ id, kind: 'reversal', code: 'correction', reverses: paymentId }, ...onwards],
    done: async (outcomes) => {
      for (const outcome of outcomes) await refuse(services, wijkId, outcome, 'wallet.payee-spent');
      if (spendings.length > 0)
        await markSpendingsReversed(tx, wijkId, paymentId, services.clock.now());
    },
  };
}

/**
 * Locks the programmes that paid something of these payments: before their spendings, in the order in which
 * everything here locks them.
 */
export async function lockProgrammesOf(
  tx: Transaction,
  wijkId: string,
  payments: readonly string[],
): Promise<Map<string, Programme>> {
  const of: string[] = [];
  for (const paymentId of payments)
    of.push(...(await spendingsOf(tx, wijkId, paymentId)).map((one) => one.programmeId));
  const programmes = new Map<string, Programme>();
  for (const programmeId of [...new Set(of)].sort()) {
    const programme = await lockProgramme(tx, wijkId, programmeId);
    if (programme) programmes.set(programmeId, programme);
  }
  return programmes;
}

async function refuse(
  services: Services,
  wijkId: string,
  outcome: Outcome | undefined,
  short: 'wallet.fund-short' | 'wallet.payee-spent',
): Promise<void> {
  if (!outcome) throw new Error('the book did not answer');
  if (outcome.ok) return;
  const { refusal, lacks } = outcome;
  const { plural: unit } = await services.wallet.policies.current(wijkId);
  const params = { lacks: lacks ?? 0, unit };
  if (refusal === 'insufficient') throw new DomainError('conflict', short, { params });
  if (refusal === 'over-maximum')
    throw new DomainError('conflict', 'wallet.payer-full', { params });
  if (refusal === 'already-reversed') throw new DomainError('conflict', 'wallet.already-reversed');
  if (refusal === 'frozen') throw new DomainError('conflict', 'wallet.account-frozen');
  throw new Error(`the book refused what was proposed: ${refusal}`);
}
