import { Temporal } from 'temporal-polyfill';

export const STATEMENT_PERIODS = [
  'thisMonth',
  'lastMonth',
  'thisQuarter',
  'lastQuarter',
  'thisYear',
  'lastYear',
] as const;
export type StatementPeriodName = (typeof STATEMENT_PERIODS)[number];

/** First and last day, both included, as 'YYYY-MM-DD'. One that runs still ends today. */
export function statementPeriod(
  name: StatementPeriodName,
  today: string,
): { from: string; until: string } {
  const date = Temporal.PlainDate.from(today);
  const months = name.endsWith('Month') ? 1 : name.endsWith('Quarter') ? 3 : 12;
  const month = date.month - ((date.month - 1) % months);
  const begun = Temporal.PlainDate.from({ year: date.year, month, day: 1 });
  if (name.startsWith('this')) return { from: begun.toString(), until: today };
  return {
    from: begun.subtract({ months }).toString(),
    until: begun.subtract({ days: 1 }).toString(),
  };
}
