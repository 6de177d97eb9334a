import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnalyser, dutchAnalyser } from './analyse.ts';
import { derivedFrom } from './base-form.ts';
import { partsOf, splitCompound } from './compound.ts';
import { LEVELS, postingsOf } from './document.ts';
import { keyOf, levelOfKey, termNumber, termOfKey } from './keys.ts';
import { snowball } from './stem.ts';
import { dutchWords, parseWordList } from './word-list.ts';
import { wordsOf } from './words.ts';

const list = dutchWords();
const analyser = dutchAnalyser();
const stem = (word: string) => analyser.token(word).stem;
const partsWords = [
  'zorg',
  'huis',
  'fiets',
  'premie',
  'school',
  'groep',
  'vergunning',
  'kamer',
  'tafel',
];

describe('words of a text', () => {
  it('are lower case, without accents and apostrophes, in order', () => {
    expect(wordsOf("Zzp'er: café's & coördinatie, 2 foto’s")).toEqual([
      'zzper',
      'cafes',
      'coordinatie',
      '2',
      'fotos',
    ]);
    expect(wordsOf('')).toEqual([]);
    expect(wordsOf('😀 %&|!')).toEqual([]);
  });

  it('are the same when they are read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const words = wordsOf(text);
        expect(wordsOf(words.join(' '))).toEqual(words);
      }),
      { seed: 1 },
    );
  });
});

describe('stems', () => {
  it.each([
    ['betaalt', 'betalen'],
    ['betaald', 'betaal'],
    ['vergoeding', 'vergoedt'],
    ['geregeld', 'regelen'],
    ['gevallen', 'vallen'],
    ['huizen', 'huis'],
    ['brieven', 'brief'],
    ['pillen', 'pil'],
    ['stoeltje', 'stoel'],
    ['eenzaamheid', 'eenzame'],
    ['aangevraagd', 'aanvragen'],
    ['geslapen', 'slaap'],
    ['fiets', 'fietsen'],
    ['fietst', 'fiets'],
    ['kinderen', 'kind'],
    ['kleinkinderen', 'kleinkind'],
    ['opas', 'opa'],
    ['ziektes', 'ziekte'],
    ['paadje', 'pad'],
    ['steden', 'stad'],
    ['valt', 'vallen'],
    ['oefent', 'oefeningen'],
    ['gepest', 'pesten'],
    ['aangemeld', 'aanmelden'],
    ['schoongemaakt', 'schoonmaken'],
    ['keuring', 'gekeurd'],
    ['eet', 'gegeten'],
    ['helpt', 'hulp'],
    ['goedkoper', 'goedkoop'],
    ['duurder', 'dure'],
    ['ouderen', 'bejaarde'],
  ])('%s and %s are one', (one, other) => {
    expect(stem(one)).toBe(stem(other));
  });

  it.each([
    ['gebied', 'bied'],
    ['krant', 'kran'],
    ['verzekering', 'zekering'],
    ['bank', 'bang'],
    ['maanden', 'man'],
    ['gezinnen', 'zin'],
    ['gezond', 'zon'],
    ['ouders', 'ouderen'],
    ['vocht', 'vechten'],
  ])('%s and %s are two', (one, other) => {
    expect(stem(one)).not.toBe(stem(other));
  });

  it('never make a word longer or empty', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,30}$/), (word) => {
        const made = snowball(word);
        expect(made.length).toBeGreaterThan(0);
        expect(made.length).toBeLessThanOrEqual(word.length + 2);
      }),
      { seed: 2 },
    );
  });
});

describe('what a word comes from', () => {
  it.each([
    ['roker', 'roken'],
    ['wandelaar', 'wandelen'],
    ['onveilig', 'veilig'],
  ])('%s has the part %s', (word, part) => {
    expect(analyser.token(word).parts.map((p) => p.stem)).toContain(stem(part));
  });

  it.each(['kamer', 'moeder', 'gevaar', 'onderwijs', 'goedkoper'])('%s comes from none', (word) => {
    expect(derivedFrom(word, list)).toEqual([]);
  });
});

