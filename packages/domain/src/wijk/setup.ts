import { DomainError, type FieldError } from '../kernel/index.ts';

export const WIJK_NAME_MIN = 2;
export const WIJK_NAME_MAX = 80;
export const WIJK_MOTTO_MAX = 120;
export const THEME_NAME_MAX = 40;
export const THEMES_MAX = 40;
export const CBS_CODES_MAX = 60;

/** Accent colours of which the contrast was checked in light and dark (apps/web, accents.css). */
export const ACCENTS = ['groen', 'blauw', 'paars', 'bordeaux', 'bruin'] as const;
export type Accent = (typeof ACCENTS)[number];

/** The themes a wijk starts with, in the order in which pages show them. */
export const STARTING_THEMES = [
  { slug: 'gezondheid', name: 'Gezondheid' },
  { slug: 'zorg-regelen', name: 'Zorg regelen' },
  { slug: 'medicijnen', name: 'Medicijnen' },
  { slug: 'mantelzorg', name: 'Mantelzorg' },
  { slug: 'geestelijk-welzijn', name: 'Geestelijk welzijn' },
  { slug: 'voeding', name: 'Eten en drinken' },
  { slug: 'bewegen', name: 'Bewegen' },
  { slug: 'ontmoeten', name: 'Ontmoeten' },
  { slug: 'jeugd', name: 'Jeugd en gezin' },
  { slug: 'wonen', name: 'Wonen' },
  { slug: 'geldzaken', name: 'Geldzaken' },
  { slug: 'digitaal', name: 'Computer en telefoon' },
  { slug: 'vervoer', name: 'Vervoer en parkeren' },
  { slug: 'veiligheid', name: 'Veiligheid' },
  { slug: 'groen', name: 'Groen en tuin' },
  { slug: 'buurtactiviteiten', name: 'Buurtactiviteiten' },
] as const;

/** Everything shows at once; three members who flag the same thing hide it until the redactie looks. */
export const STARTING_MODERATION = {
  firstQuestion: 'publish',
  autoHideAt: 3,
  questionsPerDay: 10,
  answersPerHour: 20,
  holdLinksFrom: 3,
} as const;

/** Small letters, digits and hyphens, at most 40: 'Onder de Elzen' becomes 'onder-de-elzen'. */
export function slugFor(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
}

/** Slugs that would stand in the way of the site's own addresses. */
const TAKEN = new Set(['api', 'live', 'w', 'beheer', 'dev']);

export interface WijkProfile {
  name: string;
  motto: string;
  accent: string;
  cbsCodes: readonly string[];
  cbsYear: number | null;
}

/**
 * The name as it is stored: 2 to 80 characters, single spaces.
 * @returns the faults at 'name' beside it
 */
function cleanLine(raw: string, pointer: string, min: number, max: number): [string, FieldError[]] {
  const text = raw.normalize('NFC').trim().replace(/ +/g, ' ');
  if (min > 0 && text === '') return [text, [{ pointer, code: 'required' }]];
  if (/\p{C}/u.test(text)) return [text, [{ pointer, code: 'control-characters' }]];
  if (text.length < min) return [text, [{ pointer, code: 'too-short', params: { min } }]];
  if (text.length > max) return [text, [{ pointer, code: 'too-long', params: { max } }]];
  return [text, []];
}

/** @throws `kernel.invalid` at 'name' and 'slug' */
export function checkNewWijk(given: { name: string; slug: string }): {
  name: string;
  slug: string;
} {
  const [name, errors] = cleanLine(given.name, 'name', WIJK_NAME_MIN, WIJK_NAME_MAX);
  const slug = given.slug.trim() === '' ? slugFor(name) : given.slug.trim();
  if (!/^[a-z0-9-]{1,40}$/.test(slug)) errors.push({ pointer: 'slug', code: 'not-a-slug' });
  else if (TAKEN.has(slug)) errors.push({ pointer: 'slug', code: 'slug-taken' });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
  return { name, slug };
}

