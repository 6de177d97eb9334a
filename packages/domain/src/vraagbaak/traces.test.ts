import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findTraces, type TraceKind } from './traces.ts';

const of = (kind: TraceKind, text: string) =>
  findTraces(text)
    .filter((trace) => trace.kind === kind)
    .map((trace) => trace.text);

describe('what in a text may tell who it is', () => {
  it.each([
    ['email', 'Mail naar f.amrani+wmo@voorbeeld.example graag', 'f.amrani+wmo@voorbeeld.example'],
    ['email', 'fatima (at) voorbeeld.example', 'fatima (at) voorbeeld.example'],
    ['phone', 'Bel 06-12345678.', '06-12345678'],
    ['phone', 'Bel 06 12 34 56 78 na zessen', '06 12 34 56 78'],
    ['phone', 'Bel +31 (0)20 123 4567', '+31 (0)20 123 4567'],
    ['phone', 'Bel 020-1234567', '020-1234567'],
    ['bsn', 'Mijn nummer is 111222333.', '111222333'],
    ['bsn', 'Mijn bsn: 123.456.782', '123.456.782'],
    ['iban', 'Rekening NL91 ABNA 0417 1643 00', 'NL91 ABNA 0417 1643 00'],
    ['postcode', 'Ik woon op 1234 AB', '1234 AB'],
    ['address', 'Ik woon in de Elzenstraat 12b.', 'Elzenstraat 12b'],
    ['address', 'bij ons op nummer 7', 'op nummer 7'],
    ['birth-date', 'Zij is van 3 mei 1948', '3 mei 1948'],
    ['birth-date', 'geboren 03-05-1948', '03-05-1948'],
    ['age', 'mijn 82-jarige moeder', '82-jarige'],
    ['age', 'Ik ben 71, en alleen', 'Ik ben 71'],
    ['link', 'zie www.facebook.example/fatima', 'www.facebook.example/fatima'],
  ] as const)('%s in "%s"', (kind, text, found) => {
    const traces = of(kind, text);
    expect(traces.length).toBeGreaterThan(0);
    expect(traces.some((one) => one.startsWith(found.slice(0, 10)))).toBe(true);
  });

  it.each([
    ['mijn zoon Bilal en ik', ['Bilal']],
    ['Ik ging met Fatima Amrani naar de huisarts', ['Fatima Amrani']],
    ['Fatima Amrani ging naar de huisarts', ['Fatima Amrani']],
    ['de arts, Jan van der Berg, zei dat', ['Jan van der Berg']],
    ['Het ziekenhuis is ver. Mijn man kan niet rijden.', []],
    ['Kan de Wmo hier iets doen? De GGD zegt van niet.', []],
    ['Ik vraag het de Gemeente met Kerst.', []],
    ['Wat zegt dokter Visser ervan?', ['Visser']],
  ])('names in "%s"', (text, names) => {
    expect(of('name', text)).toEqual(names);
  });

  it.each([
    'Sinds 2019 krijg ik 1250 euro per maand.',
    'De vergadering is om 14.00 uur in zaal 3.',
    'Ordernummer 123456789 klopt niet.',
    'Wij wachten al 12 weken.',
  ])('nothing in "%s"', (text) => {
    expect(findTraces(text)).toEqual([]);
  });

  it('says each thing once, and every one of them stands in the text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'Bel',
            'Bilal',
            '06-12345678',
            'en',
            '1234 AB',
            '.',
            'mijn',
            'Elzenstraat 4',
          ),
          { maxLength: 12 },
        ),
        (words) => {
          const text = words.join(' ');
          const traces = findTraces(text);
          for (const trace of traces.filter(({ kind }) => kind !== 'name'))
            expect(text).toContain(trace.text);
          expect(new Set(traces.map((t) => `${t.kind} ${t.text}`)).size).toBe(traces.length);
          if (words.includes('06-12345678')) expect(of('phone', text)).toHaveLength(1);
        },
      ),
      { seed: 4, numRuns: 300 },
    );
  });
});
