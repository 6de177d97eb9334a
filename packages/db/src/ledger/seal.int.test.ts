import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { connect, type Database, inTransaction } from '../kernel/index.ts';
import { openAccount, postTransfers, readHead, sealBlock, unsealedWijken } from './index.ts';

let database: TestDatabase;
let db: Database;
let owner: pg.Client;
let wijkId: string;
let issuance: string;
const at = new Date('2026-12-01T09:00:00.250Z');

beforeAll(async () => {
  database = await testDatabase();
  db = connect({ url: database.appUrl });
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner?.end();
  await db?.$client.end();
  await database?.drop();
});

beforeEach(async () => {
  wijkId = randomUUID();
  await owner.query(
    `insert into wijk.wijk (id, slug, name, time_zone, created_at) values ($1, $2, 'Elzen', 'Europe/Amsterdam', now())`,
    [wijkId, `w-${wijkId.slice(0, 8)}`],
  );
  issuance = await open('issuance');
});

async function open(kind: 'issuance' | 'member' = 'member'): Promise<string> {
  const id = randomUUID();
  const limits = { min: kind === 'issuance' ? null : 0, max: null, daily: null };
  await openAccount(db, { wijkId, id, kind, limits }, at);
  return id;
}
async function issue(to: string, amount = 100, executor: Parameters<typeof postTransfers>[0] = db) {
  const legs = [
    { account: issuance, side: 'debit', amount },
    { account: to, side: 'credit', amount },
  ] as const;
  const request = { id: randomUUID(), kind: 'single', code: 'issue', legs } as const;
  const moment = { at, day: '2026-12-01' };
  expect(await postTransfers(executor, wijkId, [request], moment)).toMatchObject([{ ok: true }]);
  return request.id;
}
const leaves = async () =>
  (
    await owner.query<{ height: number; position: number; account: string; version: string }>(
      `select height, position, account_id as account, version from ledger.leaf where wijk_id = $1 order by 1, 2`,
      [wijkId],
    )
  ).rows;
const unsealed = async () => (await unsealedWijken(db)).includes(wijkId);

it('puts what was committed into blocks that follow each other, each entry once', async () => {
  const [a, b] = [await open(), await open()];
  expect(await unsealed()).toBe(false);
  await issue(a);
  await issue(b);
  expect(await unsealed()).toBe(true);
  expect(await sealBlock(db, wijkId, at, 3)).toBe(3);
  expect(await sealBlock(db, wijkId, at, 3)).toBe(1);
  expect(await sealBlock(db, wijkId, at, 3)).toBe(0);
  expect(await unsealed()).toBe(false);
  await issue(a);
  expect(await sealBlock(db, wijkId, at)).toBe(2);
  const found = await leaves();
  expect(found.map(({ height, position }) => [height, position])).toEqual([
    [1, 1],
    [1, 2],
    [1, 3],
    [2, 1],
    [3, 1],
    [3, 2],
  ]);
  const entries = found.map(({ account, version }) => `${account} ${version}`);
  expect(new Set(entries)).toEqual(
    new Set([
      ...[1, 2, 3].map((n) => `${issuance} ${n}`),
      ...[1, 2].map((n) => `${a} ${n}`),
      `${b} 1`,
    ]),
  );
});

