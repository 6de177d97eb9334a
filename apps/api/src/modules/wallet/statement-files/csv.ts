import { t } from '@wijk/i18n';
import { amount, csv } from './cells.ts';
import type { StatementPeriod } from './period.ts';
import {
  dayOf,
  dayText,
  kindText,
  partyText,
  referenceOf,
  type StatementSpeaker,
} from './words.ts';

const COLUMNS = [
  'date',
  'what',
  'name',
  'direction',
  'amount',
  'budget',
  'balance',
  'reference',
] as const;

/**
 * The lines of a period as CSV. An amount has its direction beside it; budgets have their own column, and
 * what they paid is not in the balance.
 */
export function statementCsv(period: StatementPeriod, say: StatementSpeaker): string {
  const { locale } = say;
  const word = (key: Parameters<typeof t>[1]) => t(locale, key);
  const edge = (day: string, what: string, balance: number) => [
    ...[dayText(day, locale), what, '', '', '', ''],
    amount(balance),
    '',
  ];
  const rows = [
    COLUMNS.map((column) => word(`statement.csv.${column}`)),
    edge(period.from, word('statement.opening'), period.opening.own),
    ...period.lines.map((line) => [
      dayOf(line.at, say),
      kindText(line, locale),
      partyText(line, locale),
      word(line.amount + line.budget < 0 ? 'statement.out' : 'statement.in'),
      amount(Math.abs(line.amount)),
      amount(Math.abs(line.budget)),
      amount(line.balance),
      referenceOf(line),
    ]),
    edge(period.until, word('statement.closing'), period.closing.own),
  ];
  return csv(rows);
}
