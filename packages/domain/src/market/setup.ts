import { DomainError, type FieldError } from '../kernel/index.ts';
import { metresBetween, WHOLE_WIJK } from './places.ts';

/* Themes and areas that a wijk gives its market. What was used once is never thrown away, only put away. Pure. */

export const PLACE_NAME_MAX = 40;
export const MARKET_THEMES_MAX = 60;
export const AREAS_MAX = 30;
/** A wijk is no bigger: whatever lies further was typed wrong. */
export const AREA_APART_MAX = 20_000;

export interface ThemeToKeep {
  /** null: a new one */
  slug: string | null;
  name: string;
  health: boolean;
  retired: boolean;
}

export interface AreaToKeep {
  slug: string | null;
  name: string;
  latitude: number | null;
  longitude: number | null;
  retired: boolean;
}

function nameErrors(kind: string, places: readonly { name: string }[], max: number): FieldError[] {
  const errors: FieldError[] = [];
  const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();
  for (const [i, { name }] of places.entries()) {
    const pointer = `${kind}.${i}.name`;
    if (name.trim() === '') errors.push({ pointer, code: 'required' });
    else if (name.length > PLACE_NAME_MAX)
      errors.push({ pointer, code: 'too-long', params: { max: PLACE_NAME_MAX } });
    else if (places.findIndex((one) => same(one.name, name)) < i)
      errors.push({ pointer, code: 'duplicate' });
  }
  if (places.length > max)
    errors.push({ pointer: `${kind}.${max}.name`, code: 'too-many', params: { max } });
  return errors;
}

function refuse(errors: FieldError[]): void {
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

/** What there was and is not named: somebody else added it meanwhile, or the page was old. */
const missing = (
  kind: string,
  had: readonly string[],
  kept: readonly { slug: string | null }[],
): FieldError[] =>
  had.some((slug) => !kept.some((one) => one.slug === slug))
    ? [{ pointer: `${kind}.0.name`, code: 'theme-missing' }]
    : [];

/** Refuses with every field at fault: `kernel.invalid`. @param had slugs of what there was */
export function validateMarketThemes(themes: readonly ThemeToKeep[], had: readonly string[]): void {
  const errors = nameErrors('themes', themes, MARKET_THEMES_MAX);
  errors.push(...missing('themes', had, themes));
  if (errors.length === 0 && themes.every(({ retired }) => retired))
    errors.push({ pointer: 'themes.0.name', code: 'one-needed' });
  refuse(errors);
}

const inDegrees = (value: number | null, max: number): value is number =>
  value !== null && Number.isFinite(value) && Math.abs(value) <= max;

/** Refuses with every field at fault: `kernel.invalid`. The area of the whole wijk has no middle. */
export function validateAreas(areas: readonly AreaToKeep[], had: readonly string[]): void {
  const errors = nameErrors('areas', areas, AREAS_MAX);
  errors.push(...missing('areas', had, areas));
  const middles: { i: number; at: { latitude: number; longitude: number } }[] = [];
  for (const [i, { slug, latitude, longitude }] of areas.entries()) {
    if (slug === WHOLE_WIJK.slug) continue;
    if (inDegrees(latitude, 90) && inDegrees(longitude, 180))
      middles.push({ i, at: { latitude, longitude } });
    else errors.push({ pointer: `areas.${i}.middle`, code: 'not-a-middle' });
  }
  const apart = (a: (typeof middles)[number], b: (typeof middles)[number]) =>
    metresBetween({ slug: '', name: '', ...a.at }, { slug: '', name: '', ...b.at });
  for (const one of middles) {
    const far = middles.filter((other) => apart(one, other) > AREA_APART_MAX).length;
    // far from most of the others: it is this one that was typed wrong
    if (far > 0 && far * 2 >= middles.length)
      errors.push({ pointer: `areas.${one.i}.middle`, code: 'too-far-apart', params: { km: 20 } });
  }
  if (errors.length === 0 && areas.length > 0 && areas.every(({ retired }) => retired))
    errors.push({ pointer: 'areas.0.name', code: 'one-needed' });
  refuse(errors);
}

/**
 * A middle as people paste it from a map: '52.1203, 5.3001', also with decimal commas and a space or semicolon
 * between. null: it cannot be read.
 */
export function readMiddle(text: string): { latitude: number; longitude: number } | null {
  const [, a, b] =
    /^\s*(-?\d{1,2}[.,]\d{1,10})\s*[,;\s]\s*(-?\d{1,3}[.,]\d{1,10})\s*$/.exec(text) ?? [];
  if (a === undefined || b === undefined) return null;
  const latitude = Number(a.replace(',', '.'));
  const longitude = Number(b.replace(',', '.'));
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}
