import type {
  readAccountYear as accountYearContract,
  ReplyOf,
  Turnover,
  readTreasury as treasuryContract,
  readYear as yearContract,
} from '@wijk/contracts';
import {
  lastVerification,
  listProposals,
  listUnsettled,
  readHolders,
  readProgrammesById,
} from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { agreeing } from '@wijk/domain/wallet';
import { localDateOf, startOfDay } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import { countFrozen, readTurnover } from '../../ledger/index.ts';
import type { Wijk } from '../../wijk/index.ts';

/** What waits, and what there is. */
export async function overview(
  services: Services,
  wijk: Wijk,
  actor: Member,
): Promise<ReplyOf<typeof treasuryContract>> {
  const { db } = services;
  const now = services.clock.now();
  const today = startOfDay(localDateOf(now, wijk.timeZone), wijk.timeZone);
  const [open, unsettled, totals, frozen, verification, policy] = await Promise.all([
    listProposals(db, wijk.id, 'open', 200),
    listUnsettled(db, wijk.id, { before: today }),
    services.book.totals(wijk.id),
    countFrozen(db, wijk.id),
    lastVerification(db, wijk.id),
    services.wallet.policies.current(wijk.id),
  ]);
  const programmes = await readProgrammesById(
    db,
    wijk.id,
    unsettled.map(({ programmeId }) => programmeId),
  );
  const nameOf = new Map(programmes.map(({ id, name }) => [id, name]));
  const mine = open.filter((one) =>
    mayAgree(() => agreeing({ ...one, decided: false }, actor.membershipId)),
  );
  return {
    proposals: open.length,
    mine: mine.length,
    settlements: unsettled.map(({ programmeId: programme, name, amount }) => {
      return { programme, programmeName: nameOf.get(programme) ?? '', name, amount };
    }),
    frozen,
    outstanding: totals.reduce((s, one) => (one.kind === 'issuance' ? s : s + one.balance), 0),
    totals: totals.map(({ kind, accounts, balance }) => ({ kind, accounts, balance })),
    verification: verification && { ...verification, at: verification.at.toISOString() },
    unit: { name: policy.name, plural: policy.plural, symbol: policy.symbol },
  };
}

function mayAgree(rule: () => unknown): boolean {
  try {
    rule();
    return true;
  } catch {
    return false;
  }
}

/** The moments between which a year of the wijk lies; left out: the one that runs. */
export function yearSpan(
  services: Services,
  wijk: { timeZone: string },
  asked: number | undefined,
) {
  const year = asked ?? Number(localDateOf(services.clock.now(), wijk.timeZone).slice(0, 4));
  const from = startOfDay(`${year}-01-01`, wijk.timeZone);
  return { year, from, until: startOfDay(`${year + 1}-01-01`, wijk.timeZone) };
}

/** Balances of these accounts together at both ends of a stretch of time, and sums by nature between. */
export async function turnoverOf(
  { db, book }: Services,
  wijk: { id: string },
  accounts: readonly string[],
  span: { from: Date; until: Date },
): Promise<{ opening: number; closing: number; lines: Turnover[] }> {
  const before = async (moment: Date) => {
    const at = new Date(moment.getTime() - 1);
    const balances = await Promise.all(accounts.map((id) => book.asOf(wijk.id, id, at)));
    return balances.reduce((sum, { balance }) => sum + balance, 0);
  };
  const [opening, closing, lines] = await Promise.all([
    before(span.from),
    before(span.until),
    readTurnover(db, wijk.id, { ...span, accounts }),
  ]);
  return { opening, closing, lines: lines.map(({ kind: _, ...line }) => line) };
}

/** The year statement of the wijk. */
export async function yearOfWijk(
  services: Services,
  wijk: Wijk,
  asked: number | undefined,
): Promise<ReplyOf<typeof yearContract>> {
  const { year, ...span } = yearSpan(services, wijk, asked);
  return { year, lines: await readTurnover(services.db, wijk.id, span) };
}

/** @throws `wallet.account-not-found` */
export async function yearOfAccount(
  services: Services,
  wijk: Wijk,
  account: string,
  asked: number | undefined,
): Promise<ReplyOf<typeof accountYearContract>> {
  const [holder] = await readHolders(services.db, wijk.id, [account]);
  if (holder?.kind !== 'member' && holder?.kind !== 'organisation')
    throw new DomainError('not-found', 'wallet.account-not-found');
  const { year, ...span } = yearSpan(services, wijk, asked);
  return { year, name: holder.name ?? '', ...(await turnoverOf(services, wijk, [account], span)) };
}
