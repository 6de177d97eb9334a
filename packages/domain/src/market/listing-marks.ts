/** What in a listing's text its author is warned of, and the market master looks at (M1). */
export const LISTING_MARKS = [
  /** washing, dressing, wounds: that is for nurses, never for neighbours */
  'bodily-care',
  /** a street with a number, or a postcode: a listing says its area only */
  'address',
  /** where a key lies, or when nobody is at home */
  'keys',
  /** advertising, and earning by bringing in others */
  'recruiting',
  /** medicines that somebody passes on */
  'medicines',
  /** a telephone number or a mail address: those are for after the agreement */
  'contact',
] as const;
export type ListingMark = (typeof LISTING_MARKS)[number];

/** In lower case without accents; each in one sentence. */
const PHRASES: Readonly<Record<ListingMark, readonly RegExp[]>> = {
  'bodily-care': [
    /\bwassen (en|of) aankleden\b|\baan(?:-| en uit)?kleden\b|\buit(?:-| en aan)?kleden\b/,
    /\b(onder|in) de douche\b|\bhulp bij (het )?(douchen|wassen|aankleden)\b/,
    /\b(help|helpen|helpt) (\S+ ){0,5}(douchen|wassen|in bad|op de wc|naar het toilet)\b/,
    /\bsteunkous|\btoiletgang\b|\bincontinentie|\bluiers? (van|verwisselen|voor volwassen)/,
    /\b(lichamelijke|persoonlijke) (verzorging|zorg)\b|\bwond(en)? (verzorg|verbind)|\bwondverzorging\b/,
    /\bzalven\b|\binsuline\b|\binjecties? (geven|zetten)\b|\bkatheter|\bstoma\b/,
    /\b(washing and dressing|personal care|help (you )?shower)\b/,
  ],
  address: [
    /\b\p{L}+(straat|laan|weg|hof|plein|kade|singel|gracht|dreef|steeg|dijk|plantsoen|baan|akker|park) \d{1,4}\s?[a-z]?\b/u,
    /\b(mijn|ons|het|volledige?) adres( is|:)|^\s*adres:/,
  ],
  keys: [
    /\b(huis)?sleutels? (ligt|liggen|hangt|hangen|zit|zitten|klaar|onder|achter)\b/,
    /\balarm (staat|is) uit\b|\bachterdeur (is|blijft|staat) open\b/,
    /\b(zijn|ben|is) (wij |we |ik )?(\S+ ){0,10}(niet thuis|van huis)\b|\bhuis (staat|is) (dan )?leeg\b/,
  ],
  recruiting: [
    /\bverdien (tot|snel|geld|extra|uw|je)\b|\bverdienen? (\S+ ){0,4}vanuit huis\b/,
    /\bkortingscode\b|\b\d+ ?% korting\b|\bgratis pakket\b|\bscherp(e)? (energie)?contract/,
    /\b(meld|breng) (ook )?(uw|je) (buren|vrienden|kennissen) aan\b|\bverkoopnetwerk\b|\bmultilevel\b/,
    /\b(word|wordt) (distributeur|wederverkoper|ambassadeur van)\b|\bpassief inkomen\b|\bafslank/,
  ],
  medicines: [
    /\b(pijnstillers?|slaap(tabletten|pillen|middelen)|antibiotica(kuur)?|kalmeringsmiddel(en)?)\b/,
    /\b(diclofenac|ibuprofen|naproxen|tramadol|oxycodon|morfine|oxazepam|temazepam|diazepam|zolpidem)\b/,
    /\bmedicijnen (over|te koop|aangeboden|doorgeven)\b|\bstrip (tabletten|pillen)\b/,
  ],
  contact: [
    /(?<![\d-])(?:\+31|0031|0)[ -]?[1-9](?:[ -]?\d){7,8}(?!\d)/,
    /[\p{L}\d._%+-]+@[\p{L}\d-]+\.[a-z]{2,}/u,
  ],
};

/** A Dutch postcode: capitals, or any year with a word behind it would be one. */
const POSTCODE = /\b[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}\b/;

/** Who says that nurses do it, or that it is not meant, needs no warning. */
const NOT_MEANT =
  /\b(geen|niet|nooit)\b|\b(doet|doen|komt|komen|regelt|verzorgt) (\S+ )?(de |onze |eigen )?(thuiszorg|wijkverpleging)\b|\bthuiszorg (dat|die) .*opvangt\b/;
const HEEDS_DENIAL: ReadonlySet<ListingMark> = new Set(['bodily-care', 'medicines', 'recruiting']);

/** What stands out in these texts, each once, in the order of the list. Warns; it refuses nothing. */
export function marksOf(texts: readonly string[]): ListingMark[] {
  const sentences = texts
    .flatMap((text) => text.split(/(?<=[.!?])\s+|\n+/))
    .map((sentence) =>
      sentence
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .replace(/[’‘`´]/g, "'")
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((sentence) => sentence !== '');
  const hasPostcode = texts.some((text) => POSTCODE.test(text));
  return LISTING_MARKS.filter(
    (mark) =>
      (mark === 'address' && hasPostcode) ||
      sentences.some(
        (sentence) =>
          PHRASES[mark].some((phrase) => phrase.test(sentence)) &&
          !(HEEDS_DENIAL.has(mark) && NOT_MEANT.test(sentence)),
      ),
  );
}
