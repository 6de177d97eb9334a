import { expect, it } from 'vitest';
import { statementPeriod } from './index.ts';

it.each([
  ['thisMonth', '2028-02-29', '2028-02-01', '2028-02-29'],
  ['lastMonth', '2028-03-31', '2028-02-01', '2028-02-29'],
  ['lastMonth', '2027-01-01', '2026-12-01', '2026-12-31'],
  ['thisQuarter', '2027-05-31', '2027-04-01', '2027-05-31'],
  ['lastQuarter', '2027-02-14', '2026-10-01', '2026-12-31'],
  ['thisYear', '2027-01-01', '2027-01-01', '2027-01-01'],
  ['lastYear', '2027-12-31', '2026-01-01', '2026-12-31'],
] as const)('%s seen on %s is from %s up to %s', (name, today, from, until) => {
  expect(statementPeriod(name, today)).toEqual({ from, until });
});
