import type { grantBudgets as grantContract, ReplyOf } from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  addLots,
  type Lot,
  lockProgramme,
  type Programme,
  participantsAmong,
} from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { TransferRequest } from '@wijk/domain/ledger';
import { phaseOf } from '@wijk/domain/wallet';
import { addDays, localDateOf, startOfDay } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import { memberNames } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { note } from '../control/act.ts';
import { ensureHolder } from '../holders.ts';
import { namedId } from '../named-id.ts';
import { programmeNotFound } from './make.ts';

interface Candidate {
  membershipId: string;
  holder: string;
}

export async function openProgramme(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  id: string,
): Promise<Programme> {
  const programme = await lockProgramme(tx, wijk.id, id);
  if (!programme) throw programmeNotFound();
  const phase = phaseOf(programme, localDateOf(services.clock.now(), wijk.timeZone));
  if (phase === 'ended' || phase === 'closed')
    throw new DomainError('conflict', 'wallet.programme-ended');
  return programme;
}

/** Who has a budget of it already, and who would get one; accounts that are frozen get none. */
export async function sorted(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  programme: Programme,
  members: readonly string[],
): Promise<{ fresh: Candidate[]; known: Set<string>; frozen: Set<string> }> {
  const all: Candidate[] = [];
  for (const membershipId of members) {
    const { accountId } = await ensureHolder(services, tx, wijk.id, {
      kind: 'member',
      membershipId,
    });
    all.push({ membershipId, holder: accountId });
  }
  const holders = all.map(({ holder }) => holder);
  const has = await participantsAmong(tx, wijk.id, programme.id, holders);
  const accounts = await services.book.accounts(wijk.id, holders, tx);
  const isFrozen = new Set(accounts.filter((one) => one.frozen).map(({ id }) => id));
  const without = all.filter(({ holder }) => !has.has(holder));
  const membersOf = (some: readonly Candidate[]) =>
    new Set(some.map(({ membershipId }) => membershipId));
  return {
    fresh: without.filter(({ holder }) => !isFrozen.has(holder)),
    known: membersOf(all.filter(({ holder }) => has.has(holder))),
    frozen: membersOf(without.filter(({ holder }) => isFrozen.has(holder))),
  };
}

/**
 * Gives each of them a budget: an account of its own in the book, filled from that of the programme. All of
 * them or none, in one call to the book.
 * @throws `wallet.programme-short` {lacks, unit}: there is not enough on the programme's account
 */
export async function give(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  programme: Programme,
  fresh: readonly Candidate[],
  by: string,
): Promise<void> {
  if (fresh.length === 0) return;
  await assertEnough(services, tx, programme, fresh.length);
  const now = services.clock.now();
  const { perParticipant: granted } = programme;
  const dayAfter = addDays(programme.endsOn, 1) ?? programme.endsOn;
  const lots = fresh.map(
    ({ holder }): Lot => ({
      wijkId: wijk.id,
      accountId: namedId('lot', wijk.id, programme.id, holder),
      programmeId: programme.id,
      holder,
      granted,
      expiresAt: startOfDay(dayAfter, wijk.timeZone),
      grantedAt: now,
      returnedAt: null,
    }),
  );
  const ids = lots.map(({ accountId }) => accountId);
  const limits = { min: 0, max: granted, daily: null };
  await services.book.openMany(tx, wijk.id, { ids, kind: 'lot', limits });
  const added = await addLots(tx, lots);
  if (added.length !== lots.length) throw new Error('a budget was given meanwhile');
  const requests = ids.map(
    (account): TransferRequest => ({
      id: namedId('grant', wijk.id, account),
      kind: 'single',
      code: 'grant',
      legs: [
        { account: programme.accountId, side: 'debit', amount: granted },
        { account, side: 'credit', amount: granted },
      ],
    }),
  );
  const outcomes = await services.book.post(tx, wijk.id, requests);
  const refused = outcomes.find((one) => !one.ok);
  if (refused && !refused.ok) throw new Error(`the book refused a budget: ${refused.refusal}`);
  await note(services, tx, wijk.id, {
    kind: 'budgets-given',
    by,
    subject: programme.id,
    detail: { budgets: ids.length, amount: ids.length * granted },
  });
}

async function assertEnough(
  services: Services,
  tx: Transaction,
  programme: Programme,
  budgets: number,
): Promise<void> {
  const { wijkId, accountId, perParticipant } = programme;
  const [account] = await services.book.accounts(wijkId, [accountId], tx);
  const lacks = budgets * perParticipant - (account?.available ?? 0);
  if (lacks <= 0) return;
  const { plural: unit } = await services.wallet.policies.current(wijkId);
  throw new DomainError('conflict', 'wallet.programme-short', { params: { lacks, unit } });
}

/**
 * Members whom the treasurer chose. Who has a budget keeps it, and who cannot get one is named with why and
 * leaves the others alone; pressed again it gives nothing twice.
 * @throws `wallet.programme-not-found`, `wallet.programme-ended`, `wallet.programme-short`: then nobody got
 *   one; `identity.member-not-found`
 */
export async function grantBudgets(
  services: Services,
  actor: Member,
  wijk: Wijk,
  programmeId: string,
  members: readonly string[],
): Promise<ReplyOf<typeof grantContract>> {
  return inTransaction(services.db, async (tx) => {
    const programme = await openProgramme(services, tx, wijk, programmeId);
    const chosen = [...new Set(members)];
    const names = await memberNames(tx, wijk.id, chosen);
    if (names.size !== chosen.length)
      throw new DomainError('not-found', 'identity.member-not-found');
    const { fresh, known, frozen } = await sorted(services, tx, wijk, programme, chosen);
    await give(services, tx, wijk, programme, fresh, actor.membershipId);
    const refused = chosen.flatMap((member) => {
      const code = known.has(member) ? 'has-budget' : frozen.has(member) ? 'frozen' : null;
      return code ? [{ member, name: names.get(member) ?? '', code } as const] : [];
    });
    const amount = fresh.length * programme.perParticipant;
    return { granted: fresh.length, amount, refused };
  });
}