/**
 * Codes of Statistics Netherlands: a wijk has WK and six digits, a buurt BU and eight. They change
 * from year to year, so a year belongs to them.
 * @param thisYear the year in which the change is made
 * @throws `kernel.invalid` with every field at fault
 */
export function checkProfile(given: WijkProfile, thisYear: number): WijkProfile {
  const [name, errors] = cleanLine(given.name, 'name', WIJK_NAME_MIN, WIJK_NAME_MAX);
  const [motto, mottoErrors] = cleanLine(given.motto, 'motto', 0, WIJK_MOTTO_MAX);
  errors.push(...mottoErrors);
  if (!(ACCENTS as readonly string[]).includes(given.accent))
    errors.push({ pointer: 'accent', code: 'invalid-choice' });
  const cbsCodes = [...new Set(given.cbsCodes.map((code) => code.trim().toUpperCase()))];
  const wrong = cbsCodes.find((code) => !/^(WK\d{6}|BU\d{8})$/.test(code));
  if (wrong !== undefined)
    errors.push({
      pointer: 'cbsCodes',
      code: 'not-a-cbs-code',
      params: { code: wrong.slice(0, 20) },
    });
  if (cbsCodes.length > CBS_CODES_MAX)
    errors.push({ pointer: 'cbsCodes', code: 'too-long', params: { max: CBS_CODES_MAX } });
  const { cbsYear } = given;
  if (cbsCodes.length > 0 && cbsYear === null)
    errors.push({ pointer: 'cbsYear', code: 'required' });
  if (cbsYear !== null && (!Number.isInteger(cbsYear) || cbsYear < 2003 || cbsYear > thisYear + 1))
    errors.push({ pointer: 'cbsYear', code: 'not-a-year', params: { max: thisYear + 1 } });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
  return { name, motto, accent: given.accent, cbsCodes, cbsYear };
}

export interface ThemeChange {
  /** null: a new one, whose slug is made of its name */
  slug: string | null;
  name: string;
  retired: boolean;
}

/**
 * The whole list in its new order. A theme that is there can be renamed and retired, never dropped:
 * its questions keep it.
 * @throws `kernel.invalid` with every field at fault
 */
export function checkThemes(
  given: readonly ThemeChange[],
  known: ReadonlySet<string>,
): { slug: string; name: string; retired: boolean; isNew: boolean }[] {
  const errors: FieldError[] = [];
  const slugs = new Set<string>(known);
  const names = new Set<string>();
  const themes = given.map((theme, i) => {
    const pointer = `themes.${i}.name`;
    const [name, faults] = cleanLine(theme.name, pointer, 2, THEME_NAME_MAX);
    errors.push(...faults);
    const key = name.toLowerCase();
    if (faults.length === 0 && names.has(key)) errors.push({ pointer, code: 'duplicate' });
    names.add(key);
    if (theme.slug !== null) {
      if (!known.has(theme.slug)) errors.push({ pointer, code: 'invalid-choice' });
      return { slug: theme.slug, name, retired: theme.retired, isNew: false };
    }
    const slug = freeSlug(slugFor(name) || 'onderwerp', slugs);
    slugs.add(slug);
    return { slug, name, retired: theme.retired, isNew: true };
  });
  for (const slug of known)
    if (!themes.some((theme) => theme.slug === slug))
      errors.push({ pointer: 'themes', code: 'theme-missing' });
  if (themes.every((theme) => theme.retired)) errors.push({ pointer: 'themes', code: 'required' });
  if (themes.length > THEMES_MAX)
    errors.push({ pointer: 'themes', code: 'too-large', params: { max: THEMES_MAX } });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
  return themes;
}

function freeSlug(wanted: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n += 1) {
    const slug = n === 1 ? wanted : `${wanted.slice(0, 37)}-${n}`;
    if (!taken.has(slug)) return slug;
  }
}
