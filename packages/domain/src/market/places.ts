/** What a market starts with; a wijk may have others. */
export interface MarketTheme {
  slug: string;
  name: string;
  /** it tells of somebody's health: out of search engines and feeds, and named in no mail */
  health: boolean;
}

const help = (slug: string, name: string): MarketTheme => ({ slug, name, health: false });
const health = (slug: string, name: string): MarketTheme => ({ slug, name, health: true });

/** In the order in which pages show them: daily help first, then what curated eHealth is about. */
export const MARKET_THEMES: readonly MarketTheme[] = [
  help('klussen', 'Klussen in huis'),
  help('gezelschap', 'Gezelschap'),
  help('bewegen', 'Bewegen'),
  help('maaltijden', 'Maaltijden'),
  help('boodschappen', 'Boodschappen'),
  help('vervoer', 'Vervoer'),
  help('administratie', 'Administratie'),
  help('digitaal', 'Computer en telefoon'),
  help('taal', 'Taal'),
  help('creatief', 'Creatief'),
  help('tuin', 'Tuin'),
  help('oppas-huisdier', 'Huisdieren'),
  help('opvoeden', 'Kinderen en opvoeden'),
  help('mantelzorg', 'Mantelzorg'),
  help('sport', 'Sport'),
  help('lenen', 'Lenen en delen'),
  help('contact', 'Contact leggen'),
  help('jongeren', 'Jongeren'),
  health('geldzorgen', 'Geldzorgen'),
  health('eenzaamheid', 'Eenzaamheid'),
  health('slaap', 'Slaap'),
  health('stress', 'Stress'),
  health('stemming', 'Stemming'),
  health('levensvragen', 'Levensvragen'),
  health('rouw', 'Rouw'),
  health('voeding', 'Voeding'),
  health('roken-en-alcohol', 'Roken en alcohol'),
  health('valpreventie', 'Vallen voorkomen'),
  health('pijn', 'Pijn'),
  health('hart-en-vaten', 'Hart en vaten'),
  health('diabetes', 'Diabetes'),
  health('longen', 'Longen'),
  health('medicijngebruik', 'Medicijngebruik'),
  health('zelfzorg', 'Zelfzorg'),
  health('energie-en-prikkels', 'Energie en prikkels'),
  health('geheugen', 'Geheugen'),
  health('dementie', 'Dementie'),
  health('overgang', 'Overgang'),
  health('blaas-en-bekken', 'Blaas en bekken'),
  health('horen-en-zien', 'Horen en zien'),
  health('huid', 'Huid'),
  health('mondgezondheid', 'Mond en gebit'),
  health('leven-na-kanker', 'Leven na kanker'),
  health('gesprek-met-de-dokter', 'Gesprek met de dokter'),
];

export interface MarketArea {
  slug: string;
  name: string;
  latitude: number;
  longitude: number;
}

/** Where a wijk has named no areas, everything is in this one, and nothing is nearer than anything else. */
export const WHOLE_WIJK: MarketArea = {
  slug: 'hele-wijk',
  name: 'Hele wijk',
  latitude: 0,
  longitude: 0,
};

/** How far something is, as near as anybody is told: never metres, never an address (M2). */
export const BANDS = ['area', 'walk', 'wijk'] as const;
export type Band = (typeof BANDS)[number];

/** So far one walks in a quarter of an hour, as the crow flies. */
export const WALK_METRES = 1000;
const METRES_PER_DEGREE = 111_320;

/** From the middle of one area to that of another; good enough within a town. */
export function metresBetween(a: MarketArea, b: MarketArea): number {
  const north = (a.latitude - b.latitude) * METRES_PER_DEGREE;
  const middle = ((a.latitude + b.latitude) / 2) * (Math.PI / 180);
  const east = (a.longitude - b.longitude) * METRES_PER_DEGREE * Math.cos(middle);
  return Math.hypot(north, east);
}

/** What is for the whole wijk is in everybody's area. */
export function bandOf(from: MarketArea, to: MarketArea): Band {
  if (from.slug === to.slug || to.slug === WHOLE_WIJK.slug) return 'area';
  if (from.slug === WHOLE_WIJK.slug) return 'wijk';
  return metresBetween(from, to) <= WALK_METRES ? 'walk' : 'wijk';
}

/** Languages that one can offer or ask help in, in the order of the form. */
export const MARKET_LANGUAGES = [
  'nl',
  'en',
  'ar',
  'tr',
  'pl',
  'uk',
  'ti',
  'so',
  'pap',
  'hns',
  'de',
  'fr',
  'es',
  'ru',
  'zh',
  'vi',
  'fa',
  'tw',
  'rif',
  'fy',
  'srn',
] as const;
