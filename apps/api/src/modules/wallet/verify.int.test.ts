import * as contract from '@wijk/contracts';
import { connect } from '@wijk/db/kernel';
import { HOUR_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BookOfTests } from '../../../../../tests/support/book.ts';
import { type Guest, type House, ok, openHouse } from '../../../../../tests/support/house.ts';
import { verifyNow } from '../../../../../tests/support/verification.ts';
import { Worker } from '../../jobs/worker.ts';
import type { Book } from '../ledger/index.ts';
import { bookJobs, readVerifications } from './index.ts';

let house: House;
let treasurer: Guest;
let admin: Guest;
let resident: Guest;
const job = bookJobs.find(({ name }) => name === 'ledger-verify');
const kept = () => readVerifications(house.services, house.wijk.id);
const at = (moment: string) => house.clock.set(new Date(moment));

/** Changes an entry as nobody can: without triggers. */
const tamper = (by: number) =>
  house.owner.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`update ledger.entry set posted = posted + ${by}
      where (wijk_id, account_id, version) = (select wijk_id, account_id, version from ledger.leaf
        where wijk_id = ${house.wijk.id} order by height, position offset 5 limit 1)`);
  });
const tampered = async () => {
  const { rows } = await house.owner.execute<{ account: string; version: string }>(sql`
    select account_id as account, version from ledger.leaf where wijk_id = ${house.wijk.id}
    order by height, position offset 5 limit 1`);
  return rows[0] ?? { account: '', version: '' };
};

beforeAll(async () => {
  house = await openHouse({ now: '2026-12-01T20:00:00Z' });
  treasurer = await house.guest('Truus Penning', ['treasurer']);
  admin = await house.guest('Ad Beheer', ['admin']);
  resident = await house.guest('Bea Bewoner');
  const { db, clock } = house.services;
  const book = new BookOfTests(db, house.wijk.id, { seed: 7, start: clock.now() });
  await book.open(4);
  await book.live(30);
  await house.work();
});

afterAll(() => house?.close());

it('is done once a night after three, in the time of the wijk, by whichever worker', async () => {
  const before = (await kept()).length;
  at('2026-12-02T01:59:00Z');
  await house.work();
  expect(await kept()).toHaveLength(before);
  at('2026-12-02T02:00:00Z');
  // as two processes would: each has its own memory of what is done
  const other = { ...house.services };
  await Promise.all([job?.run(house.services), job?.run(other), job?.run({ ...other })]);
  await job?.run(house.services);
  const [night, ...earlier] = await kept();
  expect(earlier).toHaveLength(before);
  expect(night).toMatchObject({ ok: true, broken: null, by: null, blocks: expect.any(Number) });
  expect(night?.entries).toBeGreaterThan(20);
  house.clock.advance(20 * HOUR_MS);
  await house.work();
  expect(await kept()).toHaveLength(before + 1);
});

it('tells treasurers and admins once when something is broken, and says where to them alone', async () => {
  await tamper(1);
  at('2026-12-03T03:00:00Z');
  await house.work();
  const { account, version } = await tampered();
  const [night] = await kept();
  expect(night).toMatchObject({
    ok: false,
    broken: expect.stringContaining(`Regel ${version} van rekening ${account} is veranderd`),
  });
  await house.work();
  const told = async (who: Guest) =>
    ok(await house.call(contract.listNotices, who, { query: {} })).items.map(({ kind }) => kind);
  expect(await told(treasurer)).toEqual(['book-broken']);
  expect(await told(admin)).toEqual(['book-broken']);
  expect(await told(resident)).toEqual([]);
  const { rows: mails } = await house.owner.execute<{ membership: string; params: object }>(sql`
    select membership_id as membership, params from notifications.mail where template = 'book-broken'`);
  expect(mails.map(({ membership }) => membership).sort()).toEqual(
    [treasurer.membershipId, admin.membershipId].sort(),
  );
  for (const { params } of mails) expect(params).toEqual({});
});

it('is done on a button, with who pressed it', async () => {
  const pressed = await verifyNow(house, treasurer);
  expect(pressed).toMatchObject({ ok: false, by: treasurer.membershipId });
  await tamper(-1);
  const again = await verifyNow(house, treasurer);
  expect(again).toMatchObject({ ok: true, broken: null });
  const ids = (await kept()).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining([pressed.id, again.id]));
});

