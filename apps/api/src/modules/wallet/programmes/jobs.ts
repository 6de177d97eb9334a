import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  closeProgramme,
  dueLots,
  type Lot,
  lockProgramme,
  markReturned,
  type Programme,
  programmesToClose,
  programmeWithDueLots,
} from '@wijk/db/wallet';
import type { TransferRequest } from '@wijk/domain/ledger';
import { localDateOf } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import { note } from '../control/act.ts';
import { ensureHolder } from '../holders.ts';
import { namedId } from '../named-id.ts';

const AT_ONCE = 200;

/** Where credits of a programme go when they come back: to its account, and once that is closed to its source. */
export async function homeOf(
  services: Services,
  tx: Transaction,
  { wijkId, accountId, closedAt, source }: Programme,
): Promise<string> {
  if (closedAt === null) return accountId;
  return (await ensureHolder(services, tx, wijkId, { kind: source })).accountId;
}

/**
 * Takes back what is left of budgets whose last day is over. Of one that is reserved in part the rest stays
 * until the reservation ends. @returns whether there was anything to do
 */
export async function returnBudgets(services: Services): Promise<boolean> {
  const waiting: string[] = [];
  for (;;) {
    const now = services.clock.now();
    const of = await programmeWithDueLots(services.db, now, waiting);
    if (!of) return false;
    const done = await inTransaction(services.db, async (tx) => {
      const programme = await lockProgramme(tx, of.wijkId, of.programmeId);
      if (!programme) throw new Error('a budget without its programme');
      // read behind the lock: of two workers the second one finds nothing left
      const due = await dueLots(tx, of, now, waiting, AT_ONCE);
      const ended = due.length > 0 ? await returnLots(services, tx, programme, due) : [];
      waiting.push(...due.map((lot) => lot.accountId).filter((id) => !ended.includes(id)));
      return ended.length;
    });
    if (done > 0) return true;
  }
}

async function returnLots(
  services: Services,
  tx: Transaction,
  programme: Programme,
  due: readonly Lot[],
): Promise<string[]> {
  const { wijkId, id: programmeId } = programme;
  const home = await homeOf(services, tx, programme);
  const ids = due.map(({ accountId }) => accountId);
  const accounts = await services.book.accounts(wijkId, ids, tx);
  // its owner's account may be frozen; what goes back is not theirs to keep
  for (const { id, frozen } of accounts)
    if (frozen) await services.book.setFrozen(tx, wijkId, id, false);
  const left = accounts.filter((one) => (one.available ?? 0) > 0);
  const outcomes = await services.book.post(
    tx,
    wijkId,
    left.map((one) => returnOf(wijkId, one, home)),
  );
  const refused = new Set(left.filter((_, i) => !outcomes[i]?.ok).map(({ id }) => id));
  const ended = accounts
    .filter((one) => one.reserved === 0 && one.expected === 0 && !refused.has(one.id))
    .map(({ id }) => id);
  const amount = left.reduce((sum, { id, available }) => {
    return refused.has(id) ? sum : sum + (available ?? 0);
  }, 0);
  if (ended.length === 0) return [];
  await markReturned(tx, wijkId, ended, services.clock.now());
  await note(services, tx, wijkId, {
    kind: 'budgets-returned',
    by: null,
    subject: programmeId,
    detail: { budgets: ended.length, amount },
  });
  return ended;
}

/** The version of the account stands in the id: a budget that came to life again goes back again. */
export const returnOf = (
  wijkId: string,
  lot: { id: string; version: number; available: number | null },
  home: string,
): TransferRequest => ({
  id: namedId('return', wijkId, lot.id, lot.version),
  kind: 'single',
  code: 'return',
  legs: [
    { account: lot.id, side: 'debit', amount: lot.available ?? 0 },
    { account: home, side: 'credit', amount: lot.available ?? 0 },
  ],
});

/** Closes a programme that is over and sends what nobody was given back to where it came from. */
export async function closeProgrammes(services: Services): Promise<boolean> {
  const now = services.clock.now();
  for (const { wijkId, id, endsOn } of await programmesToClose(services.db, now, 20)) {
    const wijk = await services.wijken.byId(wijkId);
    if (!wijk || endsOn >= localDateOf(now, wijk.timeZone)) continue;
    const closed = await inTransaction(services.db, async (tx) => {
      const programme = await lockProgramme(tx, wijkId, id);
      if (!programme || programme.closedAt) return false;
      await sendHome(services, tx, programme);
      return true;
    });
    if (closed) return true;
  }
  return false;
}

async function sendHome(services: Services, tx: Transaction, programme: Programme): Promise<void> {
  const { wijkId, id, accountId, source } = programme;
  const now = services.clock.now();
  const home = await homeOf(services, tx, { ...programme, closedAt: now });
  const [account] = await services.book.accounts(wijkId, [accountId], tx);
  const amount = account?.available ?? 0;
  if (amount > 0) {
    const [outcome] = await services.book.post(tx, wijkId, [
      {
        id: namedId('close', wijkId, id),
        kind: 'single',
        code: source === 'issuance' ? 'retire' : 'return',
        legs: [
          { account: accountId, side: 'debit', amount },
          { account: home, side: 'credit', amount },
        ],
      },
    ]);
    if (!outcome?.ok) throw new Error('the book refused what is left of a programme');
  }
  await closeProgramme(tx, wijkId, id, now);
  await note(services, tx, wijkId, {
    kind: 'programme-closed',
    by: null,
    subject: id,
    detail: { amount, source },
  });
}
