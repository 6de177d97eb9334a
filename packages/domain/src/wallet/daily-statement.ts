/** Fewer accounts than this in one sum, or fewer payments in one day, would tell of somebody. */
export const FEW = 5;

export interface KindTotal<K extends string = string> {
  kind: K;
  accounts: number;
  /** minor units */
  balance: number;
  reserved: number;
}

/** What is shown of one or several kinds of account together. */
export interface ShownTotal<K extends string = string> extends Omit<KindTotal, 'kind'> {
  kinds: K[];
}

/** Whose credits are those of people or of organisations; the rest is the wijk's own. */
const PRIVATE: readonly string[] = ['member', 'organisation', 'lot'];

/**
 * The totals of a book as the world may see them. A kind of which there are few is put together with the
 * next one, so that no sum is that of one of them. Everything comes to nothing, so a sum that is left
 * out follows from the others: where all together are few, nothing is shown at all.
 * @returns null: too few
 */
export function shownTotals<K extends string>(
  totals: readonly KindTotal<K>[],
): ShownTotal<K>[] | null {
  const there = totals.filter(({ accounts }) => accounts > 0);
  const own = there.filter(({ kind }) => !PRIVATE.includes(kind)).map(single);
  const ofPeople = PRIVATE.flatMap((kind) => there.filter((one) => one.kind === kind)).map(single);
  // the smallest goes with the next smallest, until none is small
  let groups = ofPeople.sort(bySize);
  while (groups.length > 1 && (groups[0]?.accounts ?? FEW) < FEW) {
    const [first, second, ...rest] = groups;
    groups = [...(first && second ? [together(first, second)] : []), ...rest].sort(bySize);
  }
  if ((groups[0]?.accounts ?? FEW) < FEW) return null;
  return [...groups.sort((a, b) => rank(a) - rank(b)), ...own];
}

/** How many payments there were and what they came to; null: few, or nothing that may be told. */
export function shownPayments(day: { payments: number; volume: number }): {
  payments: number | null;
  volume: number | null;
} {
  if (day.payments > 0 && day.payments < FEW) return { payments: null, volume: null };
  return { payments: day.payments, volume: day.volume };
}

const single = <K extends string>({ kind, ...rest }: KindTotal<K>): ShownTotal<K> => ({
  kinds: [kind],
  ...rest,
});
const bySize = (a: ShownTotal, b: ShownTotal) => a.accounts - b.accounts;
const rank = ({ kinds }: ShownTotal) => PRIVATE.indexOf(kinds[0] ?? '');
const together = <K extends string>(a: ShownTotal<K>, b: ShownTotal<K>): ShownTotal<K> => ({
  kinds: [...a.kinds, ...b.kinds].sort((x, y) => PRIVATE.indexOf(x) - PRIVATE.indexOf(y)),
  accounts: a.accounts + b.accounts,
  balance: a.balance + b.balance,
  reserved: a.reserved + b.reserved,
});
