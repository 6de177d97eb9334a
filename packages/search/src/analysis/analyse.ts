import { derivedFrom } from './base-form.ts';
import { partsOf } from './compound.ts';
import { createStemmer } from './stem.ts';
import { STOP_WORDS } from './stop-words.ts';
import { dutchWords, type WordList } from './word-list.ts';
import { wordsOf } from './words.ts';

/** A word of a text as it is compared. */
export interface Token {
  /** as written, lower case and without accents */
  word: string;
  stem: string;
  /** of a compound: its parts, longest first where they are nested */
  parts: readonly Part[];
}

export interface Part {
  word: string;
  stem: string;
}

export interface Analyser {
  /** the words of a text that say what it is about, in order; all of them when every one is a stop word */
  tokens(text: string, limit?: number): Token[];
  /** the stems of those words: a quarter of the time, because no compound is split */
  stems(text: string, limit?: number): string[];
  /** one word, also a stop word */
  token(word: string): Token;
}

const TOKENS_KEPT = 20_000;

/** Pure but for what it remembers of words it has seen. */
export function createAnalyser(list: WordList): Analyser {
  const stem = createStemmer(list);
  let seen = new Map<string, Token>();
  const token = (word: string): Token => {
    const known = seen.get(word);
    if (known) return known;
    const own = stem(word);
    const parts = [...partsOf(word, list), ...derivedFrom(word, list)]
      .map((part) => ({ word: part, stem: stem(part) }))
      .filter((part) => part.stem !== own);
    if (seen.size >= TOKENS_KEPT) seen = new Map();
    const made = { word, stem: own, parts };
    seen.set(word, made);
    return made;
  };
  return {
    token,
    tokens: (text, limit) => tellingOf(text, limit).map(token),
    stems: (text, limit) => tellingOf(text, limit).map(stem),
  };
}

function tellingOf(text: string, limit?: number): string[] {
  const words = wordsOf(text, limit);
  const telling = words.filter((word) => !STOP_WORDS.has(word));
  return telling.length > 0 ? telling : words;
}

let dutch: Analyser | undefined;

/** The analyser of Dutch; its word list is loaded at the first call. */
export function dutchAnalyser(): Analyser {
  dutch ??= createAnalyser(dutchWords());
  return dutch;
}
