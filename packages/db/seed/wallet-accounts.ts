import { DEFAULT_MONEY_POLICY, limitsOf, type MoneyPolicy } from '@wijk/domain/wallet';
import type { Transaction } from '../src/kernel/database.ts';
import { openAccount } from '../src/ledger/index.ts';
import { holder, operator, organisation, residency } from '../src/wallet/tables.ts';
import type { Chance } from './random.ts';
import { ORGANISATIONS } from './wallet-plan.ts';

const ALPHABET = [...'abcdefghjkmnpqrstuvwxyz23456789'];

export const payCodeOf = (chance: Chance): string =>
  Array.from({ length: 10 }, () => chance.pick(ALPHABET)).join('');

/** What the wallets of the demonstration are made for. */
export interface Place {
  wijkId: string;
  membershipOf: (name: string) => string;
  /** everybody with a wallet */
  names: readonly string[];
  opened: Date;
  now: Date;
}

export const POLICY: Omit<MoneyPolicy, 'version'> = {
  ...DEFAULT_MONEY_POLICY,
  name: 'elzentje',
  plural: 'elzentjes',
  symbol: 'Ɛ',
  memberCredit: 2500,
  contributionPermille: 20,
};

/** The names of the wijk's own two accounts; nobody is called so. */
export const ISSUANCE = '\0issuance';
export const FUND = '\0fund';

/** Accounts by name, each with its holder. */
export async function openWallets(
  tx: Transaction,
  { wijkId, membershipOf, names, opened }: Place,
  chance: Chance,
): Promise<Map<string, string>> {
  const rows: (typeof holder.$inferInsert)[] = [];
  const accounts = new Map<string, string>();
  const add = (name: string, of: Pick<typeof holder.$inferInsert, 'kind'> & object) => {
    const accountId = chance.uuid();
    accounts.set(name, accountId);
    const payCode = payCodeOf(chance);
    rows.push({ wijkId, accountId, payCode, openedAt: opened, ...of });
  };
  add(ISSUANCE, { kind: 'issuance' });
  add(FUND, { kind: 'fund' });
  const shops = ORGANISATIONS.map((one) => ({ ...one, id: chance.uuid() }));
  for (const { name, id } of shops)
    add(name, { kind: 'organisation', organisationId: id } as never);
  for (const name of names)
    add(name, { kind: 'member', membershipId: membershipOf(name) } as never);
  await tx
    .insert(organisation)
    .values(shops.map(({ id, name, about }) => ({ wijkId, id, name, about, createdAt: opened })));
  await tx.insert(operator).values(
    shops.map(({ id, operator: who }) => ({
      wijkId,
      organisationId: id,
      membershipId: membershipOf(who),
      role: 'manager' as const,
      since: opened,
    })),
  );
  const confirmed = names.filter((_, i) => i % 3 === 0);
  const confirmedBy = membershipOf('Kees Dijkgraaf');
  await tx.insert(residency).values(
    confirmed.map((name) => ({
      wijkId,
      membershipId: membershipOf(name),
      confirmedAt: opened,
      confirmedBy,
    })),
  );
  await tx.insert(holder).values(rows);
  for (const { accountId, kind, membershipId } of rows) {
    const resident = confirmed.some((name) => membershipOf(name) === membershipId);
    const policy = { ...POLICY, version: 2 };
    const limits =
      kind === 'member' || kind === 'organisation'
        ? limitsOf(policy, { kind, confirmed: resident })
        : { min: kind === 'issuance' ? null : 0, max: null, daily: null };
    await openAccount(tx, { wijkId, id: accountId, kind: kind as 'member', limits }, opened);
  }
  return accounts;
}
