import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { spoilBook } from '../../../../tests/support/judge-book.ts';
import { connect } from '../kernel/index.ts';
import { type Check, checks, tryAtOnce } from './test/at-once.ts';
import { killConnections, type Manners, Writer } from './test/crowd.ts';
import { judgeCrowd, NOTES, openCrowd } from './test/judge-crowd.ts';

const WRITERS = 8;
const KILLS = 3;

/** A database of its own for the right book, and one for those that are wrong. */
async function openPlace() {
  const database: TestDatabase = await testDatabase();
  const client = async () => {
    const one = new pg.Client({ connectionString: database.ownerUrl });
    await one.connect();
    return one;
  };
  const owner = await client();
  const name = new URL(database.ownerUrl).pathname.slice(1);
  await owner.query(`alter database ${name} set deadlock_timeout = '50ms'`);
  await owner.query(NOTES);
  const locker = await client();
  const db = connect({ url: database.appUrl });
  return {
    database,
    owner,
    locker,
    db,
    deadlocks: async () => {
      const { rows } = await owner.query<{ deadlocks: string }>(
        'select deadlocks from pg_stat_database where datname = current_database()',
      );
      return Number(rows[0]?.deadlocks);
    },
    close: async () => {
      await db.$client.end();
      await locker.end();
      await owner.end();
      await database.drop();
    },
  };
}

let place: Awaited<ReturnType<typeof openPlace>>;

/** Eight writers, each with a connection that may break, and what the judge says of it. */
async function crowd(seed: number, accounts: number, rounds: number, manners: Manners = {}) {
  const { db, owner, database } = place;
  const all = await openCrowd({ db, owner, appUrl: database.appUrl }, accounts);
  const writers = Array.from({ length: WRITERS }, (_, nr) => new Writer(all, nr, seed, manners));
  const killer = killConnections(database.ownerUrl, seed);
  // a fast machine is done before much has broken: it goes on
  do await Promise.all(writers.map((writer) => writer.work(rounds)));
  while (killer.kills() < KILLS);
  await killer.stop();
  await Promise.all(writers.map((writer) => writer.db.$client.end()));
  return { seen: all.seen, faults: await judgeCrowd(all, owner, db) };
}

describe('eight writers at once, whose connections break', () => {
  beforeAll(async () => {
    place = await openPlace();
  });
  afterAll(() => place?.close());

  it.each([
    [2, 1],
    [5, 2],
    [20, 3],
  ])(
    'lose nothing and do nothing twice, on %i accounts and a fund (seed %i)',
    async (accounts, seed) => {
      const { seen, faults } = await crowd(seed, accounts, 25);
      expect(faults, `seed ${seed}`).toEqual([]);
      for (const what of [
        'posted single',
        'posted pending',
        'posted post',
        'posted void',
        'repeated',
      ])
        expect(seen.get(what), what).toBeGreaterThan(0);
    },
  );

  it.each(checks)('%s', async (check) => {
    expect(await tryAtOnce(place, check)).toBeNull();
  });

  it('never wait for each other in a circle', async () => {
    expect(await place.deadlocks()).toBe(0);
  });
});

const LOCKED = 'ORDER BY a.rank, a.id FOR NO KEY UPDATE';
const UNLOCKED = { from: LOCKED, to: 'ORDER BY a.rank, a.id' };
const SLOWLY = { from: '-- 5. what is posted', to: 'PERFORM pg_sleep(0.05); -- 5. what is posted' };
const TAKEN = `(SELECT array_agg(EXISTS (SELECT FROM ledger.transfer d WHERE d.wijk_id = p_wijk
  AND coalesce(d.pending_id, d.reverses_id) = q.ref) ORDER BY q.nr) FROM unnest(p_refs) WITH ORDINALITY AS q(ref, nr))`;
const HASHES = `(SELECT array_agg((SELECT t.request_hash FROM ledger.transfer t WHERE t.wijk_id = p_wijk AND t.id = q.id)
  ORDER BY q.nr) FROM unnest(p_ids) WITH ORDINALITY AS q(id, nr))`;
/** What is known is what was known before the locks. */
const before = (variable: string, type: string, value: string) => [
  { from: 'DECLARE\n', to: `DECLARE\n  too_early ${type};\n` },
  { from: '-- 2. the accounts', to: `too_early := ${value}; -- 2. the accounts` },
  { from: '-- 4. each request', to: `${variable} := too_early; -- 4. each request` },
];
const NO_KEY_OF_ENTRIES = [
  'alter table ledger.entry drop constraint if exists entry_wijk_id_account_id_version_pk',
];
const ENDED_TWICE = ['transfer_resolves', 'transfer_reverses'].map(
  (name) => `drop index if exists ledger.${name}`,
);

