import { randomUUID } from 'node:crypto';
import type { Leg, Outcome, TransferRequest } from '@wijk/domain/ledger';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { connect, type Database } from '../kernel/index.ts';
import {
  type AccountKind,
  balanceAsOf,
  type Limits,
  lapsedHolds,
  openAccount,
  postTransfers,
  readAccounts,
  readLines,
  setFrozen,
  setLimits,
} from './index.ts';

let database: TestDatabase;
let db: Database;
let owner: pg.Client;
const wijkId = randomUUID();
const START = new Date('2026-12-01T09:00:00Z');
let at: Date;
const day = () => at.toISOString().slice(0, 10);

beforeAll(async () => {
  database = await testDatabase();
  db = connect({ url: database.appUrl });
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(
    `insert into wijk.wijk (id, slug, name, time_zone, created_at) values ($1, 'elzen', 'Elzen', 'Europe/Amsterdam', now())`,
    [wijkId],
  );
});

afterAll(async () => {
  await owner?.end();
  await db?.$client.end();
  await database?.drop();
});

beforeEach(() => {
  at = START;
});

const open = async (kind: AccountKind, limits: Partial<Limits> = {}): Promise<string> => {
  const id = randomUUID();
  await openAccount(
    db,
    { wijkId, id, kind, limits: { min: 0, max: null, daily: null, ...limits } },
    at,
  );
  return id;
};
const from = (account: string, amount: number): Leg => ({ account, side: 'debit', amount });
const to = (account: string, amount: number): Leg => ({ account, side: 'credit', amount });
const post = (...requests: TransferRequest[]) =>
  postTransfers(db, wijkId, requests, { at, day: day() });
const pay = (
  payer: string,
  payee: string,
  amount: number,
  id: string = randomUUID(),
): TransferRequest => ({
  id,
  kind: 'single',
  code: 'payment',
  legs: [from(payer, amount), to(payee, amount)],
});
const reserve = (
  payer: string,
  payee: string,
  amount: number,
  expiresAt: Date | null = null,
): TransferRequest & { kind: 'pending' } => ({
  id: randomUUID(),
  kind: 'pending',
  code: 'order',
  legs: [from(payer, amount), to(payee, amount)],
  expiresAt,
});
const done: Outcome = { ok: true, repeated: false };
const repeated: Outcome = { ok: true, repeated: true };
const refused = (refusal: string, account: string | null = null, lacks: number | null = null) => ({
  ok: false,
  refusal,
  account,
  lacks,
});
const balances = async (...ids: string[]) => {
  const found = await readAccounts(db, wijkId, ids);
  return ids.map((id) => found.find((one) => one.id === id)?.balance);
};
const one = async (id: string) => (await readAccounts(db, wijkId, [id]))[0];

/** Two accounts, the first with so much. */
async function pair(amount: number) {
  const issuance = await open('issuance', { min: null });
  const [a, b] = [await open('member'), await open('member')];
  expect(await post({ ...pay(issuance, a, amount), code: 'issue' })).toEqual([done]);
  return { issuance, a, b };
}

