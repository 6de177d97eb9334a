/**
 * How the book is sealed (W3): each entry is put into bytes that tell everything it says, a block is a
 * Merkle tree over some of them (RFC 6962), and each block carries the hash of the one before. Who keeps
 * the hash of the last block knows later whether a single character before it was changed.
 *
 * Values stand here as the database writes them: whole numbers in digits, ids in small letters, moments as
 * seconds since 1970 with six decimals, so that nothing is rounded on its way.
 */
export interface LoggedEntry {
  wijkId: string;
  accountId: string;
  /** of the account; it never changes, so it is sealed with each of its entries */
  accountKind: string;
  version: string;
  transferId: string;
  debit: boolean;
  posted: string;
  pending: string;
  balance: string;
  reserved: string;
  expected: string;
  at: string;
  transfer: LoggedTransfer;
}

/** The header of a transfer; it is sealed with each of its entries. */
export interface LoggedTransfer {
  requestHash: Uint8Array;
  kind: string;
  pendingId: string | null;
  reversesId: string | null;
  code: string;
  policyVersion: string | null;
  legs: string;
  expiresAt: string | null;
  at: string;
}

export interface BlockHeader {
  wijkId: string;
  height: number;
  previous: Uint8Array;
  root: Uint8Array;
  entries: number;
  sealedAt: string;
}

/** SHA-256, handed in: the domain has none of its own. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

/** Other bytes get another tag, so that no two formats are ever taken for each other. */
export const ENTRY_TAG = 'wijk-credits entry 1';
export const BLOCK_TAG = 'wijk-credits block 1';

/** What the first block carries in place of the hash of the one before. */
export const NO_BLOCK: Uint8Array = new Uint8Array(32);

const NOTHING = 0xff_ff_ff_ff;
const encoder = new TextEncoder();

/**
 * Parts behind each other, each with its length in bytes before it (four, the highest first); what is not
 * there has a length that nothing else has. Other parts make other bytes.
 */
export function lengthPrefixed(parts: readonly (string | Uint8Array | null)[]): Uint8Array {
  const bytes = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part));
  const joined = new Uint8Array(bytes.reduce((sum, part) => sum + 4 + (part?.length ?? 0), 0));
  const view = new DataView(joined.buffer);
  let at = 0;
  for (const part of bytes) {
    view.setUint32(at, part?.length ?? NOTHING);
    if (part) joined.set(part, at + 4);
    at += 4 + (part?.length ?? 0);
  }
  return joined;
}

/** Everything an entry says, with the header of its transfer. Other values in any of them make other bytes. */
export function entryBytes(entry: LoggedEntry): Uint8Array {
  const { transfer } = entry;
  return lengthPrefixed([
    ENTRY_TAG,
    entry.wijkId,
    entry.accountId,
    entry.accountKind,
    entry.version,
    entry.transferId,
    entry.debit ? 'debit' : 'credit',
    entry.posted,
    entry.pending,
    entry.balance,
    entry.reserved,
    entry.expected,
    entry.at,
    transfer.requestHash,
    transfer.kind,
    transfer.pendingId,
    transfer.reversesId,
    transfer.code,
    transfer.policyVersion,
    transfer.legs,
    transfer.expiresAt,
    transfer.at,
  ]);
}

function hashWith(hash: Hash, prefix: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(1 + parts.reduce((sum, part) => sum + part.length, 0));
  bytes[0] = prefix;
  let at = 1;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return hash(bytes);
}

/** The hash of one entry in the tree; its prefix keeps it apart from that of two hashes (RFC 6962, 2.1). */
export function leafHash(hash: Hash, entry: LoggedEntry): Uint8Array {
  return hashWith(hash, 0, entryBytes(entry));
}

/**
 * The root of the tree over these leaves in this order (RFC 6962, 2.1): the left half is the largest power
 * of two below their number. Of none it is the hash of nothing.
 */
export function merkleRoot(hash: Hash, leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves;
  if (!first) return hash(new Uint8Array());
  // pairs, then pairs of pairs; one that is left over goes up as it is, which makes the same tree
  let level: Uint8Array[] = [...leaves];
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = level.slice(i, i + 2);
      if (left) above.push(right ? hashWith(hash, 1, left, right) : left);
    }
    level = above;
  }
  return level[0] ?? first;
}

/** The hash of a block: of its place, what it holds and the block before it. */
export function blockHash(hash: Hash, block: BlockHeader): Uint8Array {
  return hash(
    lengthPrefixed([
      BLOCK_TAG,
      block.wijkId,
      String(block.height),
      block.previous,
      block.root,
      String(block.entries),
      block.sealedAt,
    ]),
  );
}
