import { baseForm } from './base-form.ts';
import type { WordList } from './word-list.ts';

const VOWEL = /[aeiouy]/;
const STEMS_KEPT = 20_000;

const isVowel = (letter: string | undefined) => letter !== undefined && VOWEL.test(letter);

/** Where the part after the first consonant that follows a vowel begins, looking from `from` on. */
function regionAfter(word: string, from: number): number {
  for (let i = from + 1; i < word.length; i += 1)
    if (!isVowel(word[i]) && isVowel(word[i - 1])) return i + 1;
  return word.length;
}

const undouble = (word: string) => (/([bdfgklmnprst])\1$/.test(word) ? word.slice(0, -1) : word);

/**
 * The Dutch stemmer of Snowball (https://snowballstem.org/algorithms/dutch/stemmer.html), and after
 * Kraaij and Pohlmann: a last z is an s, a last v an f and a last double consonant a single one, so
 * that `huizen`, `brieven` and `pillen` meet `huis`, `brief` and `pil`.
 * @param endsInOwnS the last s is no ending: `fiets`
 */
export function snowball(given: string, endsInOwnS = false): string {
  let word = given
    .replace(/([aeiouy])i([aeiouy])/g, '$1I$2')
    .replace(/^y/, 'Y')
    .replace(/([aeiouy])y/g, '$1Y');
  const r1 = Math.max(3, regionAfter(word, 0));
  const r2 = regionAfter(word, r1);
  const endsIn = (suffix: string, region: number) =>
    word.endsWith(suffix) && word.length - suffix.length >= region;
  const cut = (length: number) => {
    word = word.slice(0, -length);
  };
  const dropEn = (length: number) => {
    const before = word.slice(0, -length);
    if (isVowel(before.at(-1)) || before.endsWith('gem')) return;
    word = undouble(before);
  };

  if (endsIn('heden', r1)) word = `${word.slice(0, -5)}heid`;
  else if (endsIn('ene', r1)) dropEn(3);
  else if (endsIn('en', r1)) dropEn(2);
  else if (endsIn('se', r1) && !/[aeiouyj]$/.test(word.slice(0, -2))) cut(2);
  else if (!endsInOwnS && endsIn('s', r1) && !/[aeiouyj]$/.test(word.slice(0, -1))) cut(1);

  let lostE = false;
  if (endsIn('e', r1) && !isVowel(word.at(-2))) {
    word = undouble(word.slice(0, -1));
    lostE = true;
  }
  if (endsIn('heid', r2) && word.at(-5) !== 'c') {
    cut(4);
    if (endsIn('en', r1)) dropEn(2);
  }
  if (endsIn('end', r2) || endsIn('ing', r2)) {
    cut(3);
    if (endsIn('ig', r2) && word.at(-3) !== 'e') cut(2);
    else word = undouble(word);
  } else if (endsIn('ig', r2) && word.at(-3) !== 'e') cut(2);
  else if (endsIn('lijk', r2)) {
    cut(4);
    if (endsIn('e', r1) && !isVowel(word.at(-2))) word = undouble(word.slice(0, -1));
  } else if (endsIn('baar', r2)) cut(4);
  else if (lostE && endsIn('bar', r2)) cut(3);

  if (/[^aeiouyI](aa|ee|oo|uu)[^aeiouyI]$/.test(`-${word}`))
    word = word.slice(0, -2) + word.slice(-1);
  return undouble(word).replace(/z$/, 's').replace(/v$/, 'f').toLowerCase();
}

/** Makes the stemmer for a word list; it remembers what it saw last. */
export function createStemmer(list: WordList): (word: string) => string {
  let seen = new Map<string, string>();
  const stemOf = (base: string) => snowball(base, base.endsWith('s') && list.isSingular(base));
  return (word) => {
    const known = seen.get(word);
    if (known !== undefined) return known;
    const stem = /^[a-z]+$/.test(word) ? stemOf(baseForm(word, list)) : word;
    if (seen.size >= STEMS_KEPT) seen = new Map();
    seen.set(word, stem);
    return stem;
  };
}
