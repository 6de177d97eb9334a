import type { HoursOverview, OrganisationHours } from '@wijk/contracts';
import { type Locale, type MessageKey, t } from '@wijk/i18n';
import { csv, decimal } from '../../wallet/index.ts';

/** '1,50' for ninety minutes: hours as a spreadsheet adds them up. */
const hoursText = (minutes: number): string => decimal(Math.round((minutes * 100) / 60));

const heads = (lang: Locale, columns: readonly string[]) =>
  columns.map((column) => t(lang, `statement.hours.${column}` as MessageKey));

/** A line for each volunteer and month (RFC 4180), so that a spreadsheet can add them up any way. */
export const organisationHoursCsv = (
  { quarter, organisation, members }: OrganisationHours,
  lang: Locale,
): string =>
  csv([
    heads(lang, [
      'quarter',
      'month',
      'organisation',
      'name',
      'pledged',
      'performed',
      'open',
      'over',
    ]),
    ...members.flatMap(({ name, months }) =>
      months.map(({ month, pledged, performed, open, over }) => [
        ...[quarter, month, organisation, name ?? t(lang, 'statement.hours.erased')],
        ...[pledged, performed, open, over].map(hoursText),
      ]),
    ),
  ]);

/** A line for each organisation, for the foundation, and for neighbours among each other. */
export const hoursOverviewCsv = ({ quarter, rows }: HoursOverview, lang: Locale): string =>
  csv([
    heads(lang, [
      'quarter',
      'organisation',
      'members',
      'pledged',
      'performed',
      'paid',
      'open',
      'over',
    ]),
    ...rows.map(({ kind, organisation, members, pledged, performed, paid, open, over }) => [
      quarter,
      organisation ??
        t(lang, `statement.hours.${kind === 'foundation' ? 'foundation' : 'neighbours'}`),
      String(members),
      ...[pledged, performed, paid, open, over].map(hoursText),
    ]),
  ]);
