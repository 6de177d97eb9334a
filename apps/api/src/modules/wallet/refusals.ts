import { DomainError } from '@wijk/domain/kernel';
import type { Outcome } from '@wijk/domain/ledger';
import type { MoneyPolicy } from '@wijk/domain/wallet';

type Refused = Extract<Outcome, { ok: false }>;

/**
 * Why a payment was not made, as its payer may know it. Amounts in `params` are minor units, which the words
 * for them write out; `unit` is what the wijk calls its credits. Of the payee nothing is told but that they
 * cannot receive this now: a maximum, or being frozen, is theirs to know.
 *
 * - `wallet.insufficient` {lacks, available, unit}
 * - `wallet.over-daily` {left, unit}
 * - `wallet.frozen`, `wallet.cannot-receive`
 * - `kernel.idempotency-mismatch`: this press was another payment before
 */
export function refusalOf(
  outcome: Refused,
  payment: { payer: string; amount: number; ownPart: number },
  policy: MoneyPolicy,
): DomainError {
  const { refusal, account } = outcome;
  const lacks = outcome.lacks ?? 0;
  const own = account === payment.payer;
  const unit = policy.plural;
  if (refusal === 'mismatch') return new DomainError('conflict', 'kernel.idempotency-mismatch');
  if (refusal === 'insufficient' && own) {
    const params = { lacks, available: Math.max(payment.amount - lacks, 0), unit };
    return new DomainError('conflict', 'wallet.insufficient', { params });
  }
  if (refusal === 'over-daily' && own) {
    const params = { left: Math.max(payment.ownPart - lacks, 0), unit };
    return new DomainError('conflict', 'wallet.over-daily', { params });
  }
  if (refusal === 'frozen' && own) return new DomainError('conflict', 'wallet.frozen');
  if (refusal === 'frozen' || refusal === 'over-maximum')
    return new DomainError('conflict', 'wallet.cannot-receive');
  throw new Error(`the book refused a payment that the wallet planned: ${refusal}`);
}
