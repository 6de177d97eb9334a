/** What is read of a text at most, in characters: beyond it nobody writes, and somebody attacks. */
export const TEXT_AT_MOST = 20_000;
/** A longer word is not one of a language; its beginning stands for it. */
const WORD_AT_MOST = 40;

/**
 * The words of a text, in order: lower case, without accents, apostrophes gone (`zzp'er` is `zzper`,
 * `foto's` is `fotos`), split on everything that is no letter or digit. At most `limit` characters
 * are read.
 */
export function wordsOf(text: string, limit = TEXT_AT_MOST): string[] {
  const plain = text
    .slice(0, limit)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/['’‘`´]/g, '')
    .slice(0, limit);
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, WORD_AT_MOST));
}
