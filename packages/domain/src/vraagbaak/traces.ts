/** What in a text may tell who wrote it or who it is about. */
export const TRACE_KINDS = [
  'email',
  'phone',
  'bsn',
  'iban',
  'postcode',
  'address',
  'birth-date',
  'age',
  'link',
  'name',
] as const;
export type TraceKind = (typeof TRACE_KINDS)[number];

export interface Trace {
  kind: TraceKind;
  /** as it stands in the text */
  text: string;
}

const MONTHS =
  'januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december';
const STREET =
  'straat|laan|weg|plein|hof|kade|gracht|dijk|pad|singel|steeg|park|dreef|plantsoen|markt|wal|boulevard|baan|erf|hoek|burg|veld|weide';

const PATTERNS: readonly (readonly [TraceKind, RegExp, ((found: string) => boolean)?])[] = [
  ['email', /[\p{L}\p{N}._%+-]+\s?(?:@|\(at\)|\[at\])\s?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu],
  ['link', /(?:https?:\/\/|www\.)\S+/giu],
  ['iban', /\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b/gu],
  ['phone', /(?<![\d.])(?:(?:\+31|0031)\s?(?:\(0\))?|0)(?:[\s().-]?\d){9}(?!\d)/gu],
  ['bsn', /(?<![\d.-])\d(?:[\s.]?\d){7,8}(?![\s.-]?\d)/gu, (found) => isBsn(found)],
  ['postcode', /\b[1-9]\d{3}\s?(?!SA|SD|SS)[A-Z]{2}\b/gu],
  [
    'address',
    new RegExp(
      `\\b\\p{L}+(?:${STREET})\\s+(?:nummer\\s+|nr\\.?\\s+)?\\d{1,4}\\s?[a-z]?\\b|\\b(?:huisnummer|op nummer)\\s+\\d{1,4}\\s?[a-z]?\\b`,
      'giu',
    ),
  ],
  [
    'birth-date',
    new RegExp(
      `\\b\\d{1,2}[-/. ]\\d{1,2}[-/. ](?:19|20)\\d\\d\\b|\\b\\d{1,2} (?:${MONTHS}) (?:19|20)\\d\\d\\b|\\bgeboren in (?:19|20)\\d\\d\\b`,
      'giu',
    ),
  ],
  ['age', /\b\d{1,3}[ -](?:jaar oud|jarige?)\b|\b(?:ik ben|is) \d{1,3}(?: jaar)?(?=[\s,.!?]|$)/giu],
];

/** The eleven test of a citizen service number; eight digits have a nought in front. */
function isBsn(found: string): boolean {
  const digits = found.replace(/\D/g, '').padStart(9, '0');
  if (digits.length !== 9 || /^0+$/.test(digits)) return false;
  const sum = [...digits].reduce(
    (total, digit, i) => total + Number(digit) * (i === 8 ? -1 : 9 - i),
    0,
  );
  return sum % 11 === 0;
}

/** Capitals that name nobody: institutions, feast days, and how one speaks to somebody. */
const KNOWN = new Set(
  `Nederland Nederlands Nederlandse Nederlander Europa Europese Gemeente Huisarts Redactie VraagBaak
  Kerst Kerstmis Pasen Pinksteren Hemelvaart Koningsdag Sinterklaas Oud Nieuw Ramadan Suikerfeest
  Wmo Wlz Zvw Pgb Ciz Uwv Svb Ggd Ggz Avg Ik U Uw Wij We Hij Zij Ze Het De Een Mijn Dank Groet Groetjes
  Engels Engelse Duits Duitse Turks Turkse Arabisch Marokkaans Marokkaanse Pools Poolse Surinaams
  Internet Google WhatsApp Facebook DigiD MijnOverheid Thuiszorg Buurtzorg`.split(/\s+/),
);

const PARTICLES = 'van|de|den|der|het|ten|ter|te|bin|ben|el|al|la|le|du|von|in|op|aan|’t|’s';
/** One capitalised word, or several with the small words that stand in Dutch names. */
const NAME = new RegExp(
  `\\b\\p{Lu}[\\p{L}’'-]+(?:\\s+(?:(?:${PARTICLES})\\s+){0,3}\\p{Lu}[\\p{L}’'-]*\\.?)*`,
  'gu',
);
const TITLES =
  /\b(?:mevrouw|mevr\.|mw\.|meneer|dhr\.|dokter|dr\.|buurvrouw|buurman|zuster|oom|tante)\s+$/iu;

/** At the start of a sentence every word has a capital. */
const startsSentence = (before: string) => /(?:^|[.!?:;\n•"“‘(-]\s*)$/u.test(before);

function names(text: string): Trace[] {
  return [...text.matchAll(NAME)].flatMap((match) => {
    const before = text.slice(0, match.index);
    const words = match[0].split(/\s+/);
    const known = (word: string) => KNOWN.has(word) || /^\p{Lu}{2,}$/u.test(word);
    const telling = (word: string) => /^\p{Lu}/u.test(word) && !known(word);
    // the first word of a sentence says nothing by itself, unless somebody is spoken to by a title
    const first = startsSentence(before) && !TITLES.test(before);
    if (!words.slice(first ? 1 : 0).some(telling)) return [];
    const from = words.findIndex(telling);
    const name = words.slice(from, words.findLastIndex(telling) + 1).join(' ');
    return [{ kind: 'name' as const, text: name }];
  });
}

/**
 * What may still tell who it is, in the order of `TRACE_KINDS` and each once: for an editor who
 * redacts a text, who judges it. Meant to point out too much rather than too little; what it does not
 * find (a way of writing, a rare illness, "de vrouw van de bakker") is left to people.
 */
export function findTraces(text: string): Trace[] {
  let rest = text;
  const found: Trace[] = [];
  for (const [kind, pattern, holds] of PATTERNS)
    rest = rest.replace(pattern, (part) => {
      if (holds && !holds(part)) return part;
      found.push({ kind, text: part.trim() });
      // its place stays, so that two parts do not become one
      return '·'.repeat(part.length);
    });
  const all = [...found, ...names(rest)];
  return all.filter(
    (trace, i) => all.findIndex((one) => one.kind === trace.kind && one.text === trace.text) === i,
  );
}
