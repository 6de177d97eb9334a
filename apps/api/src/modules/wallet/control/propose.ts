import type { BodyOf, fundProgramme, propose as proposeContract } from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  insertProposal,
  lockProgramme,
  membersBehind,
  type NewProposal,
  readBarePayment,
  updateProposal,
} from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { needsFourEyes, type ProposalKind } from '@wijk/domain/wallet';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { ensureHolder } from '../holders.ts';
import { programmeNotFound } from '../programmes/make.ts';
import { note, pressed } from './act.ts';
import { execute } from './execute.ts';

interface Plan {
  kind: ProposalKind;
  paymentId: string | null;
  accountId: string | null;
  amount: number;
  reason: string;
  /** who proposes it has a part in it */
  isParty: boolean;
}

interface Proposed {
  id: string;
  done: boolean;
}

/**
 * Proposes an issuance, a retirement out of the fund, or that a payment is taken back. Below the amount of
 * the policy it is done at once; from there on, and for a payment of one's own, somebody else must agree.
 * @throws `wallet.payment-not-found`, `wallet.already-proposed`, and what `execute` says
 */
export async function propose(
  services: Services,
  actor: Member,
  wijk: Wijk,
  body: BodyOf<typeof proposeContract>,
  key: string,
): Promise<Proposed> {
  const press = { wijkId: wijk.id, actor, route: 'propose', key, body };
  return inTransaction(services.db, (tx) =>
    pressed(services, tx, press, async () => {
      const { kind, reason } = body;
      if (kind === 'reversal') {
        const payment = await readBarePayment(tx, wijk.id, body.payment);
        if (!payment) throw new DomainError('not-found', 'wallet.payment-not-found');
        const parties = await membersBehind(tx, wijk.id, [payment.payer, payment.payee]);
        const isParty = parties.includes(actor.membershipId);
        const { id: paymentId, amount } = payment;
        return put(services, tx, wijk, actor, {
          ...{ kind, paymentId, accountId: null, amount, reason, isParty },
        });
      }
      const { accountId } = await ensureHolder(services, tx, wijk.id, { kind: 'fund' });
      const { amount } = body;
      return put(services, tx, wijk, actor, {
        ...{ kind, paymentId: null, accountId, amount, reason, isParty: false },
      });
    }),
  );
}

/**
 * Fills the account of a programme from its source.
 * @throws `wallet.programme-not-found`, `wallet.programme-ended`, and what `execute` says
 */
export async function proposeFunding(
  services: Services,
  actor: Member,
  wijk: Wijk,
  programmeId: string,
  body: BodyOf<typeof fundProgramme>,
  key: string,
): Promise<Proposed> {
  const press = {
    wijkId: wijk.id,
    actor,
    route: 'fundProgramme',
    key,
    body: { ...body, programmeId },
  };
  return inTransaction(services.db, (tx) =>
    pressed(services, tx, press, async () => {
      const programme = await lockProgramme(tx, wijk.id, programmeId);
      if (!programme) throw programmeNotFound();
      if (programme.closedAt) throw new DomainError('conflict', 'wallet.programme-ended');
      return put(services, tx, wijk, actor, {
        ...body,
        kind: programme.source === 'issuance' ? 'issuance' : 'funding',
        paymentId: null,
        accountId: programme.accountId,
        isParty: false,
      });
    }),
  );
}

/**
 * A member asks for a payment back that they made, or that they made for an organisation.
 * @throws `wallet.payment-not-found`, `wallet.already-proposed`
 */
export async function proposeRefund(
  services: Services,
  actor: Member,
  wijk: Wijk,
  paymentId: string,
  reason: string,
  key: string,
): Promise<{ id: string }> {
  const press = {
    wijkId: wijk.id,
    actor,
    route: 'proposeRefund',
    key,
    body: { paymentId, reason },
  };
  return inTransaction(services.db, (tx) =>
    pressed(services, tx, press, async () => {
      const payment = await readBarePayment(tx, wijk.id, paymentId);
      const payers = payment ? await membersBehind(tx, wijk.id, [payment.payer]) : [];
      if (!payment || !payers.includes(actor.membershipId))
        throw new DomainError('not-found', 'wallet.payment-not-found');
      const { fourEyesFrom } = await services.wallet.policies.current(wijk.id);
      const row = await insert(services, tx, wijk, actor, {
        kind: 'refund',
        paymentId,
        accountId: null,
        amount: payment.amount,
        reason,
        fourEyes: needsFourEyes(payment.amount, { fourEyesFrom }, false),
      });
      await note(services, tx, wijk.id, {
        kind: 'refund-asked',
        by: actor.membershipId,
        subject: row.id,
        detail: { amount: row.amount },
      });
      return { id: row.id };
    }),
  );
}

async function put(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  actor: Member,
  { isParty, ...plan }: Plan,
): Promise<Proposed> {
  const policy = await services.wallet.policies.current(wijk.id);
  const fourEyes = needsFourEyes(plan.amount, policy, isParty);
  const row = await insert(services, tx, wijk, actor, { ...plan, fourEyes });
  const by = actor.membershipId;
  const detail = { kind: row.kind, amount: row.amount };
  if (fourEyes) {
    await note(services, tx, wijk.id, {
      ...{ kind: 'proposed', by, subject: row.id, reason: row.reason, detail },
    });
    return { id: row.id, done: false };
  }
  await execute(services, tx, row);
  const now = services.clock.now();
  await updateProposal(tx, wijk.id, row.id, {
    ...{ decidedBy: by, decidedAt: now, decision: 'done', transferId: row.id },
  });
  await note(services, tx, wijk.id, {
    ...{ kind: 'done', by, subject: row.id, reason: row.reason, detail },
  });
  return { id: row.id, done: true };
}

async function insert(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  actor: Member,
  plan: Omit<Plan, 'isParty'> & { fourEyes: boolean },
): Promise<NewProposal> {
  const now = services.clock.now();
  const row: NewProposal = {
    ...plan,
    wijkId: wijk.id,
    id: uuidv7(now),
    proposedBy: actor.membershipId,
    proposedAt: now,
  };
  if (!(await insertProposal(tx, row)))
    throw new DomainError('conflict', 'wallet.already-proposed');
  return row;
}
