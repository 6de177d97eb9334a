import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { spoilBook } from '../../../../tests/support/judge-book.ts';

let database: TestDatabase;
let owner: pg.Client;
let app: pg.Client;
const wijkId = randomUUID();

beforeAll(async () => {
  database = await testDatabase();
  [owner, app] = [database.ownerUrl, database.appUrl].map(
    (connectionString) => new pg.Client({ connectionString }),
  ) as [pg.Client, pg.Client];
  await owner.connect();
  await app.connect();
  await owner.query(
    `insert into wijk.wijk (id, slug, name, time_zone, created_at) values ($1, 'elzen', 'Elzen', 'Europe/Amsterdam', now())`,
    [wijkId],
  );
});

afterAll(async () => {
  await app?.end();
  await owner?.end();
  await database?.drop();
});

const open = (account: Record<string, unknown> = {}) => {
  const { id, kind, rank, min, max, daily, at } = {
    id: randomUUID() as string,
    kind: 'member',
    rank: 0,
    min: 0,
    max: null,
    daily: null,
    at: '2026-12-01T09:00:00Z',
    ...account,
  };
  return app
    .query('select ledger.open_account($1, $2, $3, $4::smallint, $5, $6, $7, $8)', [
      wijkId,
      id,
      kind,
      rank,
      min,
      max,
      daily,
      at,
    ])
    .then(() => id);
};

describe('the schema of the book', () => {
  it('belongs to a role that nobody logs in as, and that may do nothing else', async () => {
    const { rows } = await owner.query<{ name: string; owner: string }>(`
      select c.relname as name, c.relowner::regrole::text as owner from pg_class c
        where c.relnamespace = 'ledger'::regnamespace and c.relkind in ('r', 'S', 'v', 'm')
      union all
      select p.proname, p.proowner::regrole::text from pg_proc p where p.pronamespace = 'ledger'::regnamespace`);
    expect(rows.length).toBeGreaterThan(12);
    expect(rows.filter((row) => row.owner !== 'wijk_ledger')).toEqual([]);
    const { rows: roles } = await owner.query(`
      select r.rolcanlogin or r.rolsuper or r.rolcreaterole or r.rolbypassrls as strong,
        pg_has_role('wijk_app', 'wijk_ledger', 'member') as app_is,
        has_schema_privilege('wijk_app', 'ledger', 'create') or has_schema_privilege('wijk_ledger', 'ledger', 'create') as creates
      from pg_roles r where r.rolname = 'wijk_ledger'`);
    expect(roles).toEqual([{ strong: false, app_is: false, creates: false }]);
  });

  it('has functions that run as that role with a fixed path, and that not everybody may call', async () => {
    const { rows } = await owner.query<{ name: string; path: string[]; definer: boolean }>(`
      select p.proname as name, p.proconfig as path, p.prosecdef as definer,
        has_function_privilege('public', p.oid, 'execute') as everybody,
        has_function_privilege('wijk_app', p.oid, 'execute') as app, p.prorettype = 'trigger'::regtype as trigger
      from pg_proc p where p.pronamespace = 'ledger'::regnamespace order by 1`);
    expect(rows.length).toBeGreaterThanOrEqual(8);
    for (const row of rows) {
      expect(row, row.name).toMatchObject({ everybody: false });
      expect(row.path, row.name).toContain('search_path=pg_catalog, pg_temp');
    }
    const mayCall = rows.filter((row) => (row as unknown as { app: boolean }).app);
    expect(mayCall.filter((row) => !row.definer)).toEqual([]);
    expect(
      rows.filter((row) => {
        const { trigger, app } = row as unknown as { trigger: boolean; app: boolean };
        return trigger && app;
      }),
    ).toEqual([]);
  });
});