describe('a transfer', () => {
  it('moves between several accounts at once and comes to nothing', async () => {
    const { a, b } = await pair(1000);
    const fund = await open('fund');
    const id = randomUUID();
    expect(
      await post({
        id,
        kind: 'single',
        code: 'payment',
        legs: [from(a, 500), to(b, 490), to(fund, 10)],
      }),
    ).toEqual([done]);
    expect(await balances(a, b, fund)).toEqual([500, 490, 10]);
    const [line] = await readLines(db, wijkId, b, { limit: 5 });
    expect(line).toMatchObject({ transferId: id, version: 1, posted: 490, balance: 490 });
  });

  it('happens once under its id; the same id for something else is refused', async () => {
    const { a, b } = await pair(1000);
    const request = pay(a, b, 300);
    expect(await post(request, request)).toEqual([done, repeated]);
    expect(await post(request)).toEqual([repeated]);
    expect(await post(pay(a, b, 301, request.id))).toEqual([refused('mismatch')]);
    expect(await post(pay(b, a, 1, request.id), pay(b, a, 2))).toEqual([refused('mismatch'), done]);
    expect(await balances(a, b)).toEqual([702, 298]);
  });

  it('that is refused leaves the others of its batch alone, and may be tried again', async () => {
    const { a, b } = await pair(100);
    const large = pay(a, b, 150);
    expect(await post(pay(a, b, 60), large, pay(a, b, 40), pay(b, a, 90), large)).toEqual([
      done,
      refused('insufficient', a, 110),
      done,
      done,
      refused('insufficient', a, 60),
    ]);
    expect(await balances(a, b)).toEqual([90, 10]);
    expect(await post(pay(b, a, 10), pay(a, b, 50), pay(b, a, 50), large)).toEqual([
      done,
      done,
      done,
      refused('insufficient', a, 50),
    ]);
  });

  it('is refused when it is not whole', async () => {
    const { a, b } = await pair(100);
    const nobody = randomUUID();
    const make = (...legs: Leg[]): TransferRequest => ({
      id: randomUUID(),
      kind: 'single',
      code: 'payment',
      legs,
    });
    expect(
      await post(
        make(from(a, 10), to(b, 9)),
        make(from(a, 10)),
        make(),
        make(from(a, 10), to(a, 10)),
        make(from(a, -10), to(b, -10)),
        make(from(a, 0), to(b, 0)),
        make(from(a, 10), to(nobody, 10)),
        make(from(a, 5), from(a, 5), to(b, 10)),
      ),
    ).toEqual([
      ...Array(6).fill(refused('malformed')),
      refused('no-account', nobody),
      refused('malformed'),
    ]);
    expect(await balances(a, b)).toEqual([100, 0]);
  });

  it('stays within the least, the most and the day of its accounts', async () => {
    const issuance = await open('issuance', { min: null });
    const a = await open('member', { min: -200, daily: 250 });
    const b = await open('member', { max: 300 });
    expect(await post(pay(a, b, 201))).toEqual([refused('insufficient', a, 1)]);
    expect(await post(pay(a, b, 200), pay(issuance, a, 500), pay(a, b, 51))).toEqual([
      done,
      done,
      refused('over-daily', a, 1),
    ]);
    expect(await post(pay(a, b, 50), pay(issuance, b, 51))).toEqual([
      done,
      refused('over-maximum', b, 1),
    ]);
    at = new Date('2026-12-02T09:00:00Z');
    expect(await post(pay(a, b, 50))).toEqual([done]);
  });

  it('is held by limits that were made narrower as the balance comes back', async () => {
    const { a, b, issuance } = await pair(500);
    await setLimits(db, wijkId, a, { min: 200, max: 300, daily: null }, at);
    expect(await post(pay(issuance, a, 1))).toEqual([refused('over-maximum', a, 1)]);
    expect(await post(pay(a, b, 250), pay(issuance, a, 51))).toEqual([
      done,
      refused('over-maximum', a, 1),
    ]);
    await setLimits(db, wijkId, b, { min: 400, max: null, daily: null }, at);
    expect(await post(pay(b, a, 1))).toEqual([refused('insufficient', b, 1)]);
    expect(await post(pay(issuance, b, 200), pay(b, a, 50))).toEqual([done, done]);
    expect(await post(pay(b, a, 1))).toEqual([refused('insufficient', b, 1)]);
  });

  it('touches no frozen account; a reservation can still be given back and a payment taken back', async () => {
    const { a, b } = await pair(100);
    const held = reserve(a, b, 20);
    const paid = pay(a, b, 30);
    await post(held, paid);
    expect(await setFrozen(db, wijkId, a, true, at)).toBe(true);
    expect(
      await post(pay(a, b, 1), pay(b, a, 1), reserve(b, a, 1), {
        id: randomUUID(),
        kind: 'post',
        code: 'order',
        pending: held.id,
      }),
    ).toEqual(Array(4).fill(refused('frozen', a)));
    expect(
      await post(
        { id: randomUUID(), kind: 'void', code: 'order', pending: held.id },
        { id: randomUUID(), kind: 'reversal', code: 'correction', reverses: paid.id },
      ),
    ).toEqual([done, done]);
    await setFrozen(db, wijkId, a, false, at);
    expect(await post(pay(a, b, 100))).toEqual([done]);
  });
});

