import type {
  AccountRow,
  readTreasuryAccount as accountContract,
  listControlActions as actionsContract,
  ControlActionView,
  findPayments as findContract,
  PaymentFacts,
  ProposalView,
  ReplyOf,
} from '@wijk/contracts';
import type { Executor } from '@wijk/db/kernel';
import {
  type BarePayment,
  type ControlAction,
  findAccounts,
  findBarePayments,
  listControlActions,
  listLimitedHolders,
  listProposals,
  proposalsOf,
  readBarePayments,
  readHolders,
  readProgrammesById,
  readProposal,
  type StoredProposal,
} from '@wijk/db/wallet';
import { can, type Member } from '@wijk/domain/identity';
import { DomainError, uuidOfHex } from '@wijk/domain/kernel';
import { agreeing } from '@wijk/domain/wallet';
import type { Services } from '../../../services.ts';
import { memberNames } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';

/** Names of accounts by id: of people, organisations and programmes; the fund of the wijk has none. */
export async function accountNames(
  db: Executor,
  wijkId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const holders = await readHolders(db, wijkId, ids);
  const programmes = await readProgrammesById(db, wijkId, ids);
  return new Map([
    ...holders.map(({ accountId, name }) => [accountId, name ?? ''] as const),
    ...programmes.flatMap(({ id, accountId, name }) => [
      [accountId, name] as const,
      [id, name] as const,
    ]),
  ]);
}

async function factsOf(
  db: Executor,
  wijkId: string,
  payments: readonly BarePayment[],
): Promise<Map<string, PaymentFacts>> {
  const ids = [...new Set(payments.flatMap(({ payer, payee }) => [payer, payee]))];
  const names = await accountNames(db, wijkId, ids);
  return new Map(
    payments.map(({ id, payer, payee, amount, earmarked, at }) => [
      id,
      {
        ...{ id, amount, earmarked, at: at.toISOString() },
        payer: names.get(payer) ?? '',
        payee: names.get(payee) ?? '',
      },
    ]),
  );
}

/** What this officer may do with it, without trying: the same rule as when they press. */
function mayAgree(row: StoredProposal, actor: Member): boolean {
  if (!can(actor, 'wallet.four-eyes')) return false;
  try {
    agreeing({ ...row, decided: row.decidedAt !== null }, actor.membershipId);
    return true;
  } catch {
    return false;
  }
}

async function viewsOf(
  services: Services,
  wijk: Wijk,
  actor: Member,
  rows: readonly StoredProposal[],
): Promise<ProposalView[]> {
  const { db } = services;
  const members = rows.flatMap(({ proposedBy, endorsedBy, decidedBy }) =>
    [proposedBy, endorsedBy, decidedBy].filter((id) => id !== null),
  );
  const names = await memberNames(db, wijk.id, [...new Set(members)]);
  const payments = await readBarePayments(
    db,
    wijk.id,
    rows.flatMap(({ paymentId }) => paymentId ?? []),
  );
  const facts = await factsOf(db, wijk.id, payments);
  const accounts = await accountNames(
    db,
    wijk.id,
    rows.flatMap(({ accountId }) => accountId ?? []),
  );
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? ''));
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    amount: row.amount,
    reason: row.reason,
    payment: row.paymentId === null ? null : (facts.get(row.paymentId) ?? null),
    account: row.accountId === null ? null : accounts.get(row.accountId) || null,
    proposedBy: nameOf(row.proposedBy) ?? '',
    proposedAt: row.proposedAt.toISOString(),
    fourEyes: row.fourEyes,
    endorsedBy: nameOf(row.endorsedBy),
    decidedBy: nameOf(row.decidedBy),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decision: row.decision,
    note: row.note,
    mayAgree: mayAgree(row, actor),
    mayWithdraw: row.decidedAt === null && row.proposedBy === actor.membershipId,
  }));
}

export async function proposals(services: Services, wijk: Wijk, actor: Member) {
  const [open, decided] = await Promise.all([
    listProposals(services.db, wijk.id, 'open', 200),
    listProposals(services.db, wijk.id, 'decided', 50),
  ]);
  const views = await viewsOf(services, wijk, actor, [...open, ...decided]);
  return { open: views.slice(0, open.length), decided: views.slice(open.length) };
}