describe('whoever calls the functions with nonsense', () => {
  it('opens no account of another kind, with impossible limits, or outside of time', async () => {
    const id = await open();
    expect(await open({ id })).toBe(id);
    for (const [wrong, why] of [
      [{ id, kind: 'fund' }, { constraint: 'account_kind' }],
      [{ kind: 'bank' }, { constraint: 'account_kinds' }],
      [{ kind: null }, { code: '23502' }],
      [{ id: null }, { code: '23502' }],
      [{ min: '-9223372036854775808' }, { constraint: 'account_limits' }],
      [{ max: '9007199254740992' }, { constraint: 'account_limits' }],
      [{ daily: -1 }, { constraint: 'account_limits' }],
      [{ at: 'infinity' }, { constraint: 'account_moments' }],
    ] as const)
      await expect(open(wrong), JSON.stringify(wrong)).rejects.toMatchObject(why);
    await expect(
      app.query('select ledger.set_limits($1, $2, $3, null, null, now())', [
        wijkId,
        id,
        '-9007199254740992',
      ]),
    ).rejects.toMatchObject({ constraint: 'account_limits' });
  });

  it('adds no block that leaves entries out, or that has none of their hashes', async () => {
    const id = await open();
    const add = (height: unknown, versions: unknown, hashes: unknown, accounts: unknown = [id]) =>
      app.query(
        `select ledger.add_block($1, $2, '\\x00', '\\x00', '\\x00', now(), $3::uuid[], $4::bigint[], $5::bytea[])`,
        [wijkId, height, accounts, versions, hashes],
      );
    const hash = Buffer.alloc(32);
    for (const attempt of [
      () => add(1, [1], [hash]),
      () => add(1, [2], [hash]),
      () => add(1, [null], [hash]),
      () => add(1, null, [hash]),
      () => add(2, [1], [hash]),
      () => add(null, [1], [hash]),
      () => add(1, [0], [hash]),
      () => add(1, [1], [hash], null),
      () => add(1, [1, 1], [hash, hash], [id, id]),
    ])
      await expect(attempt(), attempt.toString()).rejects.toMatchObject({ code: /^23/ });
    const { rows } = await owner.query('select from ledger.block');
    expect(rows).toEqual([]);
  });

  it('posts nothing with lists that do not fit together', async () => {
    const [a, b] = [await open({ min: null }), await open()];
    const right = {
      wijk: wijkId,
      at: '2026-12-01T09:00:00Z',
      day: '2026-12-01',
      ids: `{${randomUUID()}}`,
      hashes: '{"\\\\x00"}',
      kinds: '{single}',
      refs: '{null}',
      codes: '{payment}',
      policies: '{null}',
      expires: '{null}',
      legOf: '{1,1}',
      accounts: `{${a},${b}}`,
      debits: '{t,f}',
      amounts: '{1,1}',
    };
    const post = async (change: Record<string, unknown> = {}) => {
      const { rows } = await app.query<{ outcome: string }>(
        `select outcome from ledger.post_transfers($1, $2, $3, $4::uuid[], $5::bytea[], $6::text[], $7::uuid[],
          $8::text[], $9::int[], $10::timestamptz[], $11::int[], $12::uuid[], $13::boolean[], $14::bigint[])`,
        Object.values({ ...right, ids: `{${randomUUID()}}`, ...change }),
      );
      return rows.map(({ outcome }) => outcome);
    };
    expect(await post()).toEqual(['posted']);
    for (const change of [
      { wijk: null },
      { at: 'infinity' },
      { at: null },
      { day: 'zzzz' },
      { hashes: '{}' },
      { hashes: null },
      { kinds: '{single,single}' },
      { kinds: '[0:0]={single}' },
      { codes: '{{payment}}' },
      { refs: null },
      { legOf: '{1}' },
      { legOf: '{1,2}' },
      { legOf: '{0,1}' },
      { legOf: '{1,null}' },
      { accounts: null },
      { amounts: '[0:1]={1,1}' },
    ])
      await expect(post(change), JSON.stringify(change)).rejects.toMatchObject({ code: '2202E' });
    for (const change of [
      { ids: '{null}' },
      { hashes: '{null}' },
      { kinds: '{null}' },
      { kinds: '{gift}' },
      { codes: '{null}' },
      { codes: '{Cadeau}' },
      { refs: `{${a}}` },
      { debits: '{t,null}' },
      { amounts: '{1,null}' },
      { amounts: '{9223372036854775807,9223372036854775807}' },
      { amounts: '{9007199254740991,9007199254740991}' },
      { amounts: '{-9223372036854775808,-9223372036854775808}' },
      { legOf: '{}', accounts: '{}', debits: '{}', amounts: '{}' },
      { legOf: null, accounts: null, debits: null, amounts: null },
    ])
      expect(await post(change), JSON.stringify(change)).toEqual(['malformed']);
    expect(await post({ wijk: randomUUID() })).toEqual(['no-account']);
    expect(await post({ ids: '{}' })).toEqual([]);
    expect(await post({ amounts: '{9007199254740990,9007199254740990}' })).toEqual(['posted']);
    expect(await post()).toEqual(['malformed']);
  });
});

