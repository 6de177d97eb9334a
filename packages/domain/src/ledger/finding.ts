/** What can be wrong in a book that was read through (W3). */
export const FINDINGS = [
  /** an entry that was there is gone: the numbers of its account have a gap */
  'entry-missing',
  /** what stands there is not what was sealed: the entry, its transfer, or the kind of its account */
  'entry-changed',
  /** below the watermark of its account, and in no block */
  'entry-unsealed',
  /** the balances do not follow from the entries before */
  'entry-balance',
  /** earlier than the entry before, or another moment than its transfer */
  'entry-moment',
  'entry-without-transfer',
  'entry-without-account',
  /** not all of its entries are there, or too many */
  'transfer-legs',
  'transfer-sum',
  /** amounts that its kind cannot have */
  'transfer-amounts',
  /** ends something else than one open reservation, or more than was reserved */
  'transfer-resolution',
  'transfer-twice',
  'transfer-reversal',
  /** the list of open reservations is not the one of the book */
  'hold',
  'account-counters',
  'account-version',
  'account-moment',
  'account-limits',
  'account-state',
  'account-spent',
  'account-kind',
  'account-sealed',
  'block-missing',
  'block-link',
  'block-hash',
  'block-root',
  'block-entries',
  /** a place in a block that holds nothing */
  'leaf-missing',
  /** a sealed hash of an entry or a block that does not exist */
  'leaf-stray',
  /** the chain is another one than was published */
  'head',
  /** totals that were published for a day are not those of the book at its end */
  'statement',
  /** the payments that were published for a day are not those of that day */
  'statement-payments',
  /** what was added up of a day for the figures does not follow from book and payments */
  'figures',
] as const;
export type FindingKind = (typeof FINDINGS)[number];

/** One thing that is wrong, and where. */
export interface Finding {
  kind: FindingKind;
  account: string | null;
  /** number of the entry in its account */
  version: number | null;
  transfer: string | null;
  /** block, and place in it */
  height: number | null;
  position: number | null;
  /** the published or added-up day that differs */
  day: string | null;
}

/**
 * Whether one finding comes before another: by the order in which the book was sealed, what is wrong with an
 * entry before what is wrong with its block, and what is in no block last.
 */
export function comesBefore(a: Finding, b: Finding): boolean {
  const last = Number.POSITIVE_INFINITY;
  const order =
    compare(a.height ?? last, b.height ?? last) ||
    compare(a.position ?? last, b.position ?? last) ||
    compare(a.account ?? '~', b.account ?? '~') ||
    compare(a.version ?? last, b.version ?? last);
  return order < 0;
}

const compare = (a: string | number, b: string | number): number => (a === b ? 0 : a < b ? -1 : 1);
