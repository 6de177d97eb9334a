import { blockHash, merkleRoot, NO_BLOCK } from '@wijk/domain/ledger';
import { sql } from 'drizzle-orm';
import type { Transaction } from '../kernel/database.ts';
import { type Findings, Rows } from './findings.ts';
import { momentText, sha256 } from './logged.ts';
import type { KindTotals } from './totals-reader.ts';

/** A head of the chain that was shown to the world on a day, and what was shown with it. */
export interface PublishedHead {
  day: string;
  height: number;
  /** hexadecimal */
  head: string;
  /** left out: only the head is compared */
  shown?: {
    /** the end of the day: what was booked from then on is not in it */
    until: Date;
    totals: readonly KindTotals[];
    /** payments of the day and what they came to, as shown and as they stand there now */
    payments: { shown: Paid; now: Paid };
  };
}

interface Paid {
  payments: number;
  volume: number;
}

interface BlockRow extends Record<string, unknown> {
  height: number;
  previous: Buffer;
  root: Buffer;
  hash: Buffer;
  entries: number;
  sealedAt: string;
}

interface PlaceRow extends Record<string, unknown> {
  height: number;
  position: number;
  accountId: string;
  version: string;
  hash: Buffer;
}

const blocksOf = (wijkId: string) => sql`
  select height, previous, root, hash, entries, ${momentText(sql`sealed_at`)} as "sealedAt"
  from ledger.block where wijk_id = ${wijkId} order by height`;
const placesOf = (wijkId: string) => sql`
  select height, position, account_id as "accountId", version, hash
  from ledger.leaf where wijk_id = ${wijkId} order by height, position`;

/** Reads the chain block by block, with the hashes that each holds, and beside it what was published. */
export async function checkChain(
  tx: Transaction,
  wijkId: string,
  published: readonly PublishedHead[],
  found: Findings,
): Promise<{ blocks: number; head: string | null }> {
  const blocks = new Rows<BlockRow>(tx, 'verify_blocks', blocksOf(wijkId));
  const places = new Rows<PlaceRow>(tx, 'verify_places', placesOf(wijkId));
  const heads = new Map<number, PublishedHead[]>();
  for (const one of published) heads.set(one.height, [...(heads.get(one.height) ?? []), one]);
  let last: { height: number; hash: Buffer } = { height: 0, hash: Buffer.from(NO_BLOCK) };
  let count = 0;
  let place = await places.next();
  for (let block = await blocks.next(); block; block = await blocks.next()) {
    const { height } = block;
    count += 1;
    if (height !== last.height + 1) found.add('block-missing', { height: last.height + 1 });
    for (; place && place.height < height; place = await places.next()) stray(place, found);
    const leaves: Buffer[] = [];
    let position = 1;
    for (; place && place.height === height; place = await places.next()) {
      // what follows a gap is counted on from there: the gap is the fault
      if (place.position !== position) found.add('leaf-missing', { height, position });
      position = place.position + 1;
      leaves.push(place.hash);
    }
    checkBlock(wijkId, block, last.hash, leaves, found);
    for (const one of heads.get(height) ?? [])
      if (one.head !== block.hash.toString('hex')) found.add('head', { height, day: one.day });
    heads.delete(height);
    last = { height, hash: block.hash };
  }
  for (; place; place = await places.next()) stray(place, found);
  // published with nothing before it: a day on which the book was still empty
  const gone = [...heads.values()].flat().filter(({ height }) => height > 0);
  for (const { height, day } of gone) found.add('head', { height, day });
  return { blocks: count, head: count > 0 ? last.hash.toString('hex') : null };
}

const stray = ({ accountId, version, height, position }: PlaceRow, found: Findings) =>
  found.add('leaf-stray', { account: accountId, version: Number(version), height, position });

function checkBlock(
  wijkId: string,
  block: BlockRow,
  previous: Buffer,
  leaves: readonly Buffer[],
  found: Findings,
): void {
  const { height } = block;
  if (block.entries !== leaves.length) found.add('block-entries', { height });
  if (!block.root.equals(merkleRoot(sha256, leaves))) found.add('block-root', { height });
  if (!block.previous.equals(previous)) found.add('block-link', { height });
  if (!block.hash.equals(blockHash(sha256, { wijkId, ...block })))
    found.add('block-hash', { height });
}
