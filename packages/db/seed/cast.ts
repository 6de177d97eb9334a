import type { Role } from '@wijk/domain/identity';
import { slugify } from '@wijk/domain/vraagbaak';
import {
  ASKER_OF,
  ASKERS,
  EXTRA_ROLES,
  FULL_NAMES,
  PLATFORM_ADMIN,
  ROLE_OF,
  SAME_FUNCTION,
  THEME_OF,
  TITLES,
} from './cast-tables.ts';
import type { ContentAnswer, ContentPerson, ContentQuestion } from './content.ts';

/** One person of the demonstration, before anything has an id. */
export interface CastMember {
  name: string;
  email: string;
  title: string | null;
  about: string;
  roles: Set<Role>;
  /** what an expert knows */
  themes: Set<string>;
}

/** 'Noor van der Horst' becomes noor.vanderhorst@voorbeeld.example, a domain that is nobody's. */
export function emailOf(name: string): string {
  const [first = '', ...rest] = slugify(name.replaceAll('.', ' ')).split('-');
  const local = rest.length > 0 ? `${first}.${rest.join('')}` : first;
  return `${local}@voorbeeld.example`;
}

/** Everybody, by name: the people of the content, the other answerers, and residents who only ask. */
export function castOf(
  people: readonly ContentPerson[],
  questions: readonly ContentQuestion[],
): Map<string, CastMember> {
  const cast = new Map<string, CastMember>();
  for (const person of people) {
    const member = addTo(cast, person.name, person.about);
    for (const role of person.roles) member.roles.add(roleOf(role));
    if (person.roles.includes('deskundige')) addThemes(member, person.themes);
  }
  for (const { theme, answers } of questions)
    for (const given of answers) {
      const { name, title } = answererOf(given);
      const member = addTo(cast, name);
      if (given.role === 'expert') {
        member.roles.add('expert');
        member.themes.add(theme);
      } else if (given.role === 'redactie') member.roles.add('editor');
      else member.roles.add('resident');
      member.title ??= title;
    }
  for (const name of [...ASKERS, ...Object.values(ASKER_OF)])
    addTo(cast, name).roles.add('resident');
  for (const [name, roles] of Object.entries(EXTRA_ROLES))
    for (const role of roles) addTo(cast, name).roles.add(role as Role);
  addTo(cast, PLATFORM_ADMIN, 'Houdt de servers draaiend, voor alle wijken.').roles.add(
    'platform-admin',
  );
  return cast;
}

/** Who of the cast gave this answer, and the function that the content names. */
export function answererOf({ by, role }: Pick<ContentAnswer, 'by' | 'role'>): {
  name: string;
  title: string | null;
} {
  const comma = by.indexOf(', ');
  const called = comma < 0 ? by : by.slice(0, comma);
  const told = comma < 0 ? '' : by.slice(comma + 2);
  const name = SAME_FUNCTION[called] ?? FULL_NAMES[called] ?? called;
  const title = role === 'bewoner' ? told.replace(/^bewoner( en |, | |$)/, '') : told;
  const isPlace = /^[A-Z]/.test(title) && role === 'bewoner';
  return { name, title: TITLES[name] ?? (isPlace || title === '' ? null : title) };
}

function addTo(cast: Map<string, CastMember>, name: string, about = ''): CastMember {
  const known = cast.get(name);
  if (known) return known;
  const member: CastMember = {
    name,
    email: emailOf(name),
    title: TITLES[name] ?? null,
    about,
    roles: new Set(),
    themes: new Set(),
  };
  cast.set(name, member);
  return member;
}

function addThemes(member: CastMember, fine: readonly string[]): void {
  for (const theme of fine) {
    const coarse = THEME_OF[theme];
    if (coarse) member.themes.add(coarse);
  }
}

function roleOf(dutch: string): Role {
  const role = ROLE_OF[dutch];
  if (!role) throw new Error(`no role is called ${dutch}`);
  return role as Role;
}

/** Names of those who know a theme, in the order in which the ladder asks them. */
export function expertsIn(cast: readonly CastMember[]): (theme: string) => string[] {
  return (theme) =>
    cast
      .filter(({ roles, themes }) => roles.has('expert') && themes.has(theme))
      .map(({ name }) => name)
      .sort((a, b) => (a < b ? -1 : 1));
}
