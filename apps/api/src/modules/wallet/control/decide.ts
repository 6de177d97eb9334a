import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  lockProposal,
  membersBehind,
  readBarePayment,
  type StoredProposal,
  updateProposal,
} from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { agreeing } from '@wijk/domain/wallet';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { note } from './act.ts';
import { execute } from './execute.ts';

async function locked(tx: Transaction, wijk: Wijk, id: string): Promise<StoredProposal> {
  const proposal = await lockProposal(tx, wijk.id, id);
  if (!proposal) throw new DomainError('not-found', 'wallet.proposal-not-found');
  return proposal;
}

const notDecided = ({ decidedAt }: StoredProposal) => {
  if (decidedAt) throw new DomainError('conflict', 'wallet.proposal-decided');
};

/** Nobody decides about a payment of their own. */
async function assertNoParty(
  tx: Transaction,
  { wijkId, paymentId }: StoredProposal,
  by: string,
): Promise<void> {
  if (paymentId === null) return;
  const payment = await readBarePayment(tx, wijkId, paymentId);
  const parties = payment ? await membersBehind(tx, wijkId, [payment.payer, payment.payee]) : [];
  if (parties.includes(by)) throw new DomainError('forbidden', 'wallet.own-payment');
}

/**
 * The second pair of eyes agrees: it is done. What a member asks for takes two officers from the amount of
 * four eyes on; the first one of them endorses it. Of two who agree at once one does it.
 * @throws `wallet.proposal-not-found`, `wallet.proposal-decided`, `wallet.second-person`,
 *   `wallet.own-payment`, and what `execute` says; it then waits on
 */
export async function agreeToProposal(
  services: Services,
  actor: Member,
  wijk: Wijk,
  id: string,
): Promise<{ done: boolean }> {
  const by = actor.membershipId;
  return inTransaction(services.db, async (tx) => {
    const proposal = await locked(tx, wijk, id);
    const step = agreeing({ ...proposal, decided: proposal.decidedAt !== null }, by);
    if (proposal.proposedBy !== by) await assertNoParty(tx, proposal, by);
    const now = services.clock.now();
    if (step === 'endorse') {
      await updateProposal(tx, wijk.id, id, { endorsedBy: by, endorsedAt: now });
    } else {
      await execute(services, tx, proposal);
      await updateProposal(tx, wijk.id, id, {
        ...{ decidedBy: by, decidedAt: now, decision: 'done', transferId: id },
      });
    }
    await note(services, tx, wijk.id, {
      kind: step === 'endorse' ? 'endorsed' : 'done',
      by,
      subject: id,
      // the words of a member stand in their request alone
      reason: proposal.kind === 'refund' ? '' : proposal.reason,
      detail: { kind: proposal.kind, amount: proposal.amount },
    });
    return { done: step === 'do' };
  });
}

/** @throws `wallet.proposal-not-found`, `wallet.proposal-decided` */
export async function refuseProposal(
  services: Services,
  actor: Member,
  wijk: Wijk,
  id: string,
  reason: string,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    const proposal = await locked(tx, wijk, id);
    notDecided(proposal);
    await end(services, tx, proposal, actor, 'refused', reason);
  });
}

/**
 * Takes a proposal back; who did not make it is not told that it is there.
 * @throws `wallet.proposal-not-found`, `wallet.proposal-decided`
 */
export async function withdrawProposal(
  services: Services,
  actor: Member,
  wijk: Wijk,
  id: string,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    const proposal = await locked(tx, wijk, id);
    if (proposal.proposedBy !== actor.membershipId)
      throw new DomainError('not-found', 'wallet.proposal-not-found');
    notDecided(proposal);
    await end(services, tx, proposal, actor, 'withdrawn', '');
  });
}

async function end(
  services: Services,
  tx: Transaction,
  { wijkId, id, kind, amount }: StoredProposal,
  { membershipId: by }: Member,
  decision: 'refused' | 'withdrawn',
  reason: string,
): Promise<void> {
  await updateProposal(tx, wijkId, id, {
    ...{ decidedBy: by, decidedAt: services.clock.now(), decision, note: reason },
  });
  const detail = { kind, amount };
  await note(services, tx, wijkId, { kind: decision, by, subject: id, reason, detail });
}
