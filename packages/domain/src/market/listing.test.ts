import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../kernel/index.ts';
import {
  AUTHOR_STEPS,
  afterListingStep,
  LISTING_STATES,
  LISTING_STEPS,
  type ListingStep,
  type ListingText,
  listingEnds,
  listingReminds,
  mayListingStep,
  needsRecheck,
  validateListing,
  waitsForReview,
} from './listing.ts';
import { marksOf } from './listing-marks.ts';
import { DEFAULT_MARKET_POLICY } from './policy.ts';

/** Rows: states; columns: what each step makes of it, or '-' where it may not be taken. */
const TABLE = `
             submit    publish   refuse pause  resume    fulfil    renew     recheck end   remove expire
  draft      review    published -      -      -         -         -         -       ended -      -
  review     -         published draft  -      -         -         -         -       ended ended  -
  published  -         -         -      paused -         fulfilled published review  ended ended  ended
  paused     -         -         -      -      published fulfilled published review  ended ended  ended
  fulfilled  -         -         -      -      -         -         -         -       -     ended  -
  ended      -         -         -      -      -         -         published -       -     -      -`;

const [header = '', ...lines] = TABLE.trim().split('\n');
const steps = header.trim().split(/\s+/) as ListingStep[];

describe('the steps of a listing', () => {
  it('are all in the table', () => {
    expect([...steps].sort()).toEqual(Object.keys(LISTING_STEPS).sort());
    expect(lines.map((line) => line.trim().split(/\s+/)[0])).toEqual([...LISTING_STATES]);
    for (const step of AUTHOR_STEPS) expect(steps).toContain(step);
  });

  it.each(
    lines.flatMap((line) => {
      const [state = '', ...to] = line.trim().split(/\s+/);
      return to.map((next, i) => ({ state, step: steps[i], next }));
    }),
  )('$step from $state gives $next', ({ state, step, next }) => {
    const from = LISTING_STATES.find((one) => one === state) ?? 'draft';
    expect(mayListingStep(from, step as ListingStep)).toBe(next !== '-');
    if (next !== '-') expect(afterListingStep(from, step as ListingStep)).toBe(next);
    else
      expect(() => afterListingStep(from, step as ListingStep)).toThrow(
        expect.objectContaining({ code: 'market.listing-step-not-now', params: { state } }),
      );
  });

  it('end after the term of the wijk, and its author hears of it some days before', () => {
    const now = new Date('2026-11-18T10:00:00Z');
    const ends = listingEnds({ listingDays: 30 }, now);
    expect(ends.toISOString()).toBe('2026-12-18T10:00:00.000Z');
    expect(listingReminds({ remindDays: 7 }, ends).toISOString()).toBe('2026-12-11T10:00:00.000Z');
  });

  it('pass the market master where the wijk asks it, and an app always waits', () => {
    expect(waitsForReview('offer', { reviewFirst: false })).toBe(false);
    expect(waitsForReview('request', { reviewFirst: true })).toBe(true);
    expect(waitsForReview('ehealth', { reviewFirst: false })).toBe(true);
  });
});

const GOOD: ListingText = {
  kind: 'offer',
  title: 'Kleine klussen',
  body: 'Een kraanleertje of een plint.',
  audience: '',
  accessibility: '',
  availability: '',
  theme: 'klussen',
  area: 'molenwal',
  shell: 1,
  languages: ['nl'],
  mode: 'hourly',
  rate: 600,
  places: null,
  periods: [{ weekday: 1, from: '09:30', until: '15:00' }],
};

const faultsOf = (change: Partial<ListingText>): string[] => {
  try {
    validateListing({ ...GOOD, ...change });
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.errors.map(({ pointer, code }) => `${pointer} ${code}`);
  }
};
const period = (from: string, until: string, weekday = 1) => ({
  periods: [{ weekday, from, until }],
});