describe('the limits of the table', () => {
  it('hold where the function would forget them', async () => {
    const [a, b] = [await open({ min: 0 }), await open()];
    const mend = await spoilBook(owner, [
      { from: 'IF v_new < a_min[x] THEN', to: 'IF false THEN' },
      { from: 'IF v_new > a_max[x] THEN', to: 'IF false THEN' },
    ]);
    const pay = (payer: string, payee: string) =>
      app.query(
        `select ledger.post_transfers($1, now(), '2026-12-01', array[gen_random_uuid()], '{"\\\\x00"}', '{single}',
          '{null}', '{payment}', '{null}', '{null}', '{1,1}', array[$2, $3]::uuid[], '{t,f}', '{5,5}')`,
        [wijkId, payer, payee],
      );
    await expect(pay(a, b)).rejects.toMatchObject({ constraint: 'account_min' });
    await expect(pay(await open({ min: null }), await open({ max: 4 }))).rejects.toMatchObject({
      constraint: 'account_max',
    });
    await mend();
  });
});

describe("a caller's own temporary type", () => {
  it('has nothing to do with any function that runs with the rights of another', async () => {
    const { rows } = await owner.query<{ name: string }>(`
      select p.oid::regprocedure::text as name from pg_proc p where p.prosecdef
        and p.pronamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
        and not 'search_path=pg_catalog, pg_temp' = any (coalesce(p.proconfig, '{}'))`);
    expect(rows).toEqual([]);
    const { rows: all } = await owner.query(
      `select from pg_proc where prosecdef and pronamespace = 'sealed'::regnamespace`,
    );
    expect(all.length).toBeGreaterThan(3);
  });

  /** Named as one of ours, it runs code of the caller wherever our functions mean ours. */
  const run = async () => {
    const client = new pg.Client({ connectionString: database.appUrl });
    await client.connect();
    const ran: string[] = [];
    client.on('notice', ({ message }) => ran.push(message ?? ''));
    await client.query(`create function pg_temp.mine() returns boolean language plpgsql as
      $$ begin raise notice '%', current_user; return true; end $$`);
    await client.query('create domain pg_temp.text as pg_catalog.text check (pg_temp.mine())');
    ran.length = 0;
    await client
      .query(
        `select ledger.post_transfers($1, now(), '2026-12-01'::pg_catalog.text, array[$1::pg_catalog.uuid], '{"\\\\x00"}',
          '{single}'::pg_catalog.text[], '{null}', '{payment}'::pg_catalog.text[], '{null}', '{null}', '{}', '{}', '{}', '{}')`,
        [wijkId],
      )
      .catch(() => {});
    await client.end();
    return ran;
  };

  it('is not taken for one of the book', async () => {
    expect(await run()).toEqual([]);
  });

  it('would be, if temporary types were looked for first', async () => {
    const functions = await owner.query<{ signature: string }>(
      `select oid::regprocedure::text as signature from pg_proc where proname = 'post_transfers'`,
    );
    const signature = functions.rows[0]?.signature;
    await owner.query(`alter function ${signature} set search_path = pg_catalog`);
    expect(await run()).toContain('wijk_ledger');
    await owner.query(`alter function ${signature} set search_path = pg_catalog, pg_temp`);
  });
});
