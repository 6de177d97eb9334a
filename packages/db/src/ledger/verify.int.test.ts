import { randomUUID } from 'node:crypto';
import type { Finding } from '@wijk/domain/ledger';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AttackedBook } from '../../../../tests/support/attacked-book.ts';
import { dice } from '../../../../tests/support/book.ts';

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

describe('a book in which everything happened', () => {
  it('is in order, to its last entry, and its counts are those of the tables', async () => {
    const counts = await scene.first(
      `select (select count(*)::int from ledger.entry) as entries, (select count(*)::int from ledger.transfer) as transfers,
        (select count(*)::int from ledger.account) as accounts, (select count(*)::int from ledger.block) as blocks`,
    );
    expect(await scene.verify()).toEqual({
      ok: true,
      ...counts,
      head: scene.published.at(-1)?.head,
      broken: null,
      findings: 0,
    });
    const kinds = await scene.attacker.query(
      'select distinct kind from ledger.transfer order by 1',
    );
    expect(kinds.rows.map(({ kind }) => kind)).toEqual([
      'expire',
      'pending',
      'post',
      'reversal',
      'single',
      'void',
    ]);
  });
});

interface Column {
  table: string;
  name: string;
  type: string;
  nullable: boolean;
}

/** Another value of that type: one character, one bit, one microsecond. Null becomes something. */
function others(type: string, value: unknown, roll: (n: number) => number): unknown[] {
  const text = value === null ? null : String(value);
  if (type === 'boolean') return [!value];
  if (type === 'uuid') {
    if (text === null) return [randomUUID()];
    const at = [0, 9, 14, 24, 35][roll(5)] ?? 0;
    const digit = ((Number.parseInt(text[at] ?? '0', 16) + 1 + roll(15)) % 16).toString(16);
    return [text.slice(0, at) + digit + text.slice(at + 1)];
  }
  if (type === 'bytea') {
    const bytes = Buffer.from((text ?? '\\x00').slice(2), 'hex');
    const at = roll(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << roll(8));
    return [bytes, Buffer.concat([bytes, Buffer.from([0])])];
  }
  if (type.startsWith('timestamp')) {
    if (text === null) return ['2026-12-24T00:00:00Z'];
    return [`${text} + 1 microsecond`, `${text} - 1 day`, 'infinity'];
  }
  if (type === 'text') return text === null ? ['x'] : [`${text}x`, text.slice(1), ''];
  if (text === null) return ['0', '7'];
  const n = BigInt(text);
  return [n + 1n, n - 1n, type === 'smallint' ? n + 300n : n + 70_000n].map(String);
}

async function columns(): Promise<Column[]> {
  const { rows } = await scene.attacker.query<Column>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type, not a.attnotnull as nullable
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'ledger'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
       and c.relname in ('account', 'transfer', 'entry', 'block', 'leaf', 'sealed', 'hold') order by 1, a.attnum`,
  );
  return rows;
}

const KEYS: Record<string, string[]> = {
  account: ['id'],
  transfer: ['id'],
  entry: ['account_id', 'version'],
  block: ['height'],
  leaf: ['height', 'position'],
  sealed: ['account_id'],
  hold: ['transfer_id'],
};

/** Whether a finding is about this row, as it was. */
function names(finding: Finding | null, table: string, row: Record<string, string>): boolean {
  if (!finding) return false;
  const entry = () =>
    finding.account === row.account_id && String(finding.version) === String(row.version);
  if (table === 'entry') return entry();
  if (table === 'transfer') return finding.transfer === row.id;
  if (table === 'account') return finding.account === row.id;
  if (table === 'hold') return finding.transfer === row.transfer_id;
  if (table === 'sealed') return finding.account === row.account_id;
  if (table === 'block') return String(finding.height) === String(row.height);
  return entry() || finding.height === Number(row.height);
}

/** One that is not the number of another row. */
const isFree = (value: unknown) => !/^-?[0-9]{1,4}$/.test(String(value));

describe('any change of a single value', () => {
  it('is found, and the row that was changed is named', async () => {
    const roll = dice(SEED);
    const all = await columns();
    expect(all.length).toBeGreaterThanOrEqual(60);
    for (const column of all) {
      const { table, name, type } = column;
      const keys = KEYS[table] ?? [];
      const { rows } = await scene.attacker.query<Record<string, string>>(
        `select *, ${name}::text as changed from ledger.${table} order by ${keys.join(', ')}`,
      );
      // a row where there is something, and any other one
      for (const some of [rows.filter((row) => row.changed !== null), rows]) {
        const row = some[roll(some.length)];
        if (!row) continue;
        const possible = others(
          type,
          type === 'boolean' ? row.changed === 'true' : row.changed,
          roll,
        );
        const unique = keys.includes(name) || (table === 'leaf' && name === 'version');
        const values = unique ? possible.filter(isFree) : possible;
        const value = values[roll(values.length)];
        await findsChange(column, row, value);
        if (column.nullable && row.changed !== null) await findsChange(column, row, null);
      }
    }
  }, 120_000);

  async function findsChange(
    { table, name }: Column,
    row: Record<string, string>,
    value: unknown,
  ): Promise<void> {
    const keys = KEYS[table] ?? [];
    const where = keys.map((key, i) => `${key} = $${i + 1}`).join(' and ');
    const key = keys.map((column) => row[column]);
    const moved = /^.* ([+-]) (1 \w+)$/.exec(String(value));
    const finding = await after(
      () =>
        moved
          ? run(
              `update ledger.${table} set ${name} = ${name} ${moved[1]} interval '${moved[2]}' where ${where}`,
              ...key,
            )
          : run(
              `update ledger.${table} set ${name} = $${key.length + 1} where ${where}`,
              ...key,
              value,
            ),
      scene.published,
      [table],
    );
    const what = `${table}.${name} of ${key.join(' ')}: ${row.changed} → ${value}`;
    expect(finding, what).not.toBeNull();
    const right = names(finding, table, row) || (table === 'sealed' && finding?.account === value);
    expect(right, `${what}: ${JSON.stringify(finding)}`).toBe(true);
  }
});
