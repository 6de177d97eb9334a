import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, DomainError } from '../kernel/index.ts';
import { APP_STEPS, type AppFields, EMPTY_APP, readAppRecord } from './app-record.ts';
import {
  decide,
  FIRST_CRITERIA,
  outcomeOf,
  type ReviewFacts,
  reviewRefusal,
  tellsAt,
  VERDICTS,
  type Verdict,
  validateAppReview,
} from './curation.ts';

const NOW = new Date('2026-12-01T09:00:00Z');
const LATER = new Date(NOW.getTime() + 300 * DAY_MS);
const faultsOf = (run: () => unknown): string[] => {
  try {
    run();
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.errors.length > 0
      ? error.errors.map(({ pointer, code }) => `${pointer} ${code}`)
      : [error.code];
  }
};

const WHOLE: AppFields = {
  ...EMPTY_APP,
  ...{ name: 'Slaapwende', supplierName: 'Stichting', supplierCountry: 'Nederland' },
  ...{ supplierContact: 'hulp', summary: 'Een cursus', goal: 'lichaamsfuncties', theme: 'slaap' },
  ...{
    level: 'beginner',
    platforms: ['pwa'],
    languages: ['nl'],
    price: '18',
    priceAfter: 'Gratis',
  },
  ...{ accountNeeded: 'nee', medicalClaim: 'nee', dataLocation: 'Nederland', retention: '1 jaar' },
  ...{ shared: 'nee', nen7510: 'ja', evidenceLevel: 'none', wcag: '2.2 AA', lowLiteracy: 'ja' },
  ...{ crisis: 'Verwijst', complaints: 'Bellen' },
};

describe('the record of an app', () => {
  it('is whole, or says everything that is missing at once', () => {
    expect(readAppRecord(WHOLE, 1800).price.amount).toBe(1800);
    const missing = faultsOf(() => readAppRecord(EMPTY_APP, null));
    expect(missing).toHaveLength(23);
    expect(new Set(missing.map((one) => one.split(' ')[1]))).toEqual(new Set(['required']));
  });

  it.each<[Partial<AppFields>, string[]]>([
    [{ medicalClaim: 'ja' }, ['ce required']],
    [{ medicalClaim: 'ja', ce: 'ja' }, ['mdrClass required']],
    [{ medicalClaim: 'ja', ce: 'nee' }, []],
    [{ shared: 'ja' }, ['sharedWith required']],
    [{ dpiaDate: '31 december' }, ['dpiaDate not-a-date']],
    [{ dpiaDate: '2026-02-30' }, ['dpiaDate not-a-date']],
    [{ dpiaDate: '2026-02-28' }, []],
    [{ evidenceLevel: 'rct' }, ['evidenceNote required']],
    [{ sus: 'goed' }, ['sus not-a-number']],
    [{ sus: '101' }, ['sus too-large']],
    [{ goal: 'gezond' }, ['goal invalid-choice']],
    [{ name: 'x'.repeat(200) }, ['name too-long']],
  ])('%o: %o', (fields, expected) => {
    expect(faultsOf(() => readAppRecord({ ...WHOLE, ...fields }, 1800))).toEqual(expected);
  });

  it('has each field in exactly one step of its form', () => {
    const placed = Object.values(APP_STEPS).flat();
    expect([...placed].sort()).toEqual(Object.keys(EMPTY_APP).sort());
  });

  it('tells a price that cannot be read', () => {
    expect(faultsOf(() => readAppRecord({ ...WHOLE, price: 'zes' }, null))).toEqual([
      'price not-an-amount',
    ]);
  });
});

const MAY: ReviewFacts = {
  ...{ isCurator: true, submitted: false, worksForSupplier: false, conflict: false },
  ...{ hasReviewed: false, isOpen: true, advices: [] },
};

describe('who may judge', () => {
  it.each<[string, Partial<ReviewFacts>, ReturnType<typeof reviewRefusal>]>([
    ['a curator who has nothing to do with it', {}, null],
    ['somebody who is no curator', { isCurator: false }, 'not-curator'],
    ['who handed it in', { submitted: true }, 'own'],
    ['who works for its supplier', { worksForSupplier: true }, 'supplier'],
    ['who has an interest', { conflict: true }, 'conflict'],
    ['who said nothing of that yet', { conflict: null }, 'undeclared'],
    ['who judged already', { hasReviewed: true, advices: ['recommend'] }, 'reviewed'],
    ['the second', { advices: ['recommend'] }, null],
    ['a third where two agree', { advices: ['recommend', 'recommend'] }, 'enough'],
    ['a third where two differ', { advices: ['recommend', 'not_shown'] }, null],
    ['a fourth', { advices: ['recommend', 'not_shown', 'pending'] }, 'enough'],
    ['anybody after the decision', { isOpen: false }, 'closed'],
  ])('%s', (_who, facts, expected) => {
    expect(reviewRefusal({ ...MAY, ...facts })).toBe(expected);
  });
});

const REVIEW = {
  scores: FIRST_CRITERIA.criteria.map(({ key }) => ({
    ...{ criterion: key, score: 4, note: 'Gezien', evidence: '' },
  })),
  advice: 'recommend' as Verdict | null,
  summary: 'Goed',
};
const RECORD = readAppRecord(WHOLE, 1800);
const MEDICAL = { regulatory: { medicalClaim: true, mdrClass: null, ce: false } };

