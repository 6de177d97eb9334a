import { randomUUID } from 'node:crypto';
import type { Transaction } from '@wijk/db/kernel';
import { readAccounts, readLines } from '@wijk/db/ledger';

import type { Outcome, TransferRequest } from '@wijk/domain/ledger';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chance } from '../../../../../packages/db/seed/random.ts';
import { startCuttingProxy } from '../../../../../tests/support/cutting-proxy.ts';
import { gate } from '../../../../../tests/support/gate.ts';
import { judgeBook } from '../../../../../tests/support/judge-book.ts';
import {
  type LedgerPlace,
  openLedger,
  payment,
} from '../../../../../tests/support/ledger-place.ts';
import {
  companionsOf,
  type Meanwhile,
  makeCompanions,
  openQueue,
} from '../../../../../tests/support/payment-queue.ts';
import type { QueueLimits } from './index.ts';

let place: LedgerPlace;
const done: Outcome = { ok: true, repeated: false };
const repeated: Outcome = { ok: true, repeated: true };
const unavailable = { name: 'DomainError', kind: 'unavailable', code: 'kernel.unavailable' };

beforeAll(async () => {
  place = await openLedger();
  await makeCompanions(place.owner);
  await place.owner.query(`
    create table public.spot (n int primary key, times int not null default 0);
    insert into public.spot values (1), (2);
    grant select, update on public.spot to wijk_app`);
});
afterAll(async () => {
  await place?.close();
});

const queueOf = (
  meanwhile?: Meanwhile,
  limits?: Partial<QueueLimits>,
  where?: Pick<LedgerPlace, 'db' | 'book'>,
) => openQueue(place, meanwhile, limits, where);

const balanceOf = async (id: string) =>
  (await readAccounts(place.db, place.wijkId, [id]))[0]?.balance;
