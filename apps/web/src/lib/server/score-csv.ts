import { t } from '@wijk/i18n';
import type { ScoreRow } from '#lib/score.ts';
import { type Score, scoreView } from './score.ts';
import type { Speaker } from './views.ts';

const COLUMNS = [
  'kind',
  'name',
  'starts',
  'asked',
  'kept',
  'missed',
  'running',
  'median',
  'deflected',
  'state',
] as const;

/**
 * The figures of the page as CSV (RFC 4180), weeks first and then themes. A name that a spreadsheet
 * would take for a formula is kept from being one.
 */
export function scoreCsv(score: Score, { locale }: Pick<Speaker, 'locale'>): string {
  const view = scoreView(score, { locale });
  const word = (key: Parameters<typeof t>[1]) => t(locale, key);
  const figures = ({ asked, kept, missed, running, deflected, medianMinutes, final }: ScoreRow) => [
    ...[asked, kept, missed, running, medianMinutes ?? '', deflected],
    word(final ? 'page.score.csv.final' : 'page.score.csv.open'),
  ];
  const rows = [
    COLUMNS.map((column) => word(`page.score.csv.${column}`)),
    ...view.weeks.map((line, i) => [
      word('page.score.week'),
      line.short,
      score.weeks[i]?.startsOn ?? '',
      ...figures(line),
    ]),
    ...view.themes.map((line) => [word('page.score.theme'), line.name, '', ...figures(line)]),
  ];
  return rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number): string {
  const text = /^[=+\-@\t]/.test(String(value)) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
