import type { Token } from '../analysis/analyse.ts';
import type { Spread } from './plan.ts';
import type { NearWord } from './weigh.ts';

/** A word of the corpus replaces one that it does not know when they are spelt this much alike. */
const ALIKE = 0.4;

/**
 * The query with its typing errors mended: words that the corpus has neither whole nor in parts, and
 * that are spelt much like one it has. Null when there is nothing to mend.
 */
export function correct(
  text: string,
  tokens: readonly Token[],
  near: ReadonlyMap<string, readonly NearWord[]>,
  statistics: { spread(stem: string): Spread },
): string | null {
  const mended = new Map<string, string>();
  for (const { word, stem, parts } of tokens) {
    const has = (s: string) => statistics.spread(s).df > 0;
    const known = has(stem) || (parts.length > 0 && parts.every((part) => has(part.stem)));
    if (known) continue;
    const [best] = [...(near.get(word) ?? [])]
      .filter(({ similarity, around }) => similarity >= ALIKE && !around)
      .sort((a, b) => b.similarity - a.similarity || b.df - a.df);
    if (best) mended.set(word, best.surface);
  }
  if (mended.size === 0) return null;
  return text.trim().replace(/[\p{L}\p{N}\p{M}'’]+/gu, (typed) => {
    const plain = typed
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[\p{M}'’]/gu, '');
    return mended.get(plain) ?? typed;
  });
}
