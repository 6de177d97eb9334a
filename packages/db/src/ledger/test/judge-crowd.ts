import { randomUUID } from 'node:crypto';
import type { Leg, TransferRequest } from '@wijk/domain/ledger';
import type pg from 'pg';
import { judgeBook, openWijk } from '../../../../../tests/support/judge-book.ts';
import type { Database } from '../../kernel/index.ts';
import { type AccountKind, openAccount, postTransfers, readAccounts } from '../index.ts';
import { type Crowd, hashOf } from './crowd.ts';
import { DAY, START } from './requests.ts';

/** What the larger transactions of a crowd write beside the book. */
export const NOTES = `create table if not exists public.note (wijk_id uuid not null, id uuid primary key);
  grant select, insert on public.note to wijk_app`;

const ISSUED = 400;

/** A wijk with some accounts, each with as much on it, little credit and a ceiling, and a fund for all. */
export async function openCrowd(
  { db, owner, appUrl }: { db: Database; owner: pg.Client; appUrl: string },
  size: number,
  wijk?: string,
): Promise<Crowd> {
  const wijkId = wijk ?? (await openWijk(owner));
  const open = async (kind: AccountKind, min: number | null, max: number | null) => {
    const account = { wijkId, id: randomUUID(), kind, limits: { min, max, daily: null } };
    await openAccount(db, account, new Date(START));
    return account.id;
  };
  const issuance = await open('issuance', null, null);
  const fund = await open('fund', 0, null);
  const accounts: string[] = [];
  for (let i = 0; i < size; i += 1) accounts.push(await open('member', -50, ISSUED * 2));
  const issue = accounts.map(
    (account): TransferRequest => ({
      id: randomUUID(),
      kind: 'single',
      code: 'issue',
      legs: [
        { account: issuance, side: 'debit', amount: ISSUED },
        { account, side: 'credit', amount: ISSUED },
      ],
    }),
  );
  await postTransfers(db, wijkId, issue, { at: new Date(START), day: DAY });
  return {
    appUrl,
    wijkId,
    fund,
    accounts,
    known: [],
    confirmed: new Map(issue.map((request) => [request.id, { request, asNew: 1 }])),
    noted: new Set(),
    faults: [],
    seen: new Map(),
  };
}

/** What is wrong with the book, or differs from what the clients were told. */
export async function judgeCrowd(crowd: Crowd, owner: pg.Client, db: Database): Promise<string[]> {
  const faults = [...new Set(crowd.faults), ...(await judgeBook(owner, crowd.wijkId))];
  const { rows } = await owner.query<{ id: string; hash: string; noted: boolean }>(
    `select t.id, encode(t.request_hash, 'hex') as hash, n.id is not null as noted
     from ledger.transfer t full join public.note n on n.wijk_id = t.wijk_id and n.id = t.id
     where coalesce(t.wijk_id, n.wijk_id) = $1`,
    [crowd.wijkId],
  );
  if (rows.some(({ id }) => id === null)) faults.push('a note of what was never posted');
  const book = new Map(rows.map((row) => [row.id, row]));
  for (const [id, { request, asNew }] of crowd.confirmed) {
    const row = book.get(id);
    if (!row) faults.push(`confirmed and lost: ${request.kind} ${id}`);
    else if (row.hash !== hashOf(request)) faults.push(`confirmed is not what was posted: ${id}`);
    if (asNew > 1) faults.push(`confirmed ${asNew} times as new: ${id}`);
  }
  for (const id of book.keys())
    if (id && !crowd.confirmed.has(id)) faults.push(`posted, and nobody was told: ${id}`);
  for (const id of crowd.noted)
    if (!book.get(id)?.noted)
      faults.push(`posted in a larger transaction, and half of it lost: ${id}`);
  faults.push(...(await compareBalances(crowd, db)));
  return faults;
}

/** Balances as the clients' own list makes them. */
async function compareBalances(crowd: Crowd, db: Database): Promise<string[]> {
  const told = new Map<string, number>();
  const legsOf = (id: string): readonly Leg[] => {
    const request = crowd.confirmed.get(id)?.request;
    return request && 'legs' in request && request.legs ? request.legs : [];
  };
  const add = (legs: readonly Leg[], sign: number) => {
    for (const { account, side, amount } of legs)
      told.set(account, (told.get(account) ?? 0) + (side === 'debit' ? -amount : amount) * sign);
  };
  for (const [id, { request }] of crowd.confirmed) {
    if (request.kind === 'single') add(legsOf(id), 1);
    if (request.kind === 'post') add(legsOf(request.pending), 1);
    if (request.kind === 'reversal') add(legsOf(request.reverses), -1);
  }
  const accounts = await readAccounts(db, crowd.wijkId, [...crowd.accounts, crowd.fund]);
  return accounts
    .filter(({ id, balance }) => balance !== (told.get(id) ?? 0))
    .map(
      ({ id, balance }) =>
        `the balance of ${id} is ${balance}, its clients have ${told.get(id) ?? 0}`,
    );
}
