/*
 * Telephone numbers, mail addresses and full addresses in what two neighbours write to each other (M6). They are held
 * back until both agreed to something: whoever only asks learns nobody's door.
 */

export const CONTACT_KINDS = ['phone', 'email', 'address'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** A piece of a text: words, or a detail of this kind. Together they are the text. */
export interface TextPart {
  text: string;
  kind: ContactKind | null;
}

/** Dates and times have figures with the same signs between them; they are never a number to call. */
const DATE =
  /(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?!\d)|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)|(?<!\d)\d{1,2}[:.]\d{2}(?= ?u)/gu;

const STREET =
  'straat|laan|weg|hof|plein|kade|singel|gracht|dreef|steeg|dijk|plantsoen|pad|park|baan|akker|veld|markt|erf|wal|kamp|ring|tuin|horst|hout|burg|meent|brink|werf';
/** After a street's name a figure that counts something else. */
const NO_NUMBER =
  '(?!\\d|[:.,]\\d|\\s*(?:uur|u\\b|minuten|min\\b|keer|km\\b|kilometer|meter|euro|credits|%|dagen|weken))';

const PATTERNS: readonly [ContactKind, RegExp][] = [
  [
    'email',
    // a point with a space behind it ends a sentence
    /[\p{L}\d._%+-]+ ?(?:@|\(at\)|\[at\]|\bapenstaartje\b) ?[\p{L}\d-]+(?:(?:\.| ?(?:\(punt\)|\[punt\]|\(dot\)) ?)[\p{L}\d-]+)*(?:\.| ?(?:\(punt\)|\[punt\]|\(dot\)) ?)\p{L}{2,}/giu,
  ],
  ['phone', /(?<![\d\p{L}])(?:\+|00) ?\d(?:[ ().\-/–]{0,3}\d){8,13}(?!\d)/gu],
  ['phone', /(?<![\d\p{L}])0(?:[ ().\-/–]{0,3}\d){9}(?!\d)/gu],
  // the short way in which people leave the first figure out
  ['phone', /(?<![\d\p{L}])6[ .\-–]{0,3}[1-5](?:[ .\-–]{0,2}\d){7}(?!\d)/gu],
  ['address', /(?<!\d)[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}(?![\p{L}\d])/gu],
  ['address', /(?<!\d)[1-9]\d{3}[a-z]{2}(?![\p{L}\d])/gu],
  [
    'address',
    new RegExp(
      `(?<!\\p{L})\\p{L}[\\p{L}'’.-]*(?:${STREET}) (?:nr\\.? ?|nummer )?\\d{1,4}${NO_NUMBER}(?:[ -]?[a-z](?!\\p{L}))?`,
      'giu',
    ),
  ],
  ['address', /(?<!\d)\d{1,4} \p{L}+ (?:street|road|avenue|lane)(?!\p{L})/giu],
];

/** What of a text is a detail by which somebody can be reached, in order. */
export function contactParts(text: string): TextPart[] {
  const masked = text.replace(DATE, (date) => ' '.repeat(date.length));
  const found = PATTERNS.flatMap(([kind, pattern]) =>
    [...masked.matchAll(pattern)].map(({ index, 0: hit }) => ({
      kind,
      from: index,
      to: index + hit.length,
    })),
  ).sort((a, b) => a.from - b.from || b.to - a.to);
  const parts: TextPart[] = [];
  let at = 0;
  for (const { kind, from, to } of found) {
    if (to <= at) continue;
    const begin = Math.max(from, at);
    if (begin > at) parts.push({ text: text.slice(at, begin), kind: null });
    parts.push({ text: text.slice(begin, to), kind });
    at = to;
  }
  if (at < text.length || parts.length === 0) parts.push({ text: text.slice(at), kind: null });
  return parts;
}

export const hasContact = (text: string): boolean =>
  contactParts(text).some(({ kind }) => kind !== null);

/** The same with nothing left of the details themselves. */
export const heldBack = (text: string): TextPart[] =>
  contactParts(text).map(({ text: words, kind }) => ({ text: kind === null ? words : '', kind }));

/** Stands in a plain text in the place of each detail that is held back. */
export const HELD_MARK = '•••';

/** The same as plain text. */
export const withoutDetails = (text: string): string =>
  heldBack(text)
    .map(({ text: words, kind }) => (kind === null ? words : HELD_MARK))
    .join('');

export const MESSAGE_MAX = 2000;
/** New conversations of one member in a day: more is a mistake, or a machine. */
export const CONVERSATIONS_A_DAY = 20;

/** Why somebody asks the market master to look at a conversation. */
export const REPORT_REASONS = ['insulting', 'threat', 'money', 'harassment', 'other'] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];
