import { describe, expect, it } from 'vitest';
import { likenessOf } from './runs.ts';

describe('likeness in runs of four characters', () => {
  it('sees words that share their middle only', () => {
    const [none, some] = likenessOf('ontkalken', [
      'Wie maait het gras?',
      'Verkalking van de ketel',
    ]);
    expect(some).toBe(1);
    expect(none).toBe(0);
  });

  it('counts what few of the texts have for more than what all have', () => {
    const [common, rare] = likenessOf('hulp traplift', [
      'hulp hulp hulp hulp bij het eten',
      'hulp bij een traplift in huis nu',
      'hulp in de tuin van oma en opa',
    ]);
    expect(rare).toBe(1);
    expect(common).toBeLessThan(0.5);
  });

  it('has nothing to say of nothing', () => {
    expect(likenessOf('', ['tekst'])).toEqual([0]);
    expect(likenessOf('tekst', [])).toEqual([]);
  });
});