describe('what has to be there before others see it', () => {
  it.each<[string, Partial<ListingText>, string[]]>([
    ['everything is right', {}, []],
    ['no title', { title: ' ' }, ['title required']],
    ['a title too long', { title: 'x'.repeat(121) }, ['title too-long']],
    ['a title as long as may be', { title: 'x'.repeat(120) }, []],
    ['no text', { body: '' }, ['body required']],
    ['a text too long', { body: 'x'.repeat(4001) }, ['body too-long']],
    ['a note too long', { audience: 'x'.repeat(301) }, ['audience too-long']],
    ['another note too long', { accessibility: 'x'.repeat(301) }, ['accessibility too-long']],
    ['a third note too long', { availability: 'x'.repeat(301) }, ['availability too-long']],
    ['no theme', { theme: '' }, ['theme required']],
    ['no area', { area: '' }, ['area required']],
    ['no language', { languages: [] }, ['languages required']],
    ['no price an hour', { rate: 0 }, ['rate too-small']],
    ['no fixed price', { mode: 'fixed', rate: 0 }, ['rate too-small']],
    ['free', { mode: 'free', rate: 0 }, []],
    ['what one can give', { mode: 'ability', rate: 0 }, []],
    ['half a minor unit', { rate: 0.5 }, ['rate too-small']],
    ['a fortune', { rate: 100_000_001 }, ['rate too-large']],
    ['no place', { places: 0 }, ['places too-large']],
    ['a hall full', { places: 51 }, ['places too-large']],
    ['fifty places', { places: 50 }, []],
    ['no such day', period('09:00', '10:00', 8), ['periods.0.weekday invalid-choice']],
    ['no such time', period('9 uur', '10:00'), ['periods.0.from not-a-time']],
    ['no end', period('09:00', ''), ['periods.0.until not-a-time']],
    ['the end first', period('10:00', '09:00'), ['periods.0.until ends-before-starts']],
    ['the end of the day', period('20:00', '24:00'), []],
    ['a beginning at the end of the day', period('24:00', '24:00'), ['periods.0.from not-a-time']],
  ])('%s', (_name, change, faults) => {
    expect(faultsOf(change)).toEqual(faults);
  });

  it('is told all at once', () => {
    expect(faultsOf({ title: '', body: '', theme: '', area: '', languages: [], rate: 0 })).toEqual([
      'title required',
      'body required',
      'theme required',
      'area required',
      'languages required',
      'rate too-small',
    ]);
    const many = Array.from(
      { length: 15 },
      () => GOOD.periods[0] ?? { weekday: 1, from: '', until: '' },
    );
    expect(faultsOf({ periods: many })).toEqual(['periods too-many']);
  });
});

interface Offer {
  id: string;
  title: string;
  body: string;
  audience: string;
  accessibility: string;
  availability: string;
  curate?: string;
}

const offers = readFileSync(
  new URL('../../../db/seed/content/aanbod.jsonl', import.meta.url),
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Offer);
const marksOfOffer = (one: Offer) =>
  marksOf([one.title, one.body, one.audience, one.accessibility, one.availability]);

describe('what stands out in a text', () => {
  it('is found in each text of the content that the market master must refuse', () => {
    const curated = offers.filter(({ curate }) => curate !== undefined);
    expect(curated).toHaveLength(4);
    expect(curated.map((one) => [one.id, marksOfOffer(one)])).toEqual([
      ['m040', ['recruiting']],
      ['m052', ['bodily-care']],
      ['m060', ['address', 'keys']],
      ['m065', ['medicines']],
    ]);
  });

  it('is found in none of the others', () => {
    const others = offers.filter(({ curate }) => curate === undefined);
    expect(others).toHaveLength(66);
    const marked = others.map((one) => [one.id, marksOfOffer(one)] as const);
    expect(marked.filter(([, marks]) => marks.length > 0)).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['Ik help u onder de douche.', ['bodily-care']],
    ['Ik help met steunkousen aantrekken', ['bodily-care']],
    ['Ik doe geen lichamelijke verzorging.', []],
    ['Wassen en aankleden doet de thuiszorg.', []],
    ['Wij wonen op Molenwal 12.', []],
    ['Kom naar Kerkstraat 12a.', ['address']],
    ['Kom naar 3511 AB in de stad', ['address']],
    ['Sinds 2009 en nog steeds.', []],
    ['De sleutel ligt onder de mat', ['keys']],
    ['Wij zijn van 1 tot 9 mei niet thuis.', ['keys']],
    ['Bel 06-12345678 of 030 123 4567', ['contact']],
    ['Mail naar henk@voorbeeld.nl.', ['contact']],
    ['Verdien tot 500 per week!', ['recruiting']],
    ['Ik haal uw medicijnen bij de apotheek.', []],
    ['Wie wil mijn pijnstillers hebben?', ['medicines']],
  ])('"%s" draws %j', (text, marks) => {
    expect(marksOf([text])).toEqual(marks);
  });
});

describe('a published text that is changed', () => {
  const side = (text: string) => ({ text, marks: marksOf([text]) });
  const before = side('Ik repareer kranen en lampen in de Molenwal');
  const first = { ...DEFAULT_MARKET_POLICY, reviewFirst: true };
  const after = { ...DEFAULT_MARKET_POLICY, reviewFirst: false };

  it('stays where a word is put right', () => {
    expect(needsRecheck(before, side('Ik repareer kranen en lampen in de Molenwal!'), first)).toBe(
      false,
    );
    expect(
      needsRecheck(before, side('Ik repareer kranen en stopcontacten in de Molenwal'), first),
    ).toBe(false);
  });

  it('goes back when it has become another text, where the wijk looks first', () => {
    const other = side('Nu verkoop ik telefoons aan iedereen die belt');
    expect(needsRecheck(before, other, first)).toBe(true);
    expect(needsRecheck(before, other, after)).toBe(false);
  });

  it('goes back when it draws a warning that it did not draw, in any wijk', () => {
    const marked = side('Ik repareer kranen en lampen in de Molenwal, mail a@b.nl');
    expect(needsRecheck(before, marked, after)).toBe(true);
    expect(needsRecheck(marked, marked, after)).toBe(false);
  });
});