/** @throws `wallet.proposal-not-found` */
export async function oneProposal(
  services: Services,
  wijk: Wijk,
  actor: Member,
  id: string,
): Promise<ProposalView> {
  const row = await readProposal(services.db, wijk.id, id);
  const [view] = row ? await viewsOf(services, wijk, actor, [row]) : [];
  if (!view) throw new DomainError('not-found', 'wallet.proposal-not-found');
  return view;
}

/** By the whole id of a payment or the first eight signs of it, however they are typed. */
export async function paymentsByReference(
  services: Services,
  wijk: Wijk,
  ref: string,
): Promise<ReplyOf<typeof findContract>> {
  const hex = ref.toLowerCase().replace(/[^0-9a-z]/g, '');
  if (!/^[0-9a-f]{8,32}$/.test(hex)) return { items: [] };
  const between = { first: uuidOfHex(hex.padEnd(32, '0')), last: uuidOfHex(hex.padEnd(32, 'f')) };
  const found = await findBarePayments(services.db, wijk.id, between);
  const ids = found.map(({ id }) => id);
  const [facts, asked] = await Promise.all([
    factsOf(services.db, wijk.id, found),
    proposalsOf(services.db, wijk.id, ids),
  ]);
  return {
    items: [...facts.values()].map((one) => {
      const proposal = asked.find(({ paymentId }) => paymentId === one.id);
      const reversal = !proposal ? 'none' : proposal.decision === 'done' ? 'done' : 'open';
      return { ...one, reversal };
    }),
  };
}

const ACCOUNTS = 50;

export async function accountList(services: Services, wijk: Wijk, search: string) {
  const found = await findAccounts(services.db, wijk.id, search, ACCOUNTS + 1);
  const shown = found.slice(0, ACCOUNTS);
  const accounts = await services.book.accounts(
    wijk.id,
    shown.map(({ accountId }) => accountId),
  );
  const items = shown.map(({ accountId: id, kind, name }): AccountRow => {
    const account = accounts.find((one) => one.id === id);
    const { balance = 0, reserved = 0, frozen = false } = account ?? {};
    return { id, kind, name: name ?? '', balance, reserved, frozen };
  });
  return { items, more: found.length > ACCOUNTS };
}

/** @throws `wallet.account-not-found` */
export async function oneAccount(
  services: Services,
  wijk: Wijk,
  id: string,
): Promise<ReplyOf<typeof accountContract>> {
  const [[holder], [limited], [account], actions] = await Promise.all([
    readHolders(services.db, wijk.id, [id]),
    listLimitedHolders(services.db, wijk.id, { only: id, limit: 1 }),
    services.book.accounts(wijk.id, [id]),
    listControlActions(services.db, wijk.id, { subject: id, limit: 20 }),
  ]);
  if (!holder || !limited || !account)
    throw new DomainError('not-found', 'wallet.account-not-found');
  const { balance, reserved, frozen, min, max, dailyLimit } = account;
  return {
    ...{ id, kind: limited.kind, name: holder.name ?? '' },
    ...{ balance, reserved, frozen, min, max, dailyLimit },
    ownLimit: limited.dailyOverride !== null,
    confirmed: limited.confirmed,
    actions: await actionViews(services, wijk, actions),
  };
}

async function actionViews(
  services: Services,
  wijk: Wijk,
  rows: readonly ControlAction[],
): Promise<ControlActionView[]> {
  const subjects = [...new Set(rows.flatMap(({ subject }) => subject ?? []))];
  const [members, things] = await Promise.all([
    memberNames(services.db, wijk.id, [...new Set(rows.flatMap(({ by }) => by ?? []))]),
    accountNames(services.db, wijk.id, subjects),
  ]);
  return rows.map(({ id, at, by, kind, subject, reason, detail }) => ({
    ...{ id, kind, reason, detail, at: at.toISOString() },
    by: by === null ? null : (members.get(by) ?? ''),
    subject: subject === null ? null : things.get(subject) || null,
  }));
}

export async function actionLog(
  services: Services,
  wijk: Wijk,
  page: { before?: { at: Date; id: string } | undefined; limit: number },
): Promise<{ items: ReplyOf<typeof actionsContract>['items']; last: ControlAction | null }> {
  const { before, limit } = page;
  const asked = { limit: limit + 1, ...(before ? { before } : {}) };
  const rows = await listControlActions(services.db, wijk.id, asked);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? (shown.at(-1) ?? null) : null;
  return { items: await actionViews(services, wijk, shown), last };
}