it('says so where the book cannot even be read', async () => {
  await house.owner.execute(sql`revoke select on ledger.entry from wijk_app`);
  const unread = await verifyNow(house, treasurer);
  await house.owner.execute(sql`grant select on ledger.entry to wijk_app`);
  expect(unread).toMatchObject({
    ok: false,
    broken: expect.stringMatching(/kon niet worden gelezen: 42501/),
  });
});

describe('pressed for', () => {
  const asked = bookJobs.find(({ name }) => name === 'ledger-verify-asked');
  const press = (who: Guest) => house.call(contract.verifyBook, who, {});
  const read = async () => ok(await house.call(contract.listVerifications, treasurer, {}));
  /** The services of a worker that reads the book through in its own way. */
  const reading = (verify: Book['verify']): House['services'] => ({
    ...house.services,
    book: new Proxy(house.services.book, {
      get(book, name) {
        const own = Reflect.get(book, name);
        return name === 'verify' ? verify : typeof own === 'function' ? own.bind(book) : own;
      },
    }),
  });

  it('is noted once, however many press, and read through by one of two workers', async () => {
    const before = (await kept()).length;
    const second = await house.guest('Tweede Penning', ['treasurer']);
    const replies = await Promise.all([press(treasurer), press(second), press(treasurer)]);
    const [by, ...others] = new Set(replies.map((one) => ok(one).by));
    expect(others).toEqual([]);
    expect((await read()).running).toMatchObject({ startedAt: null, by });
    expect(await kept()).toHaveLength(before);
    const other = connect({ url: house.appUrl, max: 4 });
    const there = { ...house.services, db: other, book: house.services.book };
    const worked = await Promise.all([asked?.run(house.services), asked?.run(there)]);
    await other.$client.end();
    expect(worked.filter(Boolean)).toHaveLength(1);
    expect(await kept()).toHaveLength(before + 1);
    expect((await read()).running).toBeNull();
    // the next press is another one
    ok(await press(second));
    await house.work();
    expect(await kept()).toHaveLength(before + 2);
  });

  it('says since when it runs, and does not begin again while another reads', async () => {
    ok(await press(treasurer));
    const gate = Promise.withResolvers<void>();
    const entered = Promise.withResolvers<void>();
    const slow = reading(async (...given) => {
      entered.resolve();
      await gate.promise;
      return house.services.book.verify(...given);
    });
    house.clock.advance(60_000);
    const since = house.clock.now().toISOString();
    const first = asked?.run(slow);
    await entered.promise;
    expect((await read()).running).toMatchObject({ startedAt: since });
    expect(await asked?.run(house.services)).toBe(false);
    // nor does the one of the night, for it is the same book
    at('2026-12-09T03:00:00Z');
    const before = (await kept()).length;
    await job?.run({ ...house.services });
    expect(await kept()).toHaveLength(before);
    gate.resolve();
    expect(await first).toBe(true);
    expect(await kept()).toHaveLength(before + 1);
    await job?.run({ ...house.services });
    expect(await kept()).toHaveLength(before + 2);
  });

  it('is read through anew by another worker when the connection of the first one breaks', async () => {
    ok(await press(treasurer));
    const before = (await kept()).length;
    const entered = Promise.withResolvers<number>();
    const dying = reading(async (tx, ...given) => {
      const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      entered.resolve(rows[0]?.pid ?? 0);
      await tx.execute(sql`select pg_sleep(60)`);
      return house.services.book.verify(tx, ...given);
    });
    const first = asked?.run(dying).then(
      () => 'done',
      () => 'broken off',
    );
    const pid = await entered.promise;
    await house.owner.execute(sql`select pg_terminate_backend(${pid})`);
    expect(await first).toBe('broken off');
    expect(await kept()).toHaveLength(before);
    expect((await read()).running).toMatchObject({ startedAt: expect.any(String) });
    expect(await asked?.run(house.services)).toBe(true);
    expect(await kept()).toHaveLength(before + 1);
  });

  it('is broken off at once when the house stops, and done after the next start', async () => {
    ok(await press(treasurer));
    const before = (await kept()).length;
    const entered = Promise.withResolvers<void>();
    const long = reading(async (tx, ...given) => {
      entered.resolve();
      await tx.execute(sql`select pg_sleep(60)`);
      return house.services.book.verify(tx, ...given);
    });
    const worker = new Worker(long, bookJobs);
    worker.start();
    await entered.promise;
    const from = performance.now();
    await worker.stop();
    expect(performance.now() - from).toBeLessThan(5_000);
    expect(await kept()).toHaveLength(before);
    await house.work();
    expect(await kept()).toHaveLength(before + 1);
  });
});
