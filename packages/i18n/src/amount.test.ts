import { expect, it } from 'vitest';
import { amountText, creditText, problemText } from './index.ts';

it('writes an amount as a bank does, in both languages', () => {
  expect([amountText('nl', 125_005), amountText('en', 125_005)]).toEqual(['1.250,05', '1,250.05']);
  expect([amountText('nl', 0), amountText('nl', -300)]).toEqual(['0,00', '−3,00']);
  expect(creditText('nl', -1250, 'Ȼ')).toBe('−Ȼ\u00a012,50');
});

it('writes the amounts of a refusal out', () => {
  const params = { lacks: 250, available: 500, unit: 'elzentjes' };
  expect(problemText('nl', 'wallet.insufficient', params)).toBe(
    'U komt 2,50 elzentjes tekort. U kunt hier nu 5,00 elzentjes uitgeven.',
  );
  expect(problemText('en', 'wallet.insufficient', params)).toContain('2.50 elzentjes short');
});