it('writes hashes that anybody can compute from what stands in the tables', async () => {
  const a = await open();
  await issue(a, 1250);
  await sealBlock(db, wijkId, at);
  const part = (value: string | Buffer | null) => {
    const length = Buffer.alloc(4, 0xff);
    if (value === null) return length;
    const bytes = Buffer.from(value);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  // every value as PostgreSQL itself writes it, in the order of docs/decisions/0028
  const { rows } = await owner.query<{ values: (string | null)[]; hash: Buffer }>(
    `select array['wijk-credits entry 1', e.wijk_id::text, e.account_id::text, a.kind, e.version::text,
        e.transfer_id::text, case when e.debit then 'debit' else 'credit' end, e.posted::text, e.pending::text,
        e.balance::text, e.reserved::text, e.expected::text, extract(epoch from e.at)::text, '#', t.kind,
        t.pending_id::text, t.reverses_id::text, t.code, t.policy_version::text, t.legs::text,
        extract(epoch from t.expires_at)::text, extract(epoch from t.at)::text] as values, t.request_hash as hash
      from ledger.leaf l join ledger.entry e using (wijk_id, account_id, version)
      join ledger.transfer t on t.wijk_id = e.wijk_id and t.id = e.transfer_id
      join ledger.account a on a.wijk_id = e.wijk_id and a.id = e.account_id
      where l.wijk_id = $1 order by l.position`,
    [wijkId],
  );
  const hashes = rows.map(({ values, hash }) =>
    sha256(Buffer.from([0]), ...values.map((value) => part(value === '#' ? hash : value))),
  );
  const [first, second] = hashes;
  if (!first || !second) throw new Error('two entries');
  const stored = await owner.query<{ hash: Buffer }>(
    'select hash from ledger.leaf where wijk_id = $1 order by position',
    [wijkId],
  );
  expect(stored.rows.map(({ hash }) => hash.toString('hex'))).toEqual(
    hashes.map((hash) => hash.toString('hex')),
  );
  const root = sha256(Buffer.from([1]), first, second);
  const block = [
    'wijk-credits block 1',
    wijkId,
    '1',
    Buffer.alloc(32),
    root,
    '2',
    '1796115600.250000',
  ];
  const head = sha256(...block.map(part)).toString('hex');
  expect(await readHead(db, wijkId)).toEqual({ height: 1, hash: head });
});

it('loses nothing that commits late: what a global sequence would have passed by is in the next block', async () => {
  const [a, b] = [await open(), await open()];
  const others = await open('issuance');
  // stands open while later ones commit and are sealed; it holds the lowest xid of them all
  const late = await db.$client.connect();
  await late.query('begin');
  const before = await late.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
  await late.query(
    `select * from ledger.post_transfers($1, $2, '2026-12-01', array[$3::uuid], array['\\x01'::bytea],
      array['single'], array[null::uuid], array['issue'], array[null::int], array[null::timestamptz],
      array[1, 1], array[$4::uuid, $5::uuid], array[true, false], array[7, 7]::bigint[])`,
    [wijkId, at, randomUUID(), issuance, a],
  );
  issuance = others;
  await issue(b);
  expect(await sealBlock(db, wijkId, at)).toBe(2);
  const sealedUpTo = await owner.query<{ xid: string }>(
    'select max(xmin::text::bigint) as xid from ledger.entry where wijk_id = $1',
    [wijkId],
  );
  await late.query('commit');
  late.release();
  // the wrong variant: "everything above the highest number that is sealed" does not see it any more
  const missed = await owner.query<{ n: number }>(
    `select count(*)::int as n from ledger.entry where wijk_id = $1 and xmin::text::bigint > $2`,
    [wijkId, sealedUpTo.rows[0]?.xid],
  );
  expect(Number(before.rows[0]?.xid)).toBeLessThan(Number(sealedUpTo.rows[0]?.xid));
  expect(missed.rows).toEqual([{ n: 0 }]);
  // ours does
  expect(await unsealed()).toBe(true);
  expect(await sealBlock(db, wijkId, at)).toBe(2);
  expect((await leaves()).filter(({ height }) => height === 2).map((one) => one.account)).toContain(
    a,
  );
});

it('leaves out what is not committed, and what is rolled back for good', async () => {
  const a = await open();
  await expect(
    inTransaction(db, async (tx) => {
      await issue(a, 5, tx);
      expect(await sealBlock(db, wijkId, at)).toBe(0);
      throw new Error('never mind');
    }),
  ).rejects.toThrow('never mind');
  expect(await unsealed()).toBe(false);
  await issue(a);
  expect(await sealBlock(db, wijkId, at)).toBe(2);
});

it('is done by several workers at once, while payments come in, without a gap or a double', async () => {
  const accounts = await Promise.all(Array.from({ length: 6 }, () => open()));
  let paying = true;
  const pay = async () => {
    for (let i = 0; i < 40; i += 1) await issue(accounts[i % 6] ?? '', 1 + i);
  };
  const seal = async () => {
    while (paying || (await unsealed())) await sealBlock(db, wijkId, at, 7);
  };
  const sealers = [seal(), seal(), seal()];
  await Promise.all([pay(), pay()]).finally(() => {
    paying = false;
  });
  await Promise.all(sealers);
  const { rows } = await owner.query(
    `select (select count(*)::int from ledger.entry e where e.wijk_id = $1) as entries,
      (select count(*)::int from ledger.leaf l where l.wijk_id = $1) as leaves,
      (select count(*)::int from ledger.leaf l join ledger.entry e using (wijk_id, account_id, version)
        where l.wijk_id = $1) as pairs,
      (select count(*) = max(height) from ledger.block b where b.wijk_id = $1) as heights,
      (select bool_and(b.previous = p.hash) from ledger.block b
        join ledger.block p on p.wijk_id = b.wijk_id and p.height = b.height - 1 where b.wijk_id = $1) as links`,
    [wijkId],
  );
  expect(rows).toEqual([{ entries: 160, leaves: 160, pairs: 160, heights: true, links: true }]);
});
