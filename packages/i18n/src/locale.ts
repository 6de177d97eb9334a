export const LOCALES = ['nl', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = 'nl';

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/** The language of a page: the reader's own choice in a cookie, then the browser's list, then Dutch. */
export function pickLocale(
  cookie: string | null | undefined,
  acceptLanguage: string | null | undefined,
): Locale {
  if (isLocale(cookie)) return cookie;
  const wanted = (acceptLanguage ?? '')
    .slice(0, 200)
    .split(',')
    .map((item) => {
      const [tag = '', ...options] = item.trim().toLowerCase().split(';');
      const quality = options.map((o) => /^\s*q=([\d.]+)\s*$/.exec(o)?.[1]).find(Boolean);
      return { locale: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter((item) => item.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { locale } of wanted) if (isLocale(locale)) return locale;
  return DEFAULT_LOCALE;
}
