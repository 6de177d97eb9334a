import { WIJK_ROLES } from '@wijk/domain/identity';

/** What a form said about roles and themes: `role-<role>`, `theme-<slug>` and `place-<slug>`. */
export function givenRoles(values: Record<string, string>): (typeof WIJK_ROLES)[number][] {
  return WIJK_ROLES.filter((role) => values[`role-${role}`] !== undefined);
}

/** Ticked themes with their place; the first place where none was filled in. */
export function givenThemes(values: Record<string, string>): { theme: string; position: number }[] {
  return Object.keys(values).flatMap((key) => {
    const [, theme] = /^theme-(.+)$/.exec(key) ?? [];
    if (theme === undefined) return [];
    const place = Number(values[`place-${theme}`] || '1');
    return [{ theme, position: Number.isInteger(place) ? place : -1 }];
  });
}
