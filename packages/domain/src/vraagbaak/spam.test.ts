import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countLinks,
  isSameText,
  judgeSubmission,
  newMemberMatters,
  type SpamRules,
  type Submission,
} from './spam.ts';

const plain: Submission = {
  text: 'Wie weet een goede kapper?',
  trap: '',
  seconds: 40,
  newMember: true,
  recent: [],
};
const rules: SpamRules = { firstQuestion: 'publish', holdLinksFrom: 3, holdWords: ['casino*'] };
const judge = (change: Partial<Submission>, others: Partial<SpamRules> = {}) =>
  judgeSubmission({ ...plain, ...change }, { ...rules, ...others });

describe('a text', () => {
  it('shows at once when nothing is the matter', () => {
    expect(judge({})).toEqual({ verdict: 'publish', reasons: [] });
    expect(judge({ seconds: null })).toEqual({ verdict: 'publish', reasons: [] });
  });

  it.each([
    ['first-question', {}, { firstQuestion: 'hold' }],
    ['links', { text: 'http://a.nl http://b.nl www.c.nl' }, {}],
    ['repeat', { recent: ['Wie weet een goede kapper'] }, {}],
    ['words', { text: 'Het beste CASINO-spel' }, {}],
    ['trap', { trap: 'x' }, {}],
    ['hurry', { text: 'Kijk op example.com', seconds: 1 }, {}],
  ] as const)('is held for %s, and for that alone', (reason, change, others) => {
    expect(judge(change, others)).toEqual({ verdict: 'hold', reasons: [reason] });
  });

  it('of who is known may have links and comes at once', () => {
    const text = 'http://a.nl http://b.nl www.c.nl';
    expect(judge({ text, newMember: false }).verdict).toBe('publish');
    expect(judge({ newMember: false }, { firstQuestion: 'hold' }).verdict).toBe('publish');
    expect(judge({ text }, { holdLinksFrom: 0 }).verdict).toBe('publish');
  });

  it('is judged the same for new and known members where being new does not matter', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('wie', 'http://a.nl', 'www.b.nl', 'casino', 'c.com')),
        fc.constantFrom('publish', 'hold'),
        fc.nat(5),
        (words, firstQuestion, holdLinksFrom) => {
          const text = words.join(' ');
          const others = { firstQuestion, holdLinksFrom } as const;
          const [known, fresh] = [false, true].map((newMember) =>
            judge({ text, newMember }, others).reasons.join(),
          );
          expect(newMemberMatters(text, others)).toBe(known !== fresh);
        },
      ),
    );
  });

  it('is not held for speed alone: people paste what they wrote before', () => {
    expect(judge({ seconds: 0 }).verdict).toBe('publish');
  });

  it('is held or shown, never something else, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.array(fc.string()), (text, trap, recent) => {
        const { verdict, reasons } = judge({ text, trap, recent });
        expect(verdict === 'hold').toBe(reasons.length > 0);
      }),
      { seed: 14 },
    );
  });
});

describe('links', () => {
  it.each([
    ['geen adres', 0],
    ['mail mij op jan@voorbeeld.nl', 0],
    ['Ik woon op nr. 3.De deur is rood', 0],
    ['https://a.nl/pad en www.b.com', 2],
    ['koop op goedkoop.shop/nu', 1],
    ['a.nl b.nl c.nl', 3],
  ])('%s has %i', (text, count) => {
    expect(countLinks(text)).toBe(count);
  });
});

describe('the same text', () => {
  const text = 'Ik verkoop goedkope zonnepanelen aan iedereen in de wijk, bel mij snel op.';
  it('is still the same with a word changed, other marks or case', () => {
    expect(isSameText(text, text.toUpperCase())).toBe(true);
    expect(isSameText(text, text.replace('snel', 'gauw'))).toBe(true);
    expect(isSameText(text, `${text}!!!`)).toBe(true);
  });
  it('is not the same when it asks something else', () => {
    expect(isSameText('Wie betaalt een traplift?', 'Wie betaalt een rolstoel?')).toBe(false);
    expect(isSameText(text, 'Wie weet iets over zonnepanelen?')).toBe(false);
    expect(isSameText('', '')).toBe(false);
  });
});
