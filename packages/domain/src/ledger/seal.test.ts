import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blockHash,
  entryBytes,
  type LoggedEntry,
  leafHash,
  lengthPrefixed,
  merkleRoot,
  NO_BLOCK,
} from './seal.ts';

const sha256 = (...parts: Uint8Array[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const hash = (bytes: Uint8Array): Uint8Array => sha256(bytes);
const byte = (value: number) => Buffer.from([value]);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const entry: LoggedEntry = {
  wijkId: '0198d8a0-0000-7000-8000-000000000001',
  accountId: '5f0c9a7e-1111-4222-8333-444455556666',
  accountKind: 'member',
  version: '7',
  transferId: '9a1b2c3d-aaaa-4bbb-8ccc-ddddeeeeffff',
  debit: true,
  posted: '1250',
  pending: '0',
  balance: '8750',
  reserved: '0',
  expected: '0',
  at: '1764579600.123456',
  transfer: {
    requestHash: Buffer.from('00ff10', 'hex'),
    kind: 'single',
    pendingId: null,
    reversesId: null,
    code: 'payment',
    policyVersion: '3',
    legs: '2',
    expiresAt: null,
    at: '1764579600.123456',
  },
};

describe('the bytes of an entry', () => {
  it('are its values in order, each with its length before it', () => {
    const text = (value: string) => {
      const bytes = Buffer.from(value, 'utf8');
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return Buffer.concat([length, bytes]);
    };
    const nothing = Buffer.from('ffffffff', 'hex');
    const byHand = Buffer.concat([
      text('wijk-credits entry 1'),
      text('0198d8a0-0000-7000-8000-000000000001'),
      text('5f0c9a7e-1111-4222-8333-444455556666'),
      text('member'),
      text('7'),
      text('9a1b2c3d-aaaa-4bbb-8ccc-ddddeeeeffff'),
      text('debit'),
      text('1250'),
      text('0'),
      text('8750'),
      text('0'),
      text('0'),
      text('1764579600.123456'),
      Buffer.from('0000000300ff10', 'hex'),
      text('single'),
      nothing,
      nothing,
      text('payment'),
      text('3'),
      text('2'),
      nothing,
      text('1764579600.123456'),
    ]);
    expect(hex(entryBytes(entry))).toBe(byHand.toString('hex'));
    expect(hex(leafHash(hash, entry))).toBe(sha256(byte(0), byHand).toString('hex'));
  });

  // short texts over few letters, so that neighbours that run into each other would be found
  const text = fc.string({ unit: fc.constantFrom('0', '1', '-', ':', 'é', '💶'), maxLength: 4 });
  const maybe = fc.option(text, { nil: null });
  const entries: fc.Arbitrary<LoggedEntry> = fc.record({
    wijkId: text,
    accountId: text,
    accountKind: text,
    version: text,
    transferId: text,
    debit: fc.boolean(),
    posted: text,
    pending: text,
    balance: text,
    reserved: text,
    expected: text,
    at: text,
    transfer: fc.record({
      requestHash: fc.uint8Array({ maxLength: 3 }),
      kind: text,
      pendingId: maybe,
      reversesId: maybe,
      code: text,
      policyVersion: maybe,
      legs: text,
      expiresAt: maybe,
      at: text,
    }),
  });
  /** everything that an entry says, to compare two of them by */
  const said = (one: LoggedEntry) =>
    JSON.stringify([
      ...Object.entries({ ...one, transfer: null }).sort(),
      ...Object.entries({
        ...one.transfer,
        requestHash: hex(one.transfer.requestHash),
      }).sort(),
    ]);

  it('differ between any two entries that differ', () => {
    fc.assert(
      fc.property(entries, entries, (a, b) => {
        expect(hex(entryBytes(a)) === hex(entryBytes(b))).toBe(said(a) === said(b));
      }),
      { seed: 20261201, numRuns: 2000 },
    );
  });

  it('change with every single value', () => {
    const changed = (value: unknown) =>
      value instanceof Uint8Array
        ? Uint8Array.of(...value, 0)
        : typeof value === 'boolean'
          ? !value
          : `${value ?? ''}0`;
    fc.assert(
      fc.property(entries, (one) => {
        const before = hex(entryBytes(one));
        const values = Object.entries(one).filter(([name]) => name !== 'transfer');
        for (const [name, value] of values)
          expect(hex(entryBytes({ ...one, [name]: changed(value) })), name).not.toBe(before);
        for (const [name, value] of Object.entries(one.transfer)) {
          const transfer = { ...one.transfer, [name]: changed(value) };
          expect(hex(entryBytes({ ...one, transfer })), name).not.toBe(before);
        }
      }),
      { seed: 20261202, numRuns: 200 },
    );
  });

  it('keep what is not there apart from what is empty, and neighbours apart', () => {
    fc.assert(
      fc.property(fc.array(maybe, { maxLength: 4 }), fc.array(maybe, { maxLength: 4 }), (a, b) => {
        expect(hex(lengthPrefixed(a)) === hex(lengthPrefixed(b))).toBe(
          JSON.stringify(a) === JSON.stringify(b),
        );
      }),
      { seed: 20261203, numRuns: 2000 },
    );
  });
});

describe('the root over entries', () => {
  const leaves = (n: number) => Array.from({ length: n }, (_, i) => sha256(byte(0), byte(i)));
  const node = (left: Uint8Array, right: Uint8Array) => sha256(byte(1), left, right);

  it('is the one of RFC 6962', () => {
    const [a, b, c, d, e, f, g] = leaves(7) as [Buffer, ...Buffer[]] & Buffer[];
    if (!(a && b && c && d && e && f && g)) throw new Error('seven leaves');
    expect(hex(merkleRoot(hash, []))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(hex(merkleRoot(hash, [a]))).toBe(hex(a));
    expect(hex(merkleRoot(hash, [a, b, c]))).toBe(hex(node(node(a, b), c)));
    expect(hex(merkleRoot(hash, [a, b, c, d, e]))).toBe(hex(node(node(node(a, b), node(c, d)), e)));
    expect(hex(merkleRoot(hash, [a, b, c, d, e, f, g]))).toBe(
      hex(node(node(node(a, b), node(c, d)), node(node(e, f), g))),
    );
  });

  it('follows the definition by halves for every number of leaves', () => {
    const byHalves = (some: Uint8Array[]): Uint8Array => {
      if (some.length === 1) return some[0] ?? Buffer.alloc(0);
      let k = 1;
      while (k * 2 < some.length) k *= 2;
      return node(byHalves(some.slice(0, k)), byHalves(some.slice(k)));
    };
    for (let n = 1; n <= 70; n += 1)
      expect(hex(merkleRoot(hash, leaves(n))), `${n}`).toBe(hex(byHalves(leaves(n))));
  });

  it('changes with any leaf, with their order and with their number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), (n, x, y) => {
        const some = leaves(n);
        const root = hex(merkleRoot(hash, some));
        const [i, j] = [x % n, y % n];
        const other = some.with(i, sha256(byte(9)));
        expect(hex(merkleRoot(hash, other))).not.toBe(root);
        expect(hex(merkleRoot(hash, some.slice(0, -1)))).not.toBe(root);
        const swapped = some.with(i, some[j] ?? byte(0)).with(j, some[i] ?? byte(0));
        expect(hex(merkleRoot(hash, swapped)) === root).toBe(i === j);
      }),
      { seed: 20261204 },
    );
  });
});

