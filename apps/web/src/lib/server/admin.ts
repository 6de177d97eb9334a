import type { RoleLogEntry } from '@wijk/contracts/admin';
import { formatExact, t } from '@wijk/i18n';
import { momentText, type Speaker } from './views.ts';

type Locale = App.Locals['locale'];

/** The Dutch (or English) word for a role. */
export const roleText = (locale: Locale, role: string): string =>
  t(locale, `common.role.${role}` as 'common.role.resident');

/** '22 november 2026', for what lies back. */
export const dateText = (iso: string, { timeZone, locale }: Speaker): string =>
  new Intl.DateTimeFormat(locale === 'nl' ? 'nl-NL' : 'en-GB', {
    timeZone,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(new Date(iso));

/** One line of who got what, in words, with its moment. */
export function logLine(entry: RoleLogEntry, say: Speaker) {
  const { locale } = say;
  const by = entry.by === null ? t(locale, 'page.roleLog.command') : entry.by;
  return {
    id: entry.id,
    text: t(locale, `page.roleLog.${entry.kind}`, {
      name: entry.person.name || t(locale, 'page.roleLog.someone'),
      role: roleText(locale, entry.role),
      by: by || t(locale, 'page.roleLog.someone'),
    }),
    at: momentText(entry.at, say),
    exact: formatExact(new Date(entry.at), say.timeZone, locale),
    member: entry.person.id,
  };
}
