import type { WordList } from './word-list.ts';

/** A compound is looked for in words from this length on; shorter ones are words by themselves. */
const SHORTEST = 6;
const SHORTEST_PART = 3;
const LINKS = ['', 's', 'en', 'n', 'e', 'er'];

interface Step {
  cost: number;
  /** where the last part starts */
  from: number;
  /** where it ends, before its linking letters */
  to: number;
}

/**
 * Splits a compound into words of the list, with the linking letters -s-, -en-, -e-, -er- between
 * them left out: `zorgverzekeringspremie` is `zorgverzekering` and `premie`. Exact: of all ways the
 * one with the fewest and longest parts. Empty when the word is no compound. Linear in the number of
 * pairs of places, which the length of a word (at most forty letters) bounds.
 */
export function splitCompound(word: string, list: WordList): string[] {
  if (word.length < SHORTEST || !/^[a-z]+$/.test(word)) return [];
  // what the list has as a word is split into plain words only: `premie` is no `pre` and `mie`
  const shortest = list.isPart(word) ? 4 : SHORTEST_PART;
  const best: (Step | undefined)[] = new Array(word.length + 1).fill(undefined);
  best[0] = { cost: 0, from: 0, to: 0 };
  for (let from = 0; from <= word.length - shortest; from += 1) {
    const before = best[from];
    if (!before) continue;
    for (let to = from + shortest; to <= word.length; to += 1) {
      if (from === 0 && to === word.length) continue;
      const part = word.slice(from, to);
      if (!isPartAt(part, to === word.length, list)) continue;
      // parts of three letters are found everywhere by chance
      const price = before.cost + 1 + (to - from < 4 ? 0.9 : to - from < 5 ? 0.2 : 0);
      for (const link of to === word.length ? [''] : LINKS) {
        if (link && !word.startsWith(link, to)) continue;
        const next = to + link.length;
        if (next === word.length) continue;
        consider(best, next, { cost: price + (link ? 0.15 : 0), from, to });
      }
      if (to === word.length) consider(best, to, { cost: price, from, to });
    }
  }
  const parts: string[] = [];
  for (let at = word.length; at > 0; ) {
    const step = best[at];
    if (!step) return [];
    parts.unshift(word.slice(step.from, step.to));
    at = step.from;
  }
  return parts.length > 1 && parts.length <= 5 && best[word.length] !== undefined ? parts : [];
}

/** The last part may be inflected: `wandelgroepen`, `boodschappen`. */
function isPartAt(part: string, last: boolean, list: WordList): boolean {
  if (list.isPart(part)) return true;
  if (!last || part.length < 5) return false;
  for (const base of singulars(part)) if (list.isPart(base)) return true;
  return false;
}

function* singulars(part: string): Generator<string> {
  if (part.endsWith('s')) yield part.slice(0, -1);
  if (/tjes?$/.test(part)) yield part.replace(/tjes?$/, '');
  if (/jes?$/.test(part)) yield part.replace(/jes?$/, '');
  if (!part.endsWith('en')) return;
  const bare = part.slice(0, -2);
  yield bare;
  yield bare.replace(/(.)\1$/, '$1');
  yield bare.replace(/([aeou])([^aeiou])$/, '$1$1$2');
  yield bare.replace(/z$/, 's').replace(/v$/, 'f');
}

function consider(best: (Step | undefined)[], at: number, step: Step): void {
  const there = best[at];
  if (!there || step.cost < there.cost - 1e-9) best[at] = step;
}

/**
 * A compound's parts and, of parts that are compounds themselves, theirs: for
 * `zorgverzekeringspremie` also `zorg` and `verzekering`. Without repeats, none is the word itself.
 */
export function partsOf(word: string, list: WordList): string[] {
  const found = new Set<string>();
  const queue = [word];
  for (let next = queue.shift(); next !== undefined; next = queue.shift())
    for (const part of splitCompound(next, list))
      if (!found.has(part)) {
        found.add(part);
        queue.push(part);
      }
  return [...found];
}
