import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, type DomainError } from '../kernel/index.ts';
import {
  compareCriteria,
  FIRST_PROVIDER_CRITERIA,
  validateCriteria,
  versionAfter,
} from './criteria.ts';
import { DEFAULT_MARKET_POLICY, POLICY_BOUNDS, validateMarketPolicy } from './policy.ts';
import { readMiddle, validateAreas, validateMarketThemes } from './setup.ts';
import { FIRST_TERMS, validateCooperation, validateSignature } from './terms.ts';
import {
  appealRefusal,
  assertMayDecideMarketAppeal,
  holdOf,
  isVetted,
  MARKET_APPEAL_MS,
  needsVetting,
  termsStand,
  type VettingFacts,
  vettingRefusal,
} from './vetting.ts';

const NOW = new Date('2026-12-01T09:00:00Z');
const at = (days: number) => new Date(NOW.getTime() + days * DAY_MS);
const faults = (work: () => unknown): string[] => {
  try {
    work();
    return [];
  } catch (error) {
    const { code, errors } = error as DomainError;
    return errors.length > 0 ? errors.map((one) => `${one.pointer} ${one.code}`) : [code];
  }
};

describe('who vets', () => {
  const facts: VettingFacts = {
    ...{ isCurator: true, submitted: false, worksForSupplier: false, conflict: false },
    ...{ hasReviewed: false, isOpen: true, advices: [], judgedBefore: false },
  };

  it.each<[string | null, Partial<VettingFacts>]>([
    [null, {}],
    ['not-curator', { isCurator: false }],
    ['own', { submitted: true }],
    ['supplier', { worksForSupplier: true }],
    ['closed', { isOpen: false }],
    ['conflict', { conflict: true }],
    ['undeclared', { conflict: null }],
    ['enough', { advices: ['recommend', 'recommend'] }],
    [null, { advices: ['recommend', 'not_shown'] }],
    ['judged-before', { judgedBefore: true }],
    ['judged-before', { judgedBefore: true, conflict: null }],
    ['own', { judgedBefore: true, submitted: true }],
  ])('%s', (why, more) => {
    expect(vettingRefusal({ ...facts, ...more })).toBe(why);
  });
});

describe('what keeps an offer out of view', () => {
  const offer = { kind: 'offer' as const, shell: 3, mode: 'free' as const };
  const policy = (vetProfessional: boolean, vetPaid: boolean) => ({ vetProfessional, vetPaid });

  it('is asked of offers alone, as the wijk chose', () => {
    expect(needsVetting(offer, policy(false, false))).toBe(false);
    expect(needsVetting(offer, policy(true, false))).toBe(true);
    expect(needsVetting({ ...offer, shell: 1 }, policy(true, false))).toBe(false);
    expect(needsVetting({ ...offer, shell: 1, mode: 'fixed' }, policy(true, true))).toBe(true);
    expect(needsVetting({ ...offer, shell: 1, mode: 'ability' }, policy(true, true))).toBe(false);
    expect(needsVetting({ ...offer, kind: 'request' }, policy(true, true))).toBe(false);
  });

  it('is a vetting that is over, then terms that were not signed in time', () => {
    const one = { validUntil: at(1), signedVersion: 1, termsDueAt: null };
    expect(holdOf(one, NOW)).toBe(null);
    expect(holdOf({ ...one, validUntil: null }, NOW)).toBe('vetting');
    expect(holdOf({ ...one, validUntil: NOW }, NOW)).toBe('vetting');
    expect(holdOf({ ...one, signedVersion: null }, NOW)).toBe('terms');
    expect(holdOf({ ...one, termsDueAt: at(1) }, NOW)).toBe(null);
    expect(holdOf({ ...one, termsDueAt: NOW }, NOW)).toBe('terms');
  });

  it('is nothing exactly where somebody is vetted and what they signed stands', () => {
    const when = fc.option(fc.integer({ min: -3, max: 3 }).map(at));
    const standing = fc.record({
      validUntil: when,
      signedVersion: fc.option(fc.integer({ min: 1, max: 3 })),
      termsDueAt: when,
    });
    fc.assert(
      fc.property(standing, (one) => {
        expect(holdOf(one, NOW) === null).toBe(isVetted(one, NOW) && termsStand(one, NOW));
      }),
    );
  });
});

describe('an appeal', () => {
  it('is against a decision that is against somebody, once, within half a year', () => {
    const decision = { against: true, at: NOW, appealed: false };
    expect(appealRefusal(decision, at(1))).toBe(null);
    expect(appealRefusal({ ...decision, against: false }, at(1))).toBe('not-against');
    expect(appealRefusal({ ...decision, appealed: true }, at(1))).toBe('appealed');
    expect(appealRefusal(decision, new Date(NOW.getTime() + MARKET_APPEAL_MS))).toBe(null);
    expect(appealRefusal(decision, new Date(NOW.getTime() + MARKET_APPEAL_MS + 1))).toBe(
      'too-late',
    );
  });

  it('is answered by nobody who is in it', () => {
    const may = (isParty: boolean, tookPart: boolean) =>
      faults(() => assertMayDecideMarketAppeal({ isParty, tookPart }));
    expect(may(false, false)).toEqual([]);
    expect(may(true, true)).toEqual(['market.own-appeal']);
    expect(may(false, true)).toEqual(['market.own-decision']);
  });
});

