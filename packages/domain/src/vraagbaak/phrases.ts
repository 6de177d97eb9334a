/**
 * Phrases as people write lists of them: `wil/wou dood` (either word), `steek* mij neer` (any ending),
 * `ik wil niet meer.` (only at the end of a sentence). Case, accents, spacing and some common
 * misspellings do not matter, and small words such as 'echt' may stand in between.
 */

/** The end of a sentence among the words. */
const END = '.';

/** Words that change nothing and may stand between the words of a phrase. */
const FILLERS = new Set(
  `echt gewoon nu nog zo maar toch ook soms vaak wel liever heel erg eigenlijk alleen vandaag vanavond
  vannacht morgen straks steeds altijd weer alweer meteen helemaal thuis net ineens opeens plotseling
  daar hier dan ff even gelijk alsmaar voortdurend regelmatig constant allang al nou elke iedere dag avond nacht keer`.split(
    /\s+/,
  ),
);

/** Right before a match these turn it round. */
const NEGATIONS = new Set(['niet', 'geen', 'nooit', 'zonder', 'niemand', 'niets', 'niks']);

/** Who reads or teaches about it is not in it: 'een boek over iemand die niet meer wil leven'. */
const ABOUT = new Set(
  `film boek serie folder lezing cursus training artikel podcast documentaire roman toneelstuk
  voorlichting werkstuk gedicht liedje programma presentatie workshop bijeenkomst themaavond nieuws
  folders boeken films preventie gesprekken informatieavond toneel musical lied krantenartikel`.split(
    /\s+/,
  ),
);

const SPELLINGS: Record<string, string> = Object.fromEntries(
  [
    ['zelfmoord', 'zelfmoort zelfmord selfmoord zelfmoor zelmoord zelfmoordt zelvmoord zefmoord'],
    ['zelfdoding', 'zelfdooding zelfdodin zelfdodig selfdoding'],
    ['suicide', 'suiside suicied suicde zuicide'],
    ['niet', 'nie nied niedt nit ni neit'],
    ['meer', 'mer meerr'],
    ['leven', 'leve levven leeven lefen'],
    ['dood', 'doot dodo doodt dod'],
    ['sterven', 'sterve sterfen'],
    ['einde', 'eind ende'],
    ['mij', 'me my mei'],
    ['mijn', 'mn mijne myn'],
    ['zij', 'ze'],
    ['ik', 'k ikk'],
    ['wil', 'will wilt'],
    ['slaat', 'slaad slaadt slaatt'],
    ['geslagen', 'geslage gesslagen geslaagen'],
    ['mishandeld', 'mishandelt mishandeldt mishandelld mishandel'],
    ['vermoorden', 'vermoorde vermorden'],
    ['bedreigt', 'bedreigd bedreigdt bedrijgt'],
    ['dreigt', 'dreigd dreigdt'],
    ['ademt', 'ademd adempt ademdt'],
    ['ademen', 'ademe'],
    ['hartaanval', 'hartaanvaal hardaanval hartanval hartaaval'],
    ['beroerte', 'beroete beroerde beroertte'],
    ['bewusteloos', 'bewustloos bewustelos bewusteloss buitenbewustzijn'],
    ['verkracht', 'verkragt verkrachtt'],
    ['overdosis', 'overdoses overdossis'],
    ['pillen', 'pille'],
    ['stikt', 'stikd'],
  ].flatMap(([right = '', wrong = '']) => wrong.split(' ').map((word) => [word, right])),
);

/** Pairs that are one word. */
const PAIRS: Record<string, string> = {
  'zelf moord': 'zelfmoord',
  'zelf doding': 'zelfdoding',
  'zelf dood': 'zelfdood',
  'dood gaan': 'doodgaan',
  'dood maken': 'doodmaken',
  'hart aanval': 'hartaanval',
  'bewust eloos': 'bewusteloos',
  'dood steken': 'doodsteken',
  'dood slaan': 'doodslaan',
};

/** The words of a text without case, accents and marks; `.` stands where a sentence ends. */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’‘`´]/g, '')
    // z e l f m o o r d
    .replace(/(?<![\p{L}])(?:\p{L}[ ._-]){3,}\p{L}(?![\p{L}])/gu, (word) =>
      word.replace(/[ ._-]/g, ''),
    )
    .replace(/(\p{L})\1{2,}/gu, '$1$1')
    .replace(/[.!?;:\n\r]+/g, ` ${END} `)
    .replace(/[^\p{L}\p{N}. ]+/gu, ' ');
  const words = plain
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => (Object.hasOwn(SPELLINGS, word) ? (SPELLINGS[word] as string) : word));
  return words.reduce<string[]>((joined, word) => {
    const pair = `${joined.at(-1)} ${word}`;
    if (Object.hasOwn(PAIRS, pair)) joined[joined.length - 1] = PAIRS[pair] as string;
    else joined.push(word);
    return joined;
  }, []);
}

type Matcher = (word: string) => boolean;

export interface Phrase {
  text: string;
  matchers: readonly Matcher[];
}

/** A line of a list, ready to be looked for. */
export function readPhrase(line: string): Phrase {
  const atEnd = /\.\s*$/.test(line);
  const parts = line
    .replace(/\.\s*$/, '')
    .trim()
    .split(/\s+/)
    .map((part) => part.split('/').flatMap(alternative));
  const matchers = parts.map(matcherOf);
  return { text: line, matchers: atEnd ? [...matchers, (word) => word === END] : matchers };
}

/** Every word of a text is held against each phrase, so what can be done beforehand is done here. */
function matcherOf(options: readonly string[]): Matcher {
  const whole = new Set(options.filter((option) => !option.endsWith('*')));
  const beginnings = options
    .filter((option) => option.endsWith('*'))
    .map((option) => option.slice(0, -1));
  if (beginnings.length === 0) return (word) => whole.has(word);
  return (word) => whole.has(word) || beginnings.some((beginning) => word.startsWith(beginning));
}

function alternative(word: string): string[] {
  const open = word.endsWith('*');
  return wordsOf(word.replace('*', ''))
    .filter((w) => w !== END)
    .map((w) => (open ? `${w}*` : w));
}

/** Whether the words hold the phrase, not denied and not as the subject of a book or a course. */
export function holdsPhrase(words: readonly string[], phrase: Phrase): boolean {
  const [first] = phrase.matchers;
  return words.some((word, start) => {
    // nearly every word ends here
    if (!first?.(word)) return false;
    const end = matchAt(words, start, phrase.matchers);
    return end !== null && !denied(words, start) && !isSubject(words, start);
  });
}

/** @returns the place after the last word of the match */
function matchAt(
  words: readonly string[],
  start: number,
  matchers: readonly Matcher[],
): number | null {
  let place = start;
  for (const [i, matches] of matchers.entries()) {
    while (
      i > 0 &&
      place < words.length &&
      !matches(words[place] ?? '') &&
      FILLERS.has(words[place] ?? '')
    )
      place += 1;
    // the end of the text ends a sentence too
    if (!matches(words[place] ?? END)) return null;
    place += 1;
  }
  return place;
}

function denied(words: readonly string[], start: number): boolean {
  let before = start - 1;
  while (before >= 0 && FILLERS.has(words[before] ?? '')) before -= 1;
  return NEGATIONS.has(words[before] ?? '');
}

function isSubject(words: readonly string[], start: number): boolean {
  for (let i = start - 1; i > 0 && words[i] !== END; i -= 1)
    if ((words[i] === 'over' || words[i] === 'rond') && ABOUT.has(words[i - 1] ?? '')) return true;
  return false;
}
