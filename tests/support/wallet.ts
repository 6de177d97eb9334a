import { randomUUID } from 'node:crypto';
import { inTransaction } from '@wijk/db/kernel';
import type { Holder, HolderOf } from '@wijk/db/wallet';
import { addMoneyPolicy, newPayCode } from '@wijk/db/wallet';
import { DomainError } from '@wijk/domain/kernel';
import type { Leg } from '@wijk/domain/ledger';
import { DEFAULT_MONEY_POLICY, type MoneyPolicy } from '@wijk/domain/wallet';
import { sql } from 'drizzle-orm';
import { openHolder, type PayCommand, pay } from '../../apps/api/src/modules/wallet/index.ts';
import type { Guest, House } from './house.ts';

/** Wallets of a house, made through the door of the book. Amounts in minor units. */
export interface Till {
  holder(of: Guest | HolderOf): Promise<Holder>;
  /** issues to an account; null: to the fund */
  issue(to: Guest | HolderOf, amount: number): Promise<void>;
  /** a policy of the wijk's own, from a moment on or at once */
  adopt(change: Partial<MoneyPolicy>, validFrom?: Date): Promise<void>;
  balance(of: Guest | HolderOf): Promise<number>;
  pay(
    by: Guest,
    to: Guest | HolderOf,
    amount: number,
    more?: Partial<PayCommand>,
  ): ReturnType<typeof pay>;
  /** an organisation, with these operators and what each may pay in a day */
  organisation(name: string, operators: readonly [Guest, number | null][]): Promise<string>;
  programme(more: {
    suppliers: readonly (Guest | HolderOf)[];
    participants: readonly [Guest, number][];
    startsOn?: string;
    endsOn?: string;
    expiresAt?: Date;
    name?: string;
  }): Promise<{ id: string; account: string; lots: string[] }>;
}

const ofGuest = (of: Guest | HolderOf): HolderOf =>
  'kind' in of ? of : { kind: 'member', membershipId: of.membershipId };

export function openTill(house: House): Till {
  const { services, wijk } = house;
  const place = { id: wijk.id, timeZone: 'Europe/Amsterdam' };
  const holder: Till['holder'] = (of) => openHolder(services, wijk.id, ofGuest(of));
  const post = (code: 'issue' | 'grant', from: string, to: string, amount: number) =>
    inTransaction(services.db, async (tx) => {
      const legs: Leg[] = [
        { account: from, side: 'debit', amount },
        { account: to, side: 'credit', amount },
      ];
      const request = { id: randomUUID(), kind: 'single', code, legs } as const;
      const [outcome] = await services.book.post(tx, wijk.id, [request]);
      if (!outcome?.ok) throw new Error(`not posted: ${JSON.stringify(outcome)}`);
    });
  const issue: Till['issue'] = async (to, amount) =>
    post(
      'issue',
      (await holder({ kind: 'issuance' })).accountId,
      (await holder(to)).accountId,
      amount,
    );
  const open = (kind: 'lot' | 'programme') =>
    inTransaction(services.db, async (tx) => {
      const id = randomUUID();
      const limits = { min: 0, max: null, daily: null };
      await services.book.open(tx, { wijkId: wijk.id, id, kind, limits });
      return id;
    });
  return {
    holder,
    issue,
    adopt: async (change, validFrom = house.clock.now()) => {
      const { version: _, ...policy } = { ...DEFAULT_MONEY_POLICY, ...change };
      const made = { validFrom, by: null, reason: '' };
      await inTransaction(services.db, (tx) =>
        addMoneyPolicy(tx, wijk.id, policy, made, house.clock.now()),
      );
      services.wallet.policies.forget();
    },
    balance: async (of) => {
      const { accountId } = await holder(of);
      return (await services.book.accounts(wijk.id, [accountId]))[0]?.balance ?? 0;
    },
    pay: async (by, to, amount, more = {}) =>
      pay(services, place, {
        id: randomUUID(),
        by: by.membershipId,
        onBehalfOf: null,
        payee: (await holder(to)).accountId,
        amount,
        memo: null,
        way: 'send',
        requestId: null,
        ...more,
      }),
    organisation: async (name, operators) => {
      const id = randomUUID();
      await house.owner.execute(sql`insert into wallet.organisation (wijk_id, id, name, created_at)
        values (${wijk.id}, ${id}, ${name}, ${house.clock.now()})`);
      for (const [who, limit] of operators)
        await house.owner.execute(sql`insert into wallet.operator
          (wijk_id, organisation_id, membership_id, role, daily_limit, since)
          values (${wijk.id}, ${id}, ${who.membershipId}, 'operator', ${limit}, ${house.clock.now()})`);
      return id;
    },
    programme: async ({ suppliers, participants, ...more }) => {
      const now = house.clock.now();
      const [id, account] = [randomUUID(), await open('programme')];
      const { startsOn = '2026-01-01', endsOn = '2027-12-31', name = 'Fit' } = more;
      const issuance = await holder({ kind: 'issuance' });
      await house.owner.execute(sql`insert into wallet.holder (wijk_id, account_id, kind, pay_code, opened_at)
        values (${wijk.id}, ${account}, 'programme', ${newPayCode()}, ${now})`);
      await house.owner.execute(sql`insert into wallet.programme (wijk_id, id, name, account_id, kinds, themes,
          per_participant, starts_on, ends_on, made_by, made_at)
        values (${wijk.id}, ${id}, ${name}, ${account}, '[]', '[]', 1, ${startsOn}, ${endsOn}, ${id}, ${now})`);
      for (const one of suppliers)
        await house.owner.execute(sql`insert into wallet.supplier (wijk_id, programme_id, account_id, kind, theme, since)
          values (${wijk.id}, ${id}, ${(await holder(one)).accountId}, '', '', ${now})`);
      const lots: string[] = [];
      for (const [who, amount] of participants) {
        const lot = await open('lot');
        await post('issue', issuance.accountId, account, amount);
        await post('grant', account, lot, amount);
        const expiresAt = more.expiresAt ?? new Date(`${endsOn}T23:00:00Z`);
        await house.owner.execute(sql`insert into wallet.lot
          (wijk_id, account_id, programme_id, holder, granted, expires_at, granted_at)
          values (${wijk.id}, ${lot}, ${id}, ${(await holder(who)).accountId}, ${amount}, ${expiresAt}, ${now})`);
        lots.push(lot);
      }
      return { id, account, lots };
    },
  };
}

/** Code and parameters of a refusal that must come. */
export async function refused(paying: Promise<unknown>): Promise<Record<string, unknown>> {
  const error = await paying.then(
    () => new Error('it was not refused'),
    (e: unknown) => e,
  );
  if (!(error instanceof DomainError)) throw error;
  return { code: error.code, ...error.params };
}