describe('a reservation', () => {
  it('counts against what can be spent, and is posted in part, once', async () => {
    const { a, b } = await pair(100);
    const held = reserve(a, b, 80);
    expect(await post(held, pay(a, b, 21))).toEqual([done, refused('insufficient', a, 1)]);
    expect(await one(a)).toMatchObject({ balance: 100, reserved: 80, available: 20 });
    expect(await one(b)).toMatchObject({ balance: 0, expected: 80 });
    const part: TransferRequest = {
      id: randomUUID(),
      kind: 'post',
      code: 'order',
      pending: held.id,
      legs: [from(a, 50), to(b, 50)],
    };
    expect(await post(part, { ...part, id: randomUUID() })).toEqual([
      done,
      refused('already-resolved'),
    ]);
    expect(await post(part)).toEqual([repeated]);
    expect(await one(a)).toMatchObject({ balance: 50, reserved: 0, available: 50 });
    expect(await one(b)).toMatchObject({ balance: 50, expected: 0 });
    expect(await post({ id: randomUUID(), kind: 'void', code: 'order', pending: held.id })).toEqual(
      [refused('already-resolved')],
    );
  });

  it('is never posted for more than was reserved, or from anybody else', async () => {
    const { a, b, issuance } = await pair(100);
    const held = reserve(a, b, 50);
    await post(held);
    const make = (...legs: Leg[]): TransferRequest => ({
      id: randomUUID(),
      kind: 'post',
      code: 'order',
      pending: held.id,
      legs,
    });
    expect(
      await post(
        make(from(a, 51), to(b, 51)),
        make(from(issuance, 10), to(b, 10)),
        make(from(a, 50), to(b, 40)),
        make(from(b, 10), to(a, 10)),
        // nothing of it is a `void`, and not the whole
        make(),
        { id: randomUUID(), kind: 'post', code: 'order', pending: randomUUID() },
      ),
    ).toEqual([...Array(5).fill(refused('malformed')), refused('no-reference')]);
    expect(await one(a)).toMatchObject({ balance: 100, reserved: 50 });
  });

  it('lapses at its time, not before; then it is not posted any more', async () => {
    const { a, b } = await pair(100);
    const held = reserve(a, b, 50, new Date(START.getTime() + 60_000));
    await post(held);
    const ends = (kind: 'expire' | 'post'): TransferRequest => ({
      id: randomUUID(),
      kind,
      code: 'order',
      pending: held.id,
    });
    expect(await post(ends('expire'))).toEqual([refused('not-due')]);
    expect(await lapsedHolds(db, at, 10)).toEqual([]);
    at = new Date(START.getTime() + 60_000);
    expect(await lapsedHolds(db, at, 10)).toEqual([{ wijkId, transferId: held.id }]);
    expect(await post(ends('post'), ends('expire'), ends('expire'))).toEqual([
      refused('expired'),
      done,
      refused('already-resolved'),
    ]);
    expect(await one(a)).toMatchObject({ balance: 100, reserved: 0 });
    expect(await lapsedHolds(db, at, 10)).toEqual([]);
  });
});

describe('a reversal', () => {
  it('takes a payment back whole, once, and only when it is there to be taken', async () => {
    const { a, b } = await pair(100);
    const fund = await open('fund');
    const paid: TransferRequest = {
      id: randomUUID(),
      kind: 'single',
      code: 'payment',
      legs: [from(a, 100), to(b, 90), to(fund, 10)],
    };
    const back = (): TransferRequest => ({
      id: randomUUID(),
      kind: 'reversal',
      code: 'correction',
      reverses: paid.id,
    });
    expect(await post(paid, pay(b, a, 1))).toEqual([done, done]);
    expect(await post(back())).toEqual([refused('insufficient', b, 1)]);
    expect(await post(pay(a, b, 1), back(), back())).toEqual([
      done,
      done,
      refused('already-reversed'),
    ]);
    expect(await balances(a, b, fund)).toEqual([100, 0, 0]);
    expect(await post({ ...back(), reverses: randomUUID() } as TransferRequest)).toEqual([
      refused('no-reference'),
    ]);
  });
});

describe('the past', () => {
  it('is found by the moment, also where a clock went back', async () => {
    const { a, b } = await pair(100);
    const moment = (minutes: number) => new Date(START.getTime() + minutes * 60_000);
    for (const [minutes, amount] of [
      [10, 5],
      [20, 7],
      [15, 11],
    ] as const) {
      at = moment(minutes);
      expect(await post(pay(a, b, amount))).toEqual([done]);
    }
    const asOf = async (minutes: number) =>
      (await balanceAsOf(db, wijkId, b, moment(minutes))).balance;
    expect([await asOf(9), await asOf(10), await asOf(16), await asOf(20)]).toEqual([0, 5, 5, 23]);
  });
});

describe('the database', () => {
  it('lets the application read and call, and nothing else', async () => {
    const { a, b } = await pair(100);
    const app = new pg.Client({ connectionString: database.appUrl });
    await app.connect();
    const tables = [
      'account',
      'account_event',
      'transfer',
      'entry',
      'hold',
      'block',
      'leaf',
      'sealed',
    ];
    for (const table of tables)
      for (const statement of [
        `update ledger.${table} set wijk_id = wijk_id`,
        `delete from ledger.${table}`,
        `truncate ledger.${table}`,
        `insert into ledger.${table} select * from ledger.${table} limit 1`,
      ])
        await expect(app.query(statement), statement).rejects.toMatchObject({ code: '42501' });
    await app.end();
    expect(await balances(a, b)).toEqual([100, 0]);
  });

  it('refuses its owner and a superuser what was written', async () => {
    for (const table of ['transfer', 'entry', 'account_event', 'block', 'leaf'])
      for (const statement of [
        `update ledger.${table} set wijk_id = wijk_id`,
        `delete from ledger.${table}`,
        `truncate ledger.${table}`,
      ])
        await expect(owner.query(statement), statement).rejects.toMatchObject({ code: '42501' });
    await expect(owner.query('delete from ledger.account')).rejects.toMatchObject({
      code: '42501',
    });
  });
});