describe('a signature', () => {
  it('is the name that the wijk knows, whatever its capitals and accents, with a tick', () => {
    const sign = (name: string, agreed = true) =>
      faults(() => validateSignature({ name, agreed }, 'Şahin Aydın-Özdemir'));
    expect(sign('sahin aydın ozdemir')).toEqual([]);
    expect(sign('  Şahin  Aydın-Özdemir ')).toEqual([]);
    expect(sign('Sahin')).toEqual(['name not-your-name']);
    expect(sign('', false)).toEqual(['name required', 'agreed agree-needed']);
  });

  it('is of a text of some length, with a term to sign the next one', () => {
    expect(faults(() => validateCooperation({ text: FIRST_TERMS, signDays: 30 }))).toEqual([]);
    expect(faults(() => validateCooperation({ text: ' ', signDays: 0.5 }))).toEqual([
      'text required',
      'signDays too-small',
    ]);
  });
});

describe('criteria', () => {
  const { criteria } = FIRST_PROVIDER_CRITERIA;

  it('are at least three, each named once with a question', () => {
    expect(faults(() => validateCriteria(criteria))).toEqual([]);
    const [one, two] = criteria;
    if (!one || !two) throw new Error('there are none');
    expect(
      faults(() => validateCriteria([one, { ...two, name: one.name.toUpperCase(), question: '' }])),
    ).toEqual([
      'criteria.1.question required',
      'criteria.1.name duplicate',
      'criteria.2.name too-few',
    ]);
  });

  it('are compared by their key: worded anew, added, dropped', () => {
    const next = [
      ...criteria.slice(1, 4),
      { key: 'klachten', name: 'Klachten', question: 'Anders?' },
      { key: 'nieuw', name: 'Nieuw', question: 'Is het nieuw?' },
    ].filter(({ question }, i) => i !== 2 || question === 'Anders?');
    const kinds = compareCriteria(criteria, next).map(({ key, kind }) => `${key} ${kind}`);
    expect(kinds).toEqual([
      'betrouwbaarheid same',
      'veiligheid same',
      'klachten changed',
      'nieuw added',
      'deskundigheid removed',
      'duidelijkheid removed',
    ]);
    expect(compareCriteria(criteria, criteria).every(({ kind }) => kind === 'same')).toBe(true);
    expect([versionAfter('1.0'), versionAfter('12.0')]).toEqual(['2.0', '13.0']);
  });
});

describe('what a wijk sets', () => {
  it('is within bounds that its own rules meet', () => {
    expect(faults(() => validateMarketPolicy(DEFAULT_MARKET_POLICY))).toEqual([]);
    for (const [name, [min, max]] of Object.entries(POLICY_BOUNDS)) {
      const set = (value: number) =>
        faults(() =>
          validateMarketPolicy({ ...DEFAULT_MARKET_POLICY, listingDays: 730, [name]: value }),
        );
      expect([set(min - 1), set(max + 1), set(min + 0.5)]).toEqual([
        [`${name} too-small`],
        [`${name} too-large`],
        [`${name} too-small`],
      ]);
    }
  });

  it('are themes of which one stays', () => {
    const theme = { slug: 'tuin', name: 'Tuin', health: false, retired: false };
    expect(faults(() => validateMarketThemes([theme], ['tuin']))).toEqual([]);
    expect(faults(() => validateMarketThemes([{ ...theme, retired: true }], ['tuin']))).toEqual([
      'themes.0.name one-needed',
    ]);
    expect(faults(() => validateMarketThemes([theme], ['tuin', 'taal']))).toEqual([
      'themes.0.name theme-missing',
    ]);
  });

  it('are areas whose middles are read as people paste them, and lie together', () => {
    expect(readMiddle('52.1203, 5.3001')).toEqual({ latitude: 52.1203, longitude: 5.3001 });
    expect(readMiddle(' 52,1203 5,3001 ')).toEqual({ latitude: 52.1203, longitude: 5.3001 });
    expect(readMiddle('52,1203, 5,3001')).toEqual({ latitude: 52.1203, longitude: 5.3001 });
    for (const text of ['', '52', 'Dorpsstraat 1', '152.1, 5.3', '52.1 5.3 6.4'])
      expect(readMiddle(text)).toBe(null);
    const area = (name: string, latitude: number, longitude: number) => ({
      ...{ slug: null, name, latitude, longitude, retired: false },
    });
    const near = [area('A', 52.1, 5.1), area('B', 52.11, 5.1), area('C', 52.12, 5.1)];
    expect(faults(() => validateAreas(near, []))).toEqual([]);
    // the one that was typed wrong, and none of those around it
    expect(faults(() => validateAreas([...near, area('D', 5.3, 52.1)], []))).toEqual([
      'areas.3.middle too-far-apart',
    ]);
  });
});
