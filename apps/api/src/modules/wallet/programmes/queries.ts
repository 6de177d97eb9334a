import type {
  ProgrammeRow,
  ReplyOf,
  readProgramme as readContract,
  readSettlement as settlementContract,
} from '@wijk/contracts';
import {
  findAccounts,
  listParticipants,
  listProgrammes,
  listSettlements,
  listSuppliers,
  listUnsettled,
  type Programme,
  readLotsOfProgrammes,
  readProgramme,
  settledDays,
} from '@wijk/db/wallet';
import { DomainError } from '@wijk/domain/kernel';
import { phaseOf } from '@wijk/domain/wallet';
import { localDateOf } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { openHolder } from '../holders.ts';
import { programmeNotFound } from './make.ts';
import { viewOfSettlement } from './settle.ts';

/** Balances by account; one that is not there holds nothing. */
async function balancesOf(services: Services, wijkId: string, ids: readonly string[]) {
  const accounts = await services.book.accounts(wijkId, ids);
  const byId = new Map(accounts.map((one) => [one.id, one.balance]));
  return (id: string) => byId.get(id) ?? 0;
}

export async function programmeList(
  services: Services,
  wijk: Wijk,
): Promise<{ items: ProgrammeRow[] }> {
  const programmes = await listProgrammes(services.db, wijk.id);
  const lots = await readLotsOfProgrammes(services.db, wijk.id);
  const balance = await balancesOf(services, wijk.id, [
    ...programmes.map(({ accountId }) => accountId),
    ...lots.map(({ accountId }) => accountId),
  ]);
  const today = localDateOf(services.clock.now(), wijk.timeZone);
  return {
    items: programmes.map((one) => {
      const own = lots.filter(({ programmeId }) => programmeId === one.id);
      const withParticipants = own.reduce((sum, { accountId }) => sum + balance(accountId), 0);
      const figures = {
        participants: own.length,
        withParticipants,
        balance: balance(one.accountId),
      };
      return rowOf(one, today, figures);
    }),
  };
}

const rowOf = (
  one: Programme,
  today: string,
  figures: Pick<ProgrammeRow, 'participants' | 'withParticipants' | 'balance'>,
): ProgrammeRow => ({
  id: one.id,
  name: one.name,
  phase: phaseOf(one, today),
  startsOn: one.startsOn,
  endsOn: one.endsOn,
  perParticipant: one.perParticipant,
  ...figures,
});

/** @throws `wallet.programme-not-found` */
export async function programmeDetails(
  services: Services,
  wijk: Wijk,
  id: string,
): Promise<ReplyOf<typeof readContract>> {
  const { db } = services;
  const programme = await readProgramme(db, wijk.id, id);
  if (!programme) throw programmeNotFound();
  const now = services.clock.now();
  const [participants, suppliers, unsettled, settlements, found] = await Promise.all([
    listParticipants(db, wijk.id, id),
    listSuppliers(db, wijk.id, id),
    listUnsettled(db, wijk.id, { programmeId: id, before: now }),
    listSettlements(db, wijk.id, { programmeId: id }),
    findAccounts(db, wijk.id, '', 500, 'organisation'),
  ]);
  const source = await openHolder(services, wijk.id, { kind: programme.source });
  const balance = await balancesOf(services, wijk.id, [
    programme.accountId,
    source.accountId,
    ...participants.map(({ accountId }) => accountId),
  ]);
  const takesPart = new Set(suppliers.flatMap((one) => (one.until ? [] : [one.accountId])));
  const figures = {
    participants: participants.length,
    withParticipants: participants.reduce((sum, { accountId }) => sum + balance(accountId), 0),
    balance: balance(programme.accountId),
  };
  return {
    ...rowOf(programme, localDateOf(now, wijk.timeZone), figures),
    about: programme.about,
    source: programme.source,
    kinds: programme.kinds,
    themes: programme.themes.flatMap((slug) => {
      const theme = wijk.themes.find((one) => one.slug === slug);
      return theme ? [{ slug, name: theme.name }] : [];
    }),
    sourceBalance: programme.source === 'fund' ? balance(source.accountId) : null,
    lots: participants.map((one) => ({
      account: one.accountId,
      name: one.name ?? '',
      granted: one.granted,
      left: balance(one.accountId),
      expiresAt: one.expiresAt.toISOString(),
      returned: one.returnedAt !== null,
    })),
    suppliers: suppliers.map(({ accountId: account, name, kind, theme, since, until }) => {
      return { account, name, kind, theme, since: since.toISOString(), ended: until !== null };
    }),
    unsettled: unsettled.map(({ payee, name, payments, amount, retired, firstAt }) => {
      return { account: payee, name, payments, amount, retired, firstAt: firstAt.toISOString() };
    }),
    settlements: settlements.map(viewOfSettlement),
    candidates: found
      .filter(({ accountId }) => !takesPart.has(accountId))
      .map(({ accountId: account, name }) => ({ account, name: name ?? '' })),
  };
}

/** @throws `wallet.settlement-not-found` */
export async function settlementDetails(
  services: Services,
  wijk: Wijk,
  id: string,
): Promise<ReplyOf<typeof settlementContract>> {
  const [one] = await listSettlements(services.db, wijk.id, { id });
  if (!one) throw new DomainError('not-found', 'wallet.settlement-not-found');
  return {
    ...viewOfSettlement(one),
    programme: { id: one.programmeId, name: one.programme },
    days: await settledDays(services.db, wijk.id, id, wijk.timeZone),
  };
}