describe('compounds', () => {
  it.each([
    ['zorgverzekeringspremie', ['zorgverzekering', 'premie', 'zorg', 'verzekering']],
    ['trapliftvergoeding', ['trap', 'lift', 'vergoeding']],
    ['huisartsenpost', ['huisarts', 'post', 'huis', 'arts']],
    ['wandelgroepen', ['wandel', 'groepen']],
    ['schuldhulpverlening', ['schuld', 'hulpverlening', 'hulp', 'verlening']],
  ])('%s has the parts %j', (word, parts) => {
    expect(partsOf(word, list)).toEqual(parts);
  });

  it.each(['verzekering', 'gemeente', 'premie', 'afval', 'bijsluiter', 'asdfghjkl', 'zorg'])(
    '%s has none',
    (word) => {
      expect(splitCompound(word, list)).toEqual([]);
    },
  );

  it('lose no letter but those that link', () => {
    const link = fc.constantFrom('', 's', 'en', 'e');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...partsWords), link), { minLength: 1, maxLength: 4 }),
        (given) => {
          const word = given.map(([part, l], i) => part + (i < given.length - 1 ? l : '')).join('');
          const parts = splitCompound(word, list);
          if (parts.length === 0) return;
          let at = 0;
          for (const [i, part] of parts.entries()) {
            const found = word.indexOf(part, at);
            const between = word.slice(at, found);
            expect(found).toBeGreaterThanOrEqual(at);
            expect(i === 0 ? [''] : ['', 's', 'en', 'n', 'e', 'er']).toContain(between);
            at = found + part.length;
          }
          expect(at).toBe(word.length);
        },
      ),
      { seed: 3 },
    );
  });

  it('take bounded time on nonsense of 4,000 characters', () => {
    const nonsense = ['a'.repeat(4000), 'zorg'.repeat(1000), 'en'.repeat(2000), 'xq '.repeat(1300)];
    for (const text of nonsense) {
      const fresh = createAnalyser(list);
      const started = performance.now();
      fresh.tokens(text);
      // a few milliseconds; the bound only tells a curve from a line
      expect(performance.now() - started).toBeLessThan(500);
    }
  });
});

describe('a document', () => {
  it('is about what its title says more than about what an answer says', () => {
    const postings = postingsOf(
      {
        questionId: 'x',
        theme: 'zorg',
        title: 'Traplift',
        body: 'De buurvrouw',
        answers: ['Een rekening'],
      },
      analyser,
    );
    const level = (word: string) => postings.find(({ stem: s }) => s === stem(word))?.level ?? -1;
    expect(level('traplift')).toBeGreaterThan(level('buurvrouw'));
    expect(level('buurvrouw')).toBeGreaterThanOrEqual(level('rekening'));
    expect(new Set(postings.map(({ stem: s }) => s)).size).toBe(postings.length);
    for (const posting of postings) expect(posting.level).toBeLessThan(LEVELS);
  });

  it('has keys that give number and level back', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(LEVELS - 1), (word, level) => {
        const number = termNumber('wijk', word);
        const key = keyOf(number, level);
        expect([termOfKey(key), levelOfKey(key), key | 0]).toEqual([number, level, key]);
      }),
      { seed: 4 },
    );
    expect(termNumber('een', 'zorg')).not.toBe(termNumber('twee', 'zorg'));
  });
});

describe('a word list', () => {
  it('leaves names, forbidden words and broken lines', () => {
    const small = parseWordList('4\nfiets/CaZb\nAmsterdam/Ca\nfout/FwCa\n\n/\n');
    expect([
      small.isPart('fiets'),
      small.isPart('amsterdam'),
      small.isPart('fout'),
      small.size,
    ]).toEqual([true, false, false, 1]);
  });
});