describe('the hash of a block', () => {
  const block = {
    wijkId: 'w',
    height: 12,
    previous: Buffer.from('aa', 'hex'),
    root: Buffer.from('bbcc', 'hex'),
    entries: 3,
    sealedAt: '1.000000',
  };

  it('is over its place, what it holds, and the one before', () => {
    const byHand = Buffer.concat([
      Buffer.from('00000014', 'hex'),
      Buffer.from('wijk-credits block 1'),
      Buffer.from('0000000177', 'hex'),
      Buffer.from('000000023132', 'hex'),
      Buffer.from('00000001aa', 'hex'),
      Buffer.from('00000002bbcc', 'hex'),
      Buffer.from('0000000133', 'hex'),
      Buffer.from('00000008312e303030303030', 'hex'),
    ]);
    expect(hex(blockHash(hash, block))).toBe(sha256(byHand).toString('hex'));
    expect(hex(NO_BLOCK)).toBe('00'.repeat(32));
  });

  it('changes with each of them', () => {
    const all = [
      block,
      { ...block, wijkId: 'v' },
      { ...block, height: 1, previous: Buffer.from('32aa', 'hex') },
      { ...block, previous: block.root, root: block.previous },
      { ...block, entries: 4 },
      { ...block, sealedAt: '1.000001' },
    ];
    expect(new Set(all.map((one) => hex(blockHash(hash, one)))).size).toBe(all.length);
  });
});
