import { inTransaction } from '@wijk/db/kernel';
import { hasControlAction, listLimitedHolders, listMoneyPolicies } from '@wijk/db/wallet';
import type { TransferRequest } from '@wijk/domain/ledger';
import { demurrageOf, type MoneyPolicy } from '@wijk/domain/wallet';
import { localDateOf, monthBefore, startOfDay } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { note } from '../control/act.ts';
import { ensureHolder } from '../holders.ts';
import { namedId } from '../named-id.ts';
import { limitsOfHolder } from './limits.ts';

const AT_ONCE = 200;

/**
 * Brings the limits of all accounts to the policy that holds, once for each version: what is done stands in
 * the log of the control room, under an id that the version makes. Two workers set the same limits, which
 * changes nothing the second time.
 */
export function policyJobs() {
  /** ids of what is known to be done, so that nobody asks for it each second */
  const done = new Set<string>();
  const once = (
    name: string,
    dueOf: (services: Services, wijk: Wijk) => Promise<Due>,
    work: (services: Services, wijk: Wijk, due: Due & { policy: MoneyPolicy }) => Promise<void>,
  ) => ({
    name,
    run: async (services: Services): Promise<boolean> => {
      for (const wijk of await services.wijken.listOpen()) {
        const { id, read } = await dueOf(services, wijk);
        if (done.has(id)) continue;
        const policy = await read();
        if (policy && !(await hasControlAction(services.db, wijk.id, id))) {
          await work(services, wijk, { id, read, policy });
          done.add(id);
          return true;
        }
        done.add(id);
      }
      return false;
    },
  });
  return [
    once('policy-limits', limitsDue, applyLimits),
    once('demurrage', demurrageDue, takeDemurrage),
  ];
}

/** What is done under an id, by the policy that is read when it was not; null: nothing is to do. */
interface Due {
  id: string;
  read: () => Promise<MoneyPolicy | null>;
}

async function limitsDue({ wallet }: Services, wijk: Wijk): Promise<Due> {
  const policy = await wallet.policies.current(wijk.id);
  // version 1 is that of the house: accounts were opened with it
  const read = async () => (policy.version === 1 ? null : policy);
  return { id: namedId('policy-applied', wijk.id, policy.version), read };
}

/** Of the month that is over, by the policy that held at its end: nothing melts that was not announced. */
async function demurrageDue({ db, clock }: Services, wijk: Wijk): Promise<Due> {
  const { month, endsOn } = monthBefore(localDateOf(clock.now(), wijk.timeZone));
  const end = startOfDay(endsOn, wijk.timeZone);
  const read = async () => {
    const versions = await listMoneyPolicies(db, wijk.id);
    const held = versions.find(({ validFrom }) => validFrom < end);
    return held && held.demurragePermille > 0 ? held : null;
  };
  return { id: namedId('demurrage', wijk.id, month), read };
}

/** Accounts of members and organisations, some at a time. */
async function* pagesOf(services: Services, wijk: Wijk) {
  let after: string | undefined;
  for (;;) {
    const page = { limit: AT_ONCE, ...(after === undefined ? {} : { after }) };
    const holders = await listLimitedHolders(services.db, wijk.id, page);
    if (holders.length === 0) return;
    yield holders;
    after = holders.at(-1)?.accountId;
  }
}

async function applyLimits(
  services: Services,
  wijk: Wijk,
  { id, policy }: { id: string; policy: MoneyPolicy },
): Promise<void> {
  let accounts = 0;
  for await (const holders of pagesOf(services, wijk)) {
    const list = holders.map((one) => ({ id: one.accountId, limits: limitsOfHolder(policy, one) }));
    await inTransaction(services.db, (tx) => services.book.setLimitsOfMany(tx, wijk.id, list));
    accounts += list.length;
  }
  await inTransaction(services.db, (tx) =>
    note(services, tx, wijk.id, {
      ...{ id, kind: 'policy-applied', by: null, subject: null },
      detail: { version: policy.version, accounts },
    }),
  );
}

/**
 * What melts away of a month, one transfer for each account. Its id is of the account and the month, and what
 * was asked is that and no amount: again, or by another worker, it is the same request.
 */
async function takeDemurrage(
  services: Services,
  wijk: Wijk,
  { id, policy }: { id: string; policy: MoneyPolicy },
): Promise<void> {
  const { month } = monthBefore(localDateOf(services.clock.now(), wijk.timeZone));
  const fund = await inTransaction(services.db, (tx) =>
    ensureHolder(services, tx, wijk.id, { kind: 'fund' }),
  );
  let [accounts, amount] = [0, 0];
  for await (const holders of pagesOf(services, wijk)) {
    const ids = holders.map(({ accountId }) => accountId);
    await inTransaction(services.db, async (tx) => {
      const there = await services.book.accounts(wijk.id, ids, tx);
      const melts = there
        .map((one) => ({ id: one.id, takes: demurrageOf(policy, one.balance - one.reserved) }))
        .filter(({ takes }) => takes > 0);
      const requests = melts.map((one) => meltOf(wijk.id, one, month, fund.accountId, policy));
      const outcomes = await services.book.post(tx, wijk.id, requests);
      for (const [i, outcome] of outcomes.entries()) {
        // an account that is frozen keeps what it has
        if (!outcome.ok || outcome.repeated) continue;
        accounts += 1;
        amount += melts[i]?.takes ?? 0;
      }
    });
  }
  await inTransaction(services.db, (tx) =>
    note(services, tx, wijk.id, {
      ...{ id, kind: 'demurrage', by: null, subject: null, detail: { month, accounts, amount } },
    }),
  );
}

const meltOf = (
  wijkId: string,
  { id: account, takes: amount }: { id: string; takes: number },
  month: string,
  fund: string,
  { version: policyVersion }: MoneyPolicy,
): TransferRequest => ({
  id: namedId('melts', wijkId, account, month),
  kind: 'single',
  code: 'demurrage',
  policyVersion,
  intent: `${account} ${month}`,
  legs: [
    { account, side: 'debit', amount },
    { account: fund, side: 'credit', amount },
  ],
});