const companions = (requests: readonly TransferRequest[]) => companionsOf(place.owner, requests);
const killed = (tx: Transaction) => tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`);
const settled = (promises: Promise<Outcome>[]) => Promise.allSettled(promises);
const fulfilled = (value: Outcome) => ({ status: 'fulfilled', value });
const rejected = (reason: unknown) => ({ status: 'rejected', reason });

describe('payments that stand alone', () => {
  it('go at once when nothing is under way, and together when they come meanwhile', async () => {
    const [a, b] = [await place.account(1000), await place.account()];
    const held = gate();
    const { submit, batches } = queueOf(() => (batches.length === 1 ? held.pass() : undefined), {
      batch: 3,
    });
    const notes = ['1', '2', '3', '4', '5', '6'];
    const all = notes.map((note) => submit(payment(a, b, 1), note));
    await held.reached;
    expect(batches).toEqual([['1']]);
    held.open();
    expect(await Promise.all(all)).toEqual(Array(6).fill(done));
    expect(batches).toEqual([['1'], ['2', '3', '4'], ['5', '6']]);
    expect(await submit(payment(a, b, 1), '7')).toEqual(done);
    expect(batches.at(-1)).toEqual(['7']);
  });

  it('are acknowledged after the commit and not before', async () => {
    const [a, b] = [await place.account(1000), await place.account()];
    const held = gate();
    const { submit } = queueOf(() => held.pass());
    let acknowledged = 0;
    const seen = [1, 2, 3].map(async () => {
      await submit(payment(a, b, 10));
      acknowledged += 1;
      return await balanceOf(b);
    });
    await held.reached;
    await place.owner.query('select 1');
    expect([acknowledged, await balanceOf(b)]).toEqual([0, 0]);
    held.open();
    expect(await Promise.all(seen)).toEqual([10, 30, 30]);
  });

  it('are refused alone, each for a reason of its own', async () => {
    const [a, b] = [await place.account(100), await place.account()];
    const nobody = randomUUID();
    const { submit, batches } = queueOf();
    const again = payment(a, b, 60);
    const asked: [TransferRequest, string][] = [
      [again, 'first'],
      [payment(a, b, 50), 'too much'],
      [payment(a, nobody, 1), 'nobody'],
      [{ ...payment(a, b, 1), legs: [] }, 'nothing'],
      [again, 'again'],
      [payment(a, b, 61, again.id), 'another'],
      [payment(a, b, 40), 'last'],
    ];
    const outcomes = await Promise.all(asked.map(([request, note]) => submit(request, note)));
    const no = (refusal: string, account: string | null = null, lacks: number | null = null) => ({
      ok: false,
      refusal,
      account,
      lacks,
    });
    expect(outcomes).toEqual([
      done,
      no('insufficient', a, 10),
      no('no-account', nobody),
      no('malformed'),
      repeated,
      no('mismatch'),
      done,
    ]);
    expect(batches).toEqual([['first'], ['last']]);
    expect(await balanceOf(b)).toBe(100);
  });

  it('of two wijken do not wait for each other', async () => {
    const held = gate();
    const { queue, submit } = queueOf(() => held.pass(), {}, place.another());
    const [a, b] = [await place.account(10), await place.account()];
    const slow = submit(payment(a, b, 1));
    await held.reached;
    const request = payment(randomUUID(), randomUUID(), 1);
    const quick = await queue.submit(place.otherWijkId, { request, note: '' });
    expect(quick).toMatchObject({ ok: false, refusal: 'no-account' });
    held.open();
    expect(await slow).toEqual(done);
  });
});

describe('what goes wrong in a batch', () => {
  const trouble = new Error('this note cannot be written');

  it('fails whoever is at fault and nobody else, in the order of submission', async () => {
    const [a, b] = [await place.account(1000), await place.account()];
    const { submit } = queueOf((_tx, posted) => {
      if (posted.some(({ note }) => note === '13' || note === '40')) throw trouble;
    });
    const requests = Array.from({ length: 60 }, () => payment(a, b, 1));
    const outcomes = await settled(requests.map((request, i) => submit(request, String(i))));
    for (const [i, outcome] of outcomes.entries())
      expect(outcome, String(i)).toEqual(
        i === 13 || i === 40 ? rejected(trouble) : fulfilled(done),
      );
    expect(await balanceOf(b)).toBe(58);
    const others = requests.map((_, i) => String(i)).filter((n) => n !== '13' && n !== '40');
    expect(await companions(requests)).toEqual(others);
    expect(await submit(requests[13] as TransferRequest, 'now it can')).toEqual(done);
  });

  it('may be a connection that is cut: everything happens all the same, once', async () => {
    const [a, b] = [await place.account(1000), await place.account()];
    let cuts = 0;
    const { submit } = queueOf((tx, posted) => {
      if (posted.length < 2 || cuts === 2) return;
      cuts += 1;
      return killed(tx);
    });
    const requests = Array.from({ length: 40 }, () => payment(a, b, 1));
    const outcomes = await Promise.all(requests.map((request, i) => submit(request, String(i))));
    expect(outcomes).toEqual(Array(40).fill(done));
    expect([cuts, await balanceOf(b)]).toEqual([2, 40]);
    expect(await companions(requests)).toEqual(requests.map((_, i) => String(i)));
  });

  it('may be a payment that cuts every connection: it alone is told so', async () => {
    const [a, b] = [await place.account(1000), await place.account()];
    const { submit } = queueOf((tx, posted) =>
      posted.some(({ note }) => note === '5') ? killed(tx) : undefined,
    );
    const requests = Array.from({ length: 10 }, () => payment(a, b, 1));
    const outcomes = await settled(requests.map((request, i) => submit(request, String(i))));
    expect(outcomes.map(({ status }) => status)).toEqual(
      requests.map((_, i) => (i === 5 ? 'rejected' : 'fulfilled')),
    );
    expect(await balanceOf(b)).toBe(9);
  });

  it('may be an answer that is lost behind the commit: nothing happens twice', async () => {
    const proxy = await startCuttingProxy(place.appUrl);
    const through = place.another(proxy.url);
    const [a, b] = [await place.account(1000), await place.account()];
    const held = gate();
    const { submit, batches } = queueOf(
      () => (batches.length === 1 ? held.pass() : proxy.cutNextCommit()),
      {},
      through,
    );
    const requests = Array.from({ length: 20 }, () => payment(a, b, 1));
    const all = requests.map((request, i) => submit(request, String(i)));
    await held.reached;
    held.open();
    const outcomes = await Promise.all(all);
    expect(proxy.cuts()).toBe(1);
    expect(outcomes).toEqual([done, ...Array(19).fill(repeated)]);
    expect(await balanceOf(b)).toBe(20);
    expect(await companions(requests)).toEqual(requests.map((_, i) => String(i)));
    await proxy.close();
  });

  it('may be a companion that never answers: the rest goes on', async () => {
    const [a, b, c, d] = [
      await place.account(10),
      await place.account(),
      await place.account(10),
      await place.account(),
    ];
    const never = gate();
    const { submit } = queueOf(
      (_tx, posted) => (posted.some(({ note }) => note === 'stuck') ? never.pass() : undefined),
      { lostAfterMs: 500, batch: 1 },
      place.another(),
    );
    const stuck = submit(payment(a, b, 1), 'stuck');
    const other = submit(payment(c, d, 1), 'other');
    await expect(stuck).rejects.toMatchObject(unavailable);
    expect(await other).toEqual(done);
    never.open();
  });
});

describe('several processes on one database', () => {
  it.each([[1], [3]])(
    'that bring the same new id at once: one has it, the other is told, alone or of %i',
    async (of) => {
      const [a, b, c, d] = [
        await place.account(10),
        await place.account(),
        await place.account(100),
        await place.account(),
      ];
      const held = gate();
      const one = queueOf(() => held.pass());
      const ahead = gate();
      const two = queueOf(
        (_tx, [first]) => (first?.note === 'ahead' ? ahead.pass() : undefined),
        {},
        place.another(),
      );
      const id = randomUUID();
      const first = one.submit(payment(a, b, 1, id), 'one');
      await held.reached;
      const before = two.submit(payment(c, d, 1), 'ahead');
      await ahead.reached;
      const asked = [payment(c, d, 1, id), payment(c, d, 1), payment(c, d, 1)].slice(0, of);
      const rest = asked.map((request, i) => two.submit(request, String(i)));
      ahead.open();
      await before;
      await blockedInTheBook();
      held.open();
      expect(await first).toEqual(done);
      const [told, ...others] = await Promise.all(rest);
      expect(told).toMatchObject({ ok: false, refusal: 'mismatch' });
      expect(others).toEqual(Array(of - 1).fill(done));
      expect(await balanceOf(d)).toBe(of);
    },
  );

  it('try again where they stood in each other’s way', async () => {
    const [a, b] = [await place.account(10), await place.account()];
    const [c, d] = [await place.account(10), await place.account()];
    const gates = [gate(), gate()];
    const tries = [0, 0];
    const queues = [1, 2].map((mine, n) =>
      queueOf(
        async (tx) => {
          tries[n] = (tries[n] ?? 0) + 1;
          const visit = (spot: number) =>
            tx.execute(sql`update public.spot set times = times + 1 where n = ${spot}`);
          await visit(mine);
          await gates[n]?.pass();
          await visit(3 - mine);
        },
        {},
        place.another(),
      ),
    );
    const both = [
      queues[0]?.submit(payment(a, b, 1), 'x'),
      queues[1]?.submit(payment(c, d, 1), 'y'),
    ];
    await Promise.all(gates.map(({ reached }) => reached));
    for (const { open } of gates) open();
    expect(await Promise.all(both)).toEqual([done, done]);
    expect(Math.max(...tries)).toBeGreaterThan(1);
    const { rows } = await place.owner.query('select times from public.spot order by n');
    expect(rows).toEqual([{ times: 2 }, { times: 2 }]);
  });

  it('pay from and into the same accounts, and nothing is lost or doubled', async () => {
    const [a, b] = [await place.account(300), await place.account()];
    const queues = [queueOf(), queueOf(undefined, {}, place.another())];
    const requests = Array.from({ length: 200 }, () => payment(a, b, 2));
    // each is brought by both
    const outcomes = await Promise.all(
      requests.flatMap((request) => queues.map(({ submit }) => submit(request))),
    );
    expect(outcomes.filter((outcome) => outcome.ok && !outcome.repeated)).toHaveLength(150);
    expect([await balanceOf(a), await balanceOf(b)]).toEqual([0, 300]);
    expect(await companions(requests)).toHaveLength(150);
  });
});

/** Waits until somebody in another connection waits for a lock in the posting function. */
async function blockedInTheBook(): Promise<void> {
  const deadline = Date.now() + 5000;
  while (Date.now() < deadline) {
    const { rows } = await place.owner.query(
      `select 1 from pg_stat_activity where datname = current_database()
        and wait_event_type = 'Lock' and query like '%post_transfers%'`,
    );
    if (rows.length > 0) return;
  }
  throw new Error('nobody was blocked');
}

describe('a queue', () => {
  it('refuses who comes when too many wait, and only those', async () => {
    const [a, b] = [await place.account(100), await place.account()];
    const held = gate();
    const { submit } = queueOf(() => held.pass(), { waiting: 4 });
    const first = submit(payment(a, b, 1));
    await held.reached;
    const rest = Array.from({ length: 7 }, () => submit(payment(a, b, 1)));
    await expect(rest[4]).rejects.toMatchObject(unavailable);
    held.open();
    const [outcomes] = [await settled([first, ...rest])];
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...Array(5).fill('fulfilled'),
      ...Array(3).fill('rejected'),
    ]);
    expect(await submit(payment(a, b, 1))).toEqual(done);
    expect(await balanceOf(b)).toBe(6);
  });

  it('that closes answers everybody who came before, and takes in nobody else', async () => {
    const [a, b] = [await place.account(100), await place.account()];
    const here = place.another();
    const { submit, batches } = queueOf(undefined, { batch: 10 }, here);
    const all = Array.from({ length: 35 }, (_, i) => submit(payment(a, b, 1), String(i)));
    const closed = here.book.close();
    await expect(submit(payment(a, b, 1))).rejects.toMatchObject(unavailable);
    await closed;
    expect(batches.flat()).toHaveLength(35);
    expect(await Promise.all(all)).toEqual(Array(35).fill(done));
    expect(await balanceOf(b)).toBe(35);
  });

  it('that cannot come to its end refuses who is left, so that nobody waits for ever', async () => {
    const [a, b] = [await place.account(100), await place.account()];
    const held = gate();
    const { queue, submit } = queueOf(() => held.pass(), { drainMs: 200 }, place.another());
    const all = settled(Array.from({ length: 5 }, () => submit(payment(a, b, 1))));
    await held.reached;
    await queue.close();
    for (const outcome of await all)
      expect(outcome).toMatchObject(rejected(expect.objectContaining(unavailable)));
    held.open();
  });

  it('refuses who waited so long that nobody is there any more', async () => {
    const [a, b] = [await place.account(100), await place.account()];
    const held = gate();
    const { submit } = queueOf(() => held.pass(), { waitMs: 100 });
    const first = submit(payment(a, b, 1));
    const late = submit(payment(a, b, 1));
    await held.reached;
    setTimeout(held.open, 150);
    expect(await first).toEqual(done);
    await expect(late).rejects.toMatchObject(unavailable);
  });
});

describe('the order of one payer', () => {
  // a seed of one's own: QUEUE_SEED
  const SEED = Number(process.env.QUEUE_SEED ?? Math.floor(Math.random() * 1e9));

  it(`is kept among 1,000 payments of 50, with refusals, faults and cuts (seed ${SEED}, QUEUE_SEED)`, async () => {
    const { between, percent, pick } = chance(SEED);
    const payers = await Promise.all(Array.from({ length: 50 }, () => place.account(100)));
    const sink = await place.account();
    const faulty = new Set<string>();
    let cuts = 0;
    const { submit, batches } = queueOf((tx, posted) => {
      if (posted.some(({ request }) => faulty.has(request.id))) throw new Error('faulty');
      if (cuts < 3 && batches.length > 5 * (cuts + 1)) {
        cuts += 1;
        return killed(tx);
      }
    });
    const left = new Map(payers.map((id) => [id, 100]));
    const asked = Array.from({ length: 1000 }, () => {
      const payer = pick(payers);
      const amount = Math.floor(between(1, 21));
      const request = payment(payer, sink, amount);
      const fault = percent(1);
      if (fault) faulty.add(request.id);
      const has = left.get(payer) ?? 0;
      const fits = has >= amount;
      if (fits && !fault) left.set(payer, has - amount);
      return { request, payer, expected: fits ? (fault ? 'faulty' : 'posted') : 'insufficient' };
    });
    const outcomes = await settled(asked.map(({ request }) => submit(request)));
    const became = outcomes.map((outcome) => {
      if (outcome.status === 'rejected') return outcome.reason.message;
      return outcome.value.ok ? 'posted' : outcome.value.refusal;
    });
    expect(became).toEqual(asked.map(({ expected }) => expected));
    expect(cuts).toBe(3);
    for (const payer of payers) {
      const lines = await readLines(place.db, place.wijkId, payer, { limit: 1000 });
      const paid = lines
        .map(({ transferId }) => transferId)
        .reverse()
        .slice(1);
      const wanted = asked.filter((one) => one.payer === payer && one.expected === 'posted');
      expect(paid).toEqual(wanted.map(({ request }) => request.id));
    }
  });

  it('and all that went wrong here left a book in which nothing is wrong', async () => {
    expect(await judgeBook(place.owner, place.wijkId)).toEqual([]);
  });
});
