import type { BodyOf, SettlementView, settleSupplier as settleContract } from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import {
  claimSpendings,
  insertSettlement,
  lockProgramme,
  readHolders,
  type Settlement,
} from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { addDays, localDateOf, startOfDay } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { note, pressed } from '../control/act.ts';
import { ensureHolder } from '../holders.ts';
import { programmeNotFound } from './make.ts';

/**
 * Counts what a supplier earned of a programme up to and with a day that is over, and retires what arrived
 * of it: those credits are nobody's any more. Each spending is counted once, also by two who settle at once.
 * @throws `wallet.programme-not-found`, `wallet.nothing-to-settle`, `wallet.supplier-spent` {lacks, unit},
 *   `wallet.account-frozen`
 */
export async function settleSupplier(
  services: Services,
  actor: Member,
  wijk: Wijk,
  programmeId: string,
  body: BodyOf<typeof settleContract>,
  key: string,
): Promise<SettlementView> {
  const now = services.clock.now();
  const { account: payee, lastDay } = body;
  if (lastDay >= localDateOf(now, wijk.timeZone))
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'lastDay', code: 'day-not-over' }],
    });
  const press = {
    wijkId: wijk.id,
    actor,
    route: 'settleSupplier',
    key,
    body: { ...body, programmeId },
  };
  return inTransaction(services.db, (tx) =>
    pressed(services, tx, press, async () => {
      if (!(await lockProgramme(tx, wijk.id, programmeId))) throw programmeNotFound();
      const issuance = await ensureHolder(services, tx, wijk.id, { kind: 'issuance' });
      const id = uuidv7(now);
      const before = startOfDay(addDays(lastDay, 1) ?? lastDay, wijk.timeZone);
      const claim = { programmeId, payee, before, settlementId: id };
      const { firstAt, payments, amount, retired } = await claimSpendings(tx, wijk.id, claim);
      if (!firstAt) throw new DomainError('conflict', 'wallet.nothing-to-settle');
      const settled: Settlement = {
        wijkId: wijk.id,
        id,
        programmeId,
        payee,
        firstDay: localDateOf(firstAt, wijk.timeZone),
        lastDay,
        payments,
        amount,
        retired,
        transferId: id,
        madeBy: actor.membershipId,
        madeAt: now,
      };
      await insertSettlement(tx, settled);
      await retire(services, tx, settled, issuance.accountId);
      await note(services, tx, wijk.id, {
        kind: 'settled',
        by: actor.membershipId,
        subject: id,
        detail: { account: payee, payments, amount, retired },
      });
      const [holder] = await readHolders(tx, wijk.id, [payee]);
      return viewOfSettlement({ ...settled, name: holder?.name ?? '' });
    }),
  );
}

async function retire(
  services: Services,
  tx: Parameters<Services['book']['post']>[0],
  { wijkId, id, payee, retired }: Settlement,
  issuance: string,
): Promise<void> {
  const [outcome] = await services.book.post(tx, wijkId, [
    {
      id,
      kind: 'single',
      code: 'settle',
      legs: [
        { account: payee, side: 'debit', amount: retired },
        { account: issuance, side: 'credit', amount: retired },
      ],
    },
  ]);
  if (!outcome || outcome.ok) return;
  if (outcome.refusal === 'frozen') throw new DomainError('conflict', 'wallet.account-frozen');
  if (outcome.refusal !== 'insufficient')
    throw new Error(`the book refused a settlement: ${outcome.refusal}`);
  const { plural: unit } = await services.wallet.policies.current(wijkId);
  const params = { lacks: outcome.lacks ?? 0, unit };
  throw new DomainError('conflict', 'wallet.supplier-spent', { params });
}

export const viewOfSettlement = (one: Settlement & { name: string }): SettlementView => ({
  id: one.id,
  account: one.payee,
  name: one.name,
  firstDay: one.firstDay,
  lastDay: one.lastDay,
  payments: one.payments,
  amount: one.amount,
  retired: one.retired,
  madeAt: one.madeAt.toISOString(),
});
