const SLUG_MAX = 70;
/** Letters that don't come apart into a plain letter and an accent. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ı: 'i',
  þ: 'th',
  ð: 'd',
  '&': ' en ',
  '€': ' euro ',
  '%': ' procent ',
};

/** The words of a title for in a URL: [a-z0-9-], at most 70 characters, never empty. */
export function slugify(title: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’‘`´]/gu, '')
    .replace(/[^\x20-\x7e]|[&%]/gu, (sign) => LETTERS[sign] ?? ' ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (words.length <= SLUG_MAX) return words || 'vraag';
  const cut = words.lastIndexOf('-', SLUG_MAX);
  return words.slice(0, cut > SLUG_MAX / 2 ? cut : SLUG_MAX);
}