const SLOW_ROWS = [
  `create function public.slow() returns trigger language plpgsql as
    $$ begin perform pg_sleep(0.2); return new; end $$`,
  'create trigger slow before insert on ledger.transfer for each row execute function public.slow()',
];

interface Wrong {
  wrong: string;
  check: Check;
  changes: { from: string; to: string }[];
  without?: string[];
  undo?: string[];
  shows: RegExp;
}

/** In this order: what a table guards is taken away for good. */
const WRONG: Wrong[] = [
  {
    wrong: 'accounts are not locked: the key of the entries says no',
    check: 'eight spend the same credits, three of them can',
    changes: [UNLOCKED],
    shows: /23505/,
  },
  {
    wrong: 'accounts are not locked, and entries have no key',
    check: 'eight spend the same credits, three of them can',
    changes: [UNLOCKED],
    without: NO_KEY_OF_ENTRIES,
    shows: /got (posted ?){8}; .*versions have a gap.*running balance.*counters/s,
  },
  {
    wrong: 'accounts are locked as they come',
    check: 'two pay each other',
    changes: [
      {
        from: '-- 2. the accounts',
        to: `PERFORM FROM ledger.account a WHERE a.wijk_id = p_wijk AND a.id = l_acc[1] FOR NO KEY UPDATE;
          PERFORM pg_sleep(0.2); -- 2. the accounts`,
      },
    ],
    shows: /40P01/,
  },
  {
    wrong: 'a request is looked up before the locks',
    check: 'the same new request, brought eight times, is posted once',
    changes: before('k_hash', 'bytea[]', HASHES),
    shows: /23505/,
  },
  {
    wrong: 'new ids go in as they come',
    check: 'two batches bring the same new ids in another order, between other accounts',
    changes: [{ from: 'ORDER BY q.id;', to: 'ORDER BY array_position(p_ids, q.id);' }],
    without: SLOW_ROWS,
    undo: ['drop trigger slow on ledger.transfer'],
    shows: /40P01/,
  },
  {
    wrong: 'whether a reservation is ended is looked up before the locks: the index says no',
    check: 'a reservation is posted, voided and expired: one of them',
    changes: before('k_taken', 'boolean[]', TAKEN),
    shows: /23505/,
  },
  {
    wrong: 'the same without the index',
    check: 'a reservation is posted, voided and expired: one of them',
    changes: before('k_taken', 'boolean[]', TAKEN),
    without: ENDED_TWICE,
    shows: /23514|ended twice/,
  },
  {
    wrong: 'whether a payment is taken back is looked up before the locks',
    check: 'a payment is taken back by two: once',
    changes: before('k_taken', 'boolean[]', TAKEN),
    shows: /taken back twice|insufficient/,
  },
  {
    wrong: 'kinds of what is meant are read after its legs',
    check: 'a reservation that commits while it is being ended is not known yet',
    changes: [
      {
        from: '-- 4. each request',
        to: `IF v_refs THEN SELECT array_agg(r.kind ORDER BY q.nr) INTO k_kind FROM unnest(p_refs) WITH ORDINALITY AS q(ref, nr)
          LEFT JOIN ledger.transfer r ON r.wijk_id = p_wijk AND r.id = q.ref; END IF; -- 4. each request`,
      },
    ],
    shows: /malformed/,
  },
];

describe('a wrong book is caught', () => {
  beforeAll(async () => {
    place = await openPlace();
  });
  afterAll(() => place?.close());

  it('by the crowd: a client that takes for confirmed what is not committed', async () => {
    const { faults } = await crowd(4, 5, 10, { confirmsEarly: true });
    expect(faults.join()).toMatch(/confirmed and lost/);
  });

  it.each(WRONG)('$wrong', async ({ check, changes, without, undo, shows }) => {
    const mend = await spoilBook(place.owner, changes, without, undo);
    const fault = await tryAtOnce(place, check);
    await mend();
    expect(fault ?? 'nothing').toMatch(shows);
  });

  it('by the crowd: accounts that are not locked', async () => {
    const mend = await spoilBook(place.owner, [UNLOCKED, SLOWLY]);
    const { faults } = await crowd(5, 2, 6);
    await mend();
    expect(faults.join('\n')).toMatch(/versions have a gap|a running balance is wrong/);
  });

  it('by the crowd: reservations that are ended twice', async () => {
    const mend = await spoilBook(place.owner, [...before('k_taken', 'boolean[]', TAKEN), SLOWLY]);
    const { faults } = await crowd(6, 2, 8);
    await mend();
    expect(faults.join('\n')).toMatch(/ended twice|23514/);
  });
});
