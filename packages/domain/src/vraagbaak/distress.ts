import { MEDICAL_PHRASES, SUICIDE_PHRASES, VIOLENCE_PHRASES } from './distress-phrases.ts';
import { holdsPhrase, type Phrase, readPhrase, wordsOf } from './phrases.ts';

/** What somebody seems to be in; 'general' is by a phrase that the wijk added. No diagnosis. */
export const DISTRESS_KINDS = ['suicide', 'violence', 'medical', 'general'] as const;
export type DistressKind = (typeof DISTRESS_KINDS)[number];

/** Who to call, in the order in which pages show them. */
export const HELP_LINES = ['112', '113', 'huisarts', 'veilig-thuis'] as const;
export type HelpLine = (typeof HELP_LINES)[number];

const LINES: Record<DistressKind, readonly HelpLine[]> = {
  suicide: ['112', '113', 'huisarts'],
  violence: ['112', 'veilig-thuis'],
  medical: ['112', 'huisarts'],
  general: HELP_LINES,
};

const BY_KIND: readonly [DistressKind, readonly string[]][] = [
  ['suicide', SUICIDE_PHRASES],
  ['violence', VIOLENCE_PHRASES],
  ['medical', MEDICAL_PHRASES],
];

/** The list of the house, one phrase a line, as the settings show it. */
export const DEFAULT_DISTRESS_PHRASES: readonly string[] = BY_KIND.flatMap(([, list]) => list);

const KIND_OF = new Map(
  BY_KIND.flatMap(([kind, list]) => list.map((line) => [line, kind] as const)),
);

/** In these a phrase of ours means something else; they are taken out before we look. */
const HARMLESS = [
  'lach* mij dood',
  'lachen mij dood',
  'verveel* mij dood',
  'schaam* mij dood',
  'schrok/schrik* mij dood',
  'zoek* mij dood',
  'werk* mij dood',
  'wil dood hout/blad/gras/materiaal/dier/gewicht',
  'wil dode',
  'niet dat ik dood wil',
  'dood aan',
  'slaat mij op hol',
  'slaat mijn hart over',
  'slaat mij om de oren met',
  'slaat mijn laptop/telefoon/computer',
  'slaat mijn stoppen/stop',
  'slaat mijn pet/verstand',
  'maak* er een einde aan deze/die/dit',
  'er een einde aan die',
  'schopt mij onder de kont',
  'een overdosis informatie/suiker/reclame/mails/formulieren/regels',
  'stikt in het papierwerk',
  'stikt in de regels',
  'stikt in het werk',
].map(readPhrase);

const phraseCache = new Map<string, Phrase>();
function phraseOf(line: string): Phrase {
  const known = phraseCache.get(line);
  if (known) return known;
  // lists change seldom; a full cache only means that a list is read anew
  if (phraseCache.size > 2000) phraseCache.clear();
  const phrase = readPhrase(line);
  phraseCache.set(line, phrase);
  return phrase;
}

/**
 * What kinds of acute distress the words tell of, by this list; empty for nearly every text. It only
 * ever shows help lines and puts the question on top of the desk: nothing is refused or kept back.
 */
export function findDistress(
  text: string,
  phrases: readonly string[] = DEFAULT_DISTRESS_PHRASES,
): DistressKind[] {
  const words = withoutHarmless(wordsOf(text));
  const found = new Set<DistressKind>();
  for (const line of phrases) {
    const kind = KIND_OF.get(line) ?? 'general';
    if (!found.has(kind) && holdsPhrase(words, phraseOf(line))) found.add(kind);
  }
  return DISTRESS_KINDS.filter((kind) => found.has(kind));
}

/** The words that hold a text for review, found in it; for the redactie, never for its author. */
export function findPhrases(text: string, phrases: readonly string[]): string[] {
  const words = wordsOf(text);
  return phrases.filter((line) => holdsPhrase(words, phraseOf(line)));
}

/** The help lines for these kinds, each once, danger to life first. */
export function helpLines(kinds: readonly DistressKind[]): HelpLine[] {
  const wanted = new Set(kinds.flatMap((kind) => LINES[kind]));
  return HELP_LINES.filter((line) => wanted.has(line));
}

function withoutHarmless(words: readonly string[]): string[] {
  const kept = [...words];
  for (const { matchers } of HARMLESS)
    for (let i = 0; i < kept.length; i += 1)
      if (matchers.every((matches, j) => matches(kept[i + j] ?? '.')))
        kept.splice(i, matchers.length, '.');
  return kept;
}
