import type { CirculationPeriod } from '@wijk/contracts/treasury-figures';
import { creditText } from '@wijk/i18n';
import { describe, expect, it } from 'vitest';
import { circulationCsv, circulationView } from './circulation.ts';

const money = {
  plural: 'credits',
  symbol: 'Ȼ',
  text: (minor: number) => creditText('nl', minor, 'Ȼ'),
};
const period = (change: Partial<CirculationPeriod>): CirculationPeriod => ({
  startsOn: '2026-11-23',
  running: false,
  payments: 3,
  volume: 123_450,
  active: 4,
  held: 500_000,
  velocity: 0.2469,
  gini: 0.256,
  topShare: 0.4,
  dormantShare: null,
  ...change,
});
const periods = [period({}), period({ startsOn: '2026-11-30', running: true, volume: 0 })];

describe('circulation on a page', () => {
  it('says the figures of the last whole period in a sentence, and leaves out what there is none of', () => {
    const view = circulationView(periods, 12, 'nl', money);
    const captions = view.charts.map(({ caption }) => caption).join(' ');
    expect(captions).toContain('Ȼ\u00a01.234,50');
    expect(captions).toContain('4 van de 12');
    expect(captions).toContain('0,25');
    expect(captions).toContain('Laatste volle periode: 40%');
    expect(view.charts.find(({ figure }) => figure === 'dormant')?.rows[0]?.value).toBeNull();
    expect(view.rows.map(({ name }) => name)).toEqual(['23 november', '30 november (loopt nog)']);
    expect(view.empty).toBe(false);
  });
  it('has a scale that reaches over every bar', () => {
    for (const { rows, scale } of circulationView(periods, 12, 'nl', money).charts)
      for (const { value } of rows) expect(value ?? 0).toBeLessThanOrEqual(scale.top);
  });
  it('is a file that a spreadsheet reads: cells with a comma in quotes', () => {
    const [, first] = circulationCsv(periods, 'nl').split('\r\n');
    expect(first).toBe('2026-11-23,3,5000,"1234,5",4,"0,2469","0,4","0,256",');
  });
});
