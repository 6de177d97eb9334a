import { REFUSALS } from '@wijk/domain/ledger';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { spoilBook } from '../../../../tests/support/judge-book.ts';
import { connect, type Database } from '../kernel/index.ts';
import { play, type Table } from './test/play.ts';
import { script } from './test/script.ts';

/** A book in a database of its own, with random lives played on it. */
async function openTable() {
  const database: TestDatabase = await testDatabase();
  const db: Database = connect({ url: database.appUrl, max: 1 });
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const table: Table = { db, owner, seen: new Map() };
  return {
    ...table,
    property: fc.asyncProperty(script, async (one) => {
      const fault = await play(table, one);
      if (fault) throw new Error(fault);
    }),
    close: async () => {
      await owner.end();
      await db.$client.end();
      await database.drop();
    },
  };
}

let table: Awaited<ReturnType<typeof openTable>>;

describe('the book does what the model does', () => {
  beforeAll(async () => {
    table = await openTable();
  });
  afterAll(() => table?.close());

  it.each([1, 20261201, 777])('with seed %i', async (seed) => {
    await fc.assert(table.property, { seed, numRuns: 20 });
  });

  it('and those seeds try everything that can happen', () => {
    const seen = [...table.seen].filter(([, times]) => times > 1).map(([key]) => key);
    const outcomes = new Set(seen.map((key) => key.split(' ')[1]));
    expect([...REFUSALS].filter((refusal) => !outcomes.has(refusal))).toEqual([]);
    for (const kind of ['single', 'pending', 'post', 'void', 'expire', 'reversal'])
      expect(seen).toContain(`${kind} posted`);
  });

  it('with whatever chance brings', async () => {
    await fc.assert(table.property, {
      numRuns: 150,
      interruptAfterTimeLimit: 5_000,
      markInterruptAsFailure: false,
    });
  });
});

const unguarded = (...indexes: string[]) =>
  indexes.map((name) => `drop index if exists ledger.${name}`);

/** What is wrong, the change, what guards of the tables are away as well, and as what it shows. */
const WRONG = [
  {
    wrong: 'what is reserved can be spent',
    from: 'a_c[x] - a_d[x] - a_dp[x] - l_posted[j] - l_pending[j]',
    to: 'a_c[x] - a_d[x] - l_posted[j] - l_pending[j]',
    without: ['alter table ledger.account drop constraint account_min'],
    shows: /outcomes of .*insufficient/s,
  },
  {
    wrong: 'what is promised does not count to the most',
    from: 'a_c[x] - a_d[x] + a_cp[x] + l_posted[j] + l_pending[j]',
    to: 'a_c[x] - a_d[x] + l_posted[j] + l_pending[j]',
    without: ['alter table ledger.account drop constraint account_max'],
    shows: /outcomes of .*over-maximum/s,
  },
  {
    wrong: 'a repeated request is not looked up',
    from: 'IF k_hash[i] IS NOT NULL THEN',
    to: 'IF false THEN',
    shows: /transfer_wijk_id_id_pk/,
  },
  {
    wrong: 'another request under the same id passes for a repeated one',
    from: `CASE WHEN k_hash[i] = p_hashes[i] THEN 'repeated' ELSE 'mismatch' END`,
    to: `'repeated'`,
    shows: /outcomes of .*mismatch/s,
  },
  {
    wrong: 'a reservation is ended again',
    from: 'IF k_taken[i] OR p_refs[i] = ANY (v_ended) THEN',
    to: `IF (k_taken[i] OR p_refs[i] = ANY (v_ended)) AND v_kind = 'reversal' THEN`,
    without: unguarded('transfer_resolves'),
    shows: /outcomes of .*already-resolved|account_counters/s,
  },
  {
    wrong: 'a payment is taken back again',
    from: 'IF k_taken[i] OR p_refs[i] = ANY (v_ended) THEN',
    to: `IF (k_taken[i] OR p_refs[i] = ANY (v_ended)) AND v_kind <> 'reversal' THEN`,
    without: unguarded('transfer_reverses'),
    shows: /outcomes of .*already-reversed/s,
  },
  {
    wrong: 'a reservation that has lapsed is posted',
    from: `IF v_kind = 'post' AND k_expires[i] <= p_at THEN`,
    to: 'IF false THEN',
    shows: /outcomes of .*expired/s,
  },
  {
    wrong: 'what is not posted of a reservation stays reserved',
    from: `CASE WHEN r.kind = 'reversal' THEN 0 ELSE -e.pending END`,
    to: `CASE WHEN r.kind = 'reversal' THEN 0 ELSE -coalesce(g.amount, e.pending) END`,
    shows: /account\n|entries of/,
  },
  {
    wrong: 'the running balance of who is paid is one off',
    from: 'l_balance[j] := a_c[x] - a_d[x];',
    to: 'l_balance[j] := a_c[x] - a_d[x] + (NOT l_debit[j])::int;',
    shows: /entries of/,
  },
  {
    wrong: 'a moment goes back with the clock',
    from: 'v_moment := greatest(v_moment, a_at[l_ix[j]]);',
    to: 'v_moment := p_at;',
    shows: /entries of/,
  },
  {
    wrong: 'a limit that waited for the balance keeps waiting',
    from: 'IF a_min[x] < a_minw[x] THEN',
    to: 'IF false THEN',
    shows: /outcomes of|account\n/,
  },
  {
    wrong: 'a frozen account pays',
    from: 'IF a_frozen[l_ix[j]] AND v_out[i] IS NULL THEN',
    to: 'IF false THEN',
    shows: /outcomes of .*frozen/s,
  },
  {
    wrong: 'the limit of a day begins anew with each payment',
    from: 'a_spent[x] := CASE WHEN a_day[x] >= p_day THEN a_spent[x] ELSE 0 END',
    to: 'a_spent[x] := 0',
    shows: /outcomes of .*over-daily|account\n/s,
  },
  {
    wrong: 'what is returned counts to the limit of a day',
    from: ` AND p_codes[i] IN ('payment', 'order')`,
    to: '',
    times: 2,
    shows: /outcomes of .*over-daily|account\n/s,
  },
  {
    wrong: 'an ended reservation stays on the list',
    from: 'IF v_refs THEN\n      DELETE',
    to: 'IF false THEN\n      DELETE',
    shows: /holds/,
  },
];

describe('a wrong book is caught', () => {
  beforeAll(async () => {
    table = await openTable();
  });
  afterAll(() => table?.close());

  it.each(WRONG)('$wrong', async ({ from, to, times, without, shows }) => {
    const mend = await spoilBook(table.owner, [{ from, to, times }], without);
    const found = await fc.check(table.property, {
      seed: 20261201,
      numRuns: 100,
      endOnFailure: true,
    });
    await mend();
    expect(found.failed, 'nobody noticed').toBe(true);
    expect(String((found.errorInstance as Error).message)).toMatch(shows);
  });

  it('and the right one, in that database, is not', async () => {
    await fc.assert(table.property, { seed: 20261201, numRuns: 10 });
  });
});
