import type { readSupplierSettlements as contract, ReplyOf } from '@wijk/contracts';
import {
  findHolder,
  listSettlements,
  listSuppliedProgrammes,
  listUnsettled,
  readOrganisation,
  roleIn,
} from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { phaseOf } from '@wijk/domain/wallet';
import { localDateOf, startOfDay } from '@wijk/domain/wijk';
import { type MessageKey, t } from '@wijk/i18n';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../pay.ts';
import { viewOfSettlement } from '../programmes/settle.ts';
import { amount, csv } from '../statement-files/cells.ts';
import { dayOf, dayText, type StatementSpeaker } from '../statement-files/words.ts';
import { unitOf } from '../views.ts';

type Settled = ReplyOf<typeof contract>;

/**
 * What an organisation earned of programmes: settled, and still to settle. For who acts for it now, in any
 * role; for everybody else it is not there. Who paid is told to nobody.
 * @throws `wallet.organisation-not-found`
 */
export async function supplierSettlements(
  services: Services,
  actor: Member,
  wijk: Wijk,
  id: string,
): Promise<Settled> {
  const { db, clock } = services;
  const [organisation, role] = await Promise.all([
    readOrganisation(db, wijk.id, id),
    roleIn(db, wijk.id, id, actor.membershipId),
  ]);
  if (!organisation || !role) throw new DomainError('not-found', 'wallet.organisation-not-found');
  const policy = await services.wallet.policies.current(wijk.id);
  const of = { name: organisation.name, unit: unitOf(policy) };
  const holder = await findHolder(db, wijk.id, { kind: 'organisation', organisationId: id });
  if (!holder) return { ...of, programmes: [] };
  const now = clock.now();
  const payee = holder.accountId;
  const today = localDateOf(now, wijk.timeZone);
  // up to this very moment, which the reader leaves out
  const before = startOfDay(today, wijk.timeZone, 1);
  const [programmes, unsettled, settlements] = await Promise.all([
    listSuppliedProgrammes(db, wijk.id, payee),
    listUnsettled(db, wijk.id, { payee, before }),
    listSettlements(db, wijk.id, { payee }),
  ]);
  return {
    ...of,
    programmes: programmes.map((one) => {
      const due = unsettled.find(({ programmeId }) => programmeId === one.id);
      return {
        ...{ id: one.id, name: one.name, startsOn: one.startsOn, endsOn: one.endsOn },
        phase: phaseOf(one, today),
        takesPart: one.takesPart && one.closedAt === null,
        unsettled: due
          ? {
              ...{ payments: due.payments, amount: due.amount, retired: due.retired },
              firstAt: due.firstAt.toISOString(),
            }
          : null,
        settlements: settlements
          .filter(({ programmeId }) => programmeId === one.id)
          .map((row) => {
            const { account: _, name: __, ...view } = viewOfSettlement(row);
            return view;
          }),
      };
    }),
  };
}

const COLUMNS = ['programme', 'from', 'until', 'payments', 'amount', 'retired', 'settled'] as const;

/** A line for each settlement, and before those of a programme one for what is still to settle. */
export function settlementsCsv({ programmes }: Settled, say: StatementSpeaker): string {
  const word = (key: string) => t(say.locale, `statement.settlements.${key}` as MessageKey);
  return csv([
    COLUMNS.map(word),
    ...programmes.flatMap(({ name, unsettled, settlements }) => [
      ...(unsettled
        ? [
            [
              ...[name, dayOf(unsettled.firstAt, say), ''],
              ...[String(unsettled.payments), amount(unsettled.amount), amount(unsettled.retired)],
              word('open'),
            ],
          ]
        : []),
      ...settlements.map((one) => [
        ...[name, dayText(one.firstDay, say.locale), dayText(one.lastDay, say.locale)],
        ...[String(one.payments), amount(one.amount), amount(one.retired)],
        dayOf(one.madeAt, say),
      ]),
    ]),
  ]);
}