describe('a judgement', () => {
  const check = (
    review: Partial<typeof REVIEW>,
    record: Parameters<typeof validateAppReview>[2] = RECORD,
  ) => faultsOf(() => validateAppReview({ ...REVIEW, ...review }, FIRST_CRITERIA.criteria, record));
  const scored = (score: number) =>
    REVIEW.scores.map((one) => (one.criterion === 'privacy' ? { ...one, score } : one));

  it('says something of each criterion', () => {
    expect(check({})).toEqual([]);
    expect(check({ scores: REVIEW.scores.slice(1), summary: ' ' })).toEqual([
      'score-privacy required',
      'summary required',
    ]);
    expect(check({ advice: null })).toEqual(['advice required']);
    expect(check({ scores: scored(0) })).toEqual(['score-privacy invalid-choice']);
    expect(check({ scores: REVIEW.scores.map((one) => ({ ...one, note: '' })) })).toHaveLength(5);
  });

  it('recommends nothing that is below three, or that promises something medical without the mark', () => {
    expect(check({ scores: scored(2) })).toEqual(['advice score-too-low']);
    expect(check({ scores: scored(2), advice: 'not_shown' })).toEqual([]);
    expect(check({}, MEDICAL)).toEqual(['advice claim-without-mark']);
    expect(check({ advice: 'pending' }, MEDICAL)).toEqual([]);
  });
});

describe('a decision', () => {
  const verdict = fc.constantFrom(...VERDICTS);
  const given = { reasons: 'Duidelijk', validUntil: LATER };

  it('recommends nothing without two different people who advised it independently', () => {
    const person = fc.record({ who: fc.integer({ min: 1, max: 4 }), advice: verdict });
    const facts = fc.record({
      submitted: fc.boolean(),
      worksForSupplier: fc.boolean(),
      conflict: fc.constantFrom(true, false, null),
      isCurator: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(person, { maxLength: 12 }),
        fc.array(facts, { minLength: 4, maxLength: 4 }),
        (presses, people) => {
          const done: { who: number; advice: Verdict }[] = [];
          for (const { who, advice } of presses) {
            const one = people[who - 1];
            if (!one) throw new Error('nobody');
            const refusal = reviewRefusal({
              ...{ ...one, isOpen: true, advices: done.map((each) => each.advice) },
              hasReviewed: done.some((each) => each.who === who),
            });
            if (refusal === null) done.push({ who, advice });
          }
          const advices = done.map((each) => each.advice);
          let decided: Verdict | null = null;
          try {
            decided = decide({ isOpen: true, isReviewer: true, advices }, given, NOW);
          } catch (error) {
            if (!(error instanceof DomainError)) throw error;
          }
          if (decided === null) return;
          const behind = new Set(
            done.filter((each) => each.advice === decided).map(({ who }) => who),
          );
          for (const who of done.map((each) => each.who)) {
            const one = people[who - 1];
            expect(one).toMatchObject({ isCurator: true, submitted: false, conflict: false });
            expect(one?.worksForSupplier).toBe(false);
          }
          if (decided === 'recommend') expect(behind.size).toBeGreaterThanOrEqual(2);
          expect(done.length).toBeLessThanOrEqual(3);
        },
      ),
      { seed: 20_261_201, numRuns: 2000 },
    );
  });

  it.each<[Verdict[], Verdict | null]>([
    [[], null],
    [['recommend'], null],
    [['recommend', 'recommend'], 'recommend'],
    [['recommend', 'not_shown'], null],
    [['recommend', 'not_shown', 'not_shown'], 'not_shown'],
    [['recommend', 'not_shown', 'recommend'], 'recommend'],
    [['recommend', 'not_shown', 'pending'], 'pending'],
  ])('%o comes to %s', (advices, expected) => expect(outcomeOf(advices)).toBe(expected));

  it('is written by who judged, with reasons, and holds for a while', () => {
    const both: Verdict[] = ['recommend', 'recommend'];
    const round = { isOpen: true, isReviewer: true, advices: both };
    expect(decide(round, given, NOW)).toBe('recommend');
    const refused = (
      change: Partial<typeof round>,
      more: Partial<Parameters<typeof decide>[1]> = {},
    ) => faultsOf(() => decide({ ...round, ...change }, { ...given, ...more }, NOW));
    expect(refused({ isOpen: false })).toEqual(['market.review-closed']);
    expect(refused({ isReviewer: false })).toEqual(['market.not-reviewer']);
    expect(refused({ advices: ['recommend'] })).toEqual(['market.reviews-missing']);
    expect(refused({ advices: ['recommend', 'pending'] })).toEqual(['market.reviews-differ']);
    expect(refused({}, { reasons: ' ', validUntil: NOW })).toEqual([
      'reasons required',
      'validUntil not-after-today',
    ]);
    expect(refused({}, { validUntil: null })).toEqual(['validUntil not-a-date']);
    const long = new Date(NOW.getTime() + 551 * DAY_MS);
    expect(refused({}, { validUntil: long })).toEqual(['validUntil valid-too-long']);
    expect(LATER.getTime() - tellsAt(LATER, NOW).getTime()).toBe(42 * DAY_MS);
    const soon = new Date(NOW.getTime() + 10 * DAY_MS);
    expect(soon.getTime() - tellsAt(soon, NOW).getTime()).toBe(5 * DAY_MS);
  });
});
