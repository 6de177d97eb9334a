/** A piece of a text; `hit` where it is a word that somebody looked for. */
export interface Piece {
  text: string;
  hit: boolean;
}

/** Words that are in every question; marking them says nothing. */
const COMMON = new Set(
  'aan als bij dan dat de deze die dit door een en er geen gaat haar heb hebben heeft het hij hoe hun ik in is je kan kun mag me mijn moet naar niet nog nu of om ons ook op over te toch tot uit van veel voor waar wanneer wat we wel welke wie wij word wordt zal ze zich zijn zo the and are can for how not what where who you'.split(
    ' ',
  ),
);

const folded = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const WORD = /[\p{L}\p{N}]+/gu;

/** The words of a search that are worth marking. */
export function wordsToMark(...texts: readonly (string | null)[]): string[] {
  const words = texts.flatMap((text) => (text ?? '').match(WORD) ?? []).map(folded);
  return [...new Set(words)].filter((word) => word.length > 2 && !COMMON.has(word));
}

/**
 * A text in pieces, so that a page can mark what was looked for without ever making HTML of it. A word
 * is a hit when it is the same but for its ending, or when one is a part of the other.
 */
export function marked(text: string, words: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  const add = (part: string, hit: boolean) => {
    const last = pieces.at(-1);
    if (part === '') return;
    if (last && last.hit === hit) last.text += part;
    else pieces.push({ text: part, hit });
  };
  let from = 0;
  for (const match of text.matchAll(WORD)) {
    add(text.slice(from, match.index), false);
    const word = folded(match[0]);
    add(
      match[0],
      words.some((wanted) => isLike(word, wanted)),
    );
    from = match.index + match[0].length;
  }
  add(text.slice(from), false);
  return pieces;
}

const PART = 4;
const ENDING = 3;

function isLike(word: string, wanted: string): boolean {
  if (word === wanted) return true;
  if (COMMON.has(word)) return false;
  const shorter = Math.min(word.length, wanted.length);
  if (shorter < PART) return false;
  if (word.includes(wanted) || wanted.includes(word)) return true;
  // 'vragen' and 'vraag' share their beginning; so do 'huur' and 'huren'
  let same = 0;
  while (same < shorter && word[same] === wanted[same]) same += 1;
  return same >= PART && Math.max(word.length, wanted.length) - same <= ENDING;
}
