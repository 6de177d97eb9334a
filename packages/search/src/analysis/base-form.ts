import { IRREGULAR } from './irregular.ts';
import type { WordList } from './word-list.ts';

const SEPARABLE =
  /^(aan|achter|af|bij|binnen|door|in|klaar|mee|na|om|op|over|samen|schoon|terug|thuis|toe|uit|vast|voor|weg)(ge)?(.{3,})$/;
/** Nouns in -ing that are no longer what a verb does. */
const NO_VERB = new Set(['woning', 'lading', 'koning', 'paling', 'haring', 'ketting', 'penning']);
const OPEN_VOWEL = /(aa|ee|oo|uu)([^aeiou])$/;
/** Nouns that only look like who does something. */
const NO_DOER = new Set(
  'achter cijfer eigenaar gevaar kamer letter meter peper rooster later keeper'.split(' '),
);

/** How a stem is written before -en or -er: `loop` lop-, `val` vall-, `huis` huiz-, `brief` briev-. */
function* beforeVowel(stem: string): Generator<string> {
  yield stem;
  if (OPEN_VOWEL.test(stem)) {
    const short = stem.slice(0, -2) + stem.slice(-1);
    yield short;
    yield soft(short);
  } else yield stem + stem.slice(-1);
  yield soft(stem);
}

/** The other way: what may have been before -en or -er. */
function* withoutVowel(cut: string): Generator<string> {
  yield cut;
  if (cut.at(-1) === cut.at(-2)) yield cut.slice(0, -1);
  const hard = cut.replace(/z$/, 's').replace(/v$/, 'f');
  yield hard;
  yield hard.replace(/([aeou])([^aeiou])$/, '$1$1$2');
}

const soft = (stem: string) => stem.replace(/s$/, 'z').replace(/f$/, 'v');

/** `val` is of `vallen`: the infinitive that the list has for the stem of a verb, or the stem. */
export function infinitiveOf(stem: string, list: WordList): string | undefined {
  for (const start of beforeVowel(stem)) if (list.isInfinitive(`${start}en`)) return `${start}en`;
  return undefined;
}

/**
 * The form that the other forms of a word share, where the word list knows it: the infinitive of a
 * verb (`betaalt`, `betaald`, `geregeld`, `keuring`), a noun in the singular (`opas`, `stoeltje`),
 * an adjective as it is (`goedkoper`).
 */
export function baseForm(word: string, list: WordList): string {
  const apart = list.isNoun(word) ? null : SEPARABLE.exec(word);
  if (apart) {
    const [, before = '', ge = '', rest = ''] = apart;
    const base = IRREGULAR.get(ge + rest) ?? verbOf(ge + rest, list);
    if (base && (ge || list.isInfinitive(before + base))) return before + base;
  }
  const irregular = IRREGULAR.get(word);
  if (irregular) return irregular;
  if (word.endsWith('kinderen')) return word.slice(0, -4);
  // `oefen` is no plural of `oef`
  if (word.endsWith('en') && list.isVerb(word) && !list.isInfinitive(word))
    return infinitiveOf(word, list) ?? word;
  if (word.endsWith('ing') && !NO_VERB.has(word)) {
    const verb = `${word.slice(0, -3)}en`;
    if (list.isInfinitive(verb)) return verb;
  }
  if (word.length < 4 || list.isSingular(word)) return word;
  const noun = nounOf(word, list);
  if (noun) return noun;
  // `geregeld` is of `regelen`, though the list has it as another word too; `gezond` is of nothing
  const known = list.isNoun(word) || list.isAdjective(word);
  if (known && !/^ge.{4,}[td]$/.test(word)) return word;
  return adjectiveOf(word, list) ?? verbOf(word, list) ?? word;
}

/** Plurals, also those that were written with an apostrophe, and diminutives. */
function nounOf(word: string, list: WordList): string | undefined {
  if (word.endsWith('en'))
    for (const base of withoutVowel(word.slice(0, -2))) if (list.isSingular(base)) return base;
  if (/[aeiouy]s$/.test(word) && list.isNoun(word.slice(0, -1))) return word.slice(0, -1);
  for (const ending of ['etje', 'tje', 'pje', 'je']) {
    const at = word.lastIndexOf(ending);
    if (at < 3 || at + ending.length < word.length - 1) continue;
    const base = word.slice(0, at);
    if (list.isNoun(base)) return base;
    if (ending === 'etje' && list.isNoun(base.slice(0, -1))) return base.slice(0, -1);
    // `paadje`: the vowel is long before -je only
    const short = base.slice(0, -2) + base.slice(-1);
    if (ending === 'je' && OPEN_VOWEL.test(base) && list.isNoun(short)) return short;
  }
  return undefined;
}

function verbOf(word: string, list: WordList): string | undefined {
  const verb = (stem: string) => infinitiveOf(stem, list) ?? (list.isVerb(stem) ? stem : undefined);
  if (/^ge.{3,}[td]$/.test(word)) {
    const inside = word.slice(2);
    const found = verb(inside) ?? verb(inside.slice(0, -1));
    if (found) return found;
  }
  if (/^ge.{3,}en$/.test(word) && list.isInfinitive(word.slice(2))) return word.slice(2);
  if (list.isInfinitive(word)) return word;
  if (/[td]$/.test(word)) {
    const found = verb(word.slice(0, -1));
    if (found) return found;
  }
  const past = /^(.+)[td]en?$/.exec(word)?.[1];
  return verb(word) ?? (past ? infinitiveOf(past, list) : undefined);
}

/** `korte`, `goedkoper`, `duurder`, `magerst`: an adjective with an ending or in another degree. */
function adjectiveOf(word: string, list: WordList): string | undefined {
  if (word.endsWith('e'))
    for (const base of withoutVowel(word.slice(0, -1))) if (list.isAdjective(base)) return base;
  const degree = /^(.{2,}r)dere?$/.exec(word)?.[1] ?? /^(.{3,})(?:ere?|ste?)$/.exec(word)?.[1];
  if (!degree) return undefined;
  for (const base of withoutVowel(degree)) if (list.isAdjective(base)) return base;
  return undefined;
}

/**
 * What somebody does who is called after it, or what a thing lacks: `roker` is of `roken`, `onveilig`
 * of `veilig`. Empty for other words.
 */
export function derivedFrom(word: string, list: WordList): string[] {
  const doer = /^(.{3,})(?:d?er|aar|ster)$/.exec(word)?.[1];
  if (doer && list.isNoun(word) && !NO_DOER.has(word) && !adjectiveOf(word, list)) {
    const verb = infinitiveOf(doer, list) ?? infinitiveOf(doer.replace(/(.)\1$/, '$1'), list);
    if (verb) return [verb];
  }
  const without = /^on(.{4,})$/.exec(word)?.[1];
  return without && list.isAdjective(without) ? [without] : [];
}
