import { randomUUID } from 'node:crypto';
import { blockHash, merkleRoot } from '@wijk/domain/ledger';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AttackedBook } from '../../../../tests/support/attacked-book.ts';
import { sha256 } from './logged.ts';

const SEED = 20261201;
let scene: AttackedBook;

beforeAll(async () => {
  scene = await AttackedBook.open(SEED);
}, 60_000);

afterAll(() => scene?.close());

beforeEach(async () => {
  expect(await scene.verify()).toMatchObject({ ok: true, broken: null, findings: 0 });
});

const run: AttackedBook['run'] = (text, ...values) => scene.run(text, ...values);
const after: AttackedBook['after'] = (...given) => scene.after(...given);

const anEntry = (n = 40) =>
  scene.first<{
    account_id: string;
    version: string;
    transfer_id: string;
    height: number;
    position: number;
  }>(
    `select e.*, l.height, l.position from ledger.entry e join ledger.leaf l using (wijk_id, account_id, version)
     where e.version > 2 order by l.height, l.position offset ${n} limit 1`,
  );
const at = (row: { account_id: string; version: string }) => ({
  account: row.account_id,
  version: Number(row.version),
});

describe('a row', () => {
  it('that is gone is named', async () => {
    const row = await anEntry();
    const gone = 'where account_id = $1 and version = $2';
    expect(
      await after(() => run(`delete from ledger.entry ${gone}`, row.account_id, row.version)),
    ).toMatchObject({ kind: 'entry-missing', ...at(row), height: row.height });
    // with its sealed hash, and the number in every account
    expect(
      await after(async () => {
        await run(`delete from ledger.entry ${gone}`, row.account_id, row.version);
        await run(`delete from ledger.leaf ${gone}`, row.account_id, row.version);
      }),
    ).toMatchObject({ kind: 'leaf-missing', height: row.height, position: row.position });
    expect(
      await after(() => run('delete from ledger.transfer where id = $1', row.transfer_id)),
    ).toMatchObject({ kind: 'entry-without-transfer', transfer: row.transfer_id });
    expect(await after(() => run('delete from ledger.block where height = 2'))).toMatchObject({
      height: 2,
    });
    expect(
      await after(() => run('delete from ledger.account where id = $1', row.account_id)),
    ).toMatchObject({ kind: 'entry-without-account', account: row.account_id, version: 1 });
    expect(
      await after(() => run('delete from ledger.sealed where account_id = $1', row.account_id)),
    ).toMatchObject({ kind: 'account-sealed', account: row.account_id });
  });

  it('that is gone at the end, counters and all, is missed by the chain', async () => {
    const row = await scene.first<{ transfer_id: string }>(
      `select transfer_id from ledger.entry e join ledger.account a on a.id = e.account_id
       group by 1 having bool_and(e.version = a.version)`,
    );
    const finding = await after(async () => {
      await run(
        `update ledger.account a set version = a.version - 1, last_at = p.at,
           credits_posted = p.balance + a.debits_posted, debits_posted = a.debits_posted,
           debits_pending = p.reserved, credits_pending = p.expected
         from ledger.entry e join ledger.entry p on p.account_id = e.account_id and p.version = e.version - 1
         where e.transfer_id = $1 and e.account_id = a.id`,
        row.transfer_id,
      );
      await run('delete from ledger.entry where transfer_id = $1', row.transfer_id);
      await run('delete from ledger.transfer where id = $1', row.transfer_id);
    });
    expect(finding?.height).toBeGreaterThan(0);
    expect(['leaf-stray', 'entry-missing']).toContain(finding?.kind);
  });

  it('that is put in is named', async () => {
    const row = await anEntry();
    const copy = async (table: string, changed: string) =>
      run(
        `insert into ledger.${table} select (jsonb_populate_record(r, $1)).* from ledger.${table} r limit 1`,
        changed,
      );
    const id = randomUUID();
    const extra = { account_id: row.account_id, version: 4000, transfer_id: id };
    expect(await after(() => copy('entry', JSON.stringify(extra)))).toMatchObject({
      kind: 'entry-missing',
      account: row.account_id,
    });
    expect(await after(() => copy('transfer', JSON.stringify({ id })))).toMatchObject({
      kind: 'transfer-legs',
      transfer: id,
    });
    expect(await after(() => copy('account', JSON.stringify({ id, version: 0 })))).toMatchObject({
      account: id,
    });
    expect(
      await after(() => copy('leaf', JSON.stringify({ account_id: id, position: 999 }))),
    ).toMatchObject({ height: 1 });
    expect(await after(() => copy('block', JSON.stringify({ height: 99 })))).toMatchObject({
      height: expect.any(Number),
    });
    expect(await after(() => copy('hold', JSON.stringify({ transfer_id: id })))).toMatchObject({
      kind: 'hold',
      transfer: id,
    });
  });

  it('that changed places with another is named', async () => {
    const row = await anEntry();
    const swap = async (table: string, column: string, one: string, other: string) => {
      await run(`update ledger.${table} set ${column} = -1 where ${one}`);
      await run(`update ledger.${table} set ${column} = ${column} where false`);
      const key = /(\d+)$/;
      const [from, to] = [key.exec(one)?.[1], key.exec(other)?.[1]];
      await run(`update ledger.${table} set ${column} = ${from} where ${other}`);
      await run(`update ledger.${table} set ${column} = ${to} where ${one.replace(key, '-1')}`);
    };
    const mine = `account_id = '${row.account_id}' and version =`;
    expect(await after(() => swap('entry', 'version', `${mine} 1`, `${mine} 2`))).toMatchObject({
      account: row.account_id,
      version: 1,
    });
    expect(
      await after(() =>
        swap('leaf', 'position', 'height = 2 and position = 3', 'height = 2 and position = 5'),
      ),
    ).toMatchObject({ kind: 'block-root', height: 2 });
    expect(await after(() => swap('block', 'height', 'height = 1', 'height = 2'))).toMatchObject({
      height: 1,
    });
  });
});

describe('whoever also writes the hashes anew', () => {
  const bytes = (value: unknown) => value as Buffer;
  /** The hash of a block over what stands in it now, and of those behind it. */
  async function rechain(from: number): Promise<void> {
    const { rows: blocks } = await scene.attacker.query(
      `select *, extract(epoch from sealed_at)::text as at from ledger.block where height >= $1 order by height`,
      [from],
    );
    const before = await scene.attacker.query('select hash from ledger.block where height = $1', [
      from - 1,
    ]);
    let previous = bytes(before.rows[0]?.hash ?? Buffer.alloc(32));
    for (const block of blocks) {
      const { rows } = await scene.attacker.query(
        'select hash from ledger.leaf where height = $1 order by position',
        [block.height],
      );
      const root = merkleRoot(
        sha256,
        rows.map(({ hash }) => bytes(hash)),
      );
      const { height } = block;
      const sealedAt = block.at;
      const hash = blockHash(sha256, {
        wijkId: scene.wijkId,
        height,
        previous,
        root,
        entries: rows.length,
        sealedAt,
      });
      await run(
        'update ledger.block set previous = $2, root = $3, hash = $4, entries = $5 where height = $1',
        height,
        previous,
        root,
        hash,
        rows.length,
      );
      previous = bytes(hash);
    }
  }

  it('of an entry alone is found by its block', async () => {
    const row = await anEntry();
    const finding = await after(async () => {
      await run(
        `update ledger.leaf set hash = sha256(hash) where account_id = $1 and version = $2`,
        row.account_id,
        row.version,
      );
    });
    expect(finding).toMatchObject({ kind: 'entry-changed', ...at(row) });
  });

  it('and chains all of it anew is found by what was published, and by nothing else', async () => {
    const last = scene.published.at(-1);
    if (!last) throw new Error('scene.published');
    const cut = async () => {
      // as if the last of the day had been sealed a second later
      await run(
        `update ledger.block set sealed_at = sealed_at + interval '1 second' where height = $1`,
        last.height,
      );
      await rechain(last.height);
    };
    expect(await after(cut)).toMatchObject({ kind: 'head', height: last.height, day: last.day });
    expect(await after(cut, scene.published.slice(0, -1))).toBeNull();
    const early = async () => {
      await run(
        `update ledger.block set sealed_at = sealed_at + interval '1 second' where height = 1`,
      );
      await rechain(1);
    };
    expect(await after(early)).toMatchObject({ kind: 'head', day: scene.published[0]?.day });
  });

  it('or takes the last block away, as if it had never been sealed, is found by what was published', async () => {
    const last = scene.published.at(-1);
    const truncate = async () => {
      await run(
        `update ledger.sealed s set version = l.first - 1 from (
           select account_id, min(version) as first from ledger.leaf where height = $1 group by 1) l
         where l.account_id = s.account_id`,
        last?.height,
      );
      await run('delete from ledger.sealed where version = 0');
      await run('delete from ledger.leaf where height = $1', last?.height);
      await run('delete from ledger.block where height = $1', last?.height);
    };
    expect(await after(truncate)).toMatchObject({ kind: 'head', day: last?.day });
    expect(await after(truncate, scene.published.slice(0, -1))).toBeNull();
  });
});
