import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleOfCounts, scaleOfHours } from './scale.ts';
import { type Score, scoreView } from './score.ts';
import { scoreCsv } from './score-csv.ts';

const NL = { locale: 'nl' as const };
const counts = (kept: number, missed: number, running = 0, medianMinutes: number | null = 90) => ({
  asked: kept + missed + running,
  kept,
  missed,
  running,
  medianMinutes: kept + missed > 0 ? medianMinutes : null,
  medianBeyondTerm: kept + missed > 0 && medianMinutes === null,
  deflected: 0,
});
const week = (number: number, line: ReturnType<typeof counts>, final = true) => ({
  year: 2026,
  week: number,
  startsOn: `2026-11-${String((number - 45) * 7 + 2).padStart(2, '0')}`,
  ...line,
  final,
});
function score(line: ReturnType<typeof counts>, more: Partial<Score> = {}): Score {
  return {
    openNow: 1,
    overdueNow: 0,
    theme: null,
    total: line,
    weeks: [week(45, counts(0, 0)), week(46, line)],
    themes: [],
    ...more,
  };
}
const theme = (name: string, kept: number, missed: number) => ({
  theme: { slug: name.toLowerCase(), name },
  ...counts(kept, missed),
});

describe('the sentence', () => {
  it('has figures and a percentage, rounded down', () => {
    const { weeksCaption, medianCaption } = scoreView(score(counts(199, 1, 2)), NL);
    expect(weeksCaption).toBe(
      'In de afgelopen 2 weken kregen 199 van de 200 vragen op tijd antwoord. Dat is 99%. Bij 2 vragen loopt de tijd nog.',
    );
    expect(medianCaption).toBe(
      'De helft van de vragen had binnen 1 uur en 30 minuten een antwoord dat telt.',
    );
  });

  it('claims no percentage of fewer than five questions, in no place', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 0, max: 4 }),
        (kept, missed) => {
          fc.pre(kept + missed < 5);
          const view = scoreView(
            score(counts(kept, missed), { themes: [theme('Wonen', kept, missed)] }),
            NL,
          );
          const said = [
            view.weeksCaption,
            view.medianCaption,
            view.themesCaption,
            ...[...view.weeks, ...view.themes].flatMap((row) => [row.shareText, row.shareShort]),
          ];
          expect(said.join(' ')).not.toContain('%');
        },
      ),
    );
    expect(scoreView(score(counts(2, 1)), NL).weeksCaption).toContain('2 van de 3');
    expect(scoreView(score(counts(4, 1)), NL).weeksCaption).toContain('80%');
  });

  it('says so when nothing is known, when a theme was chosen, and when most were late', () => {
    expect(scoreView(score(counts(0, 0, 1)), NL).weeksCaption).toBe(
      'In de afgelopen 2 weken is er nog geen vraag waarvan we de uitkomst weten. Bij 1 vraag loopt de tijd nog.',
    );
    const wonen = { slug: 'wonen', name: 'Wonen' };
    expect(scoreView(score(counts(9, 1), { theme: wonen }), NL).weeksCaption).toMatch(
      /^Dit gaat alleen over het onderwerp Wonen\. /,
    );
    const late = scoreView(score(counts(4, 6, 0, null)), NL);
    expect(late.medianCaption).toContain('geen antwoord binnen de beloofde tijd');
    expect(late.weeks[1]?.medianText).toBe('langer dan beloofd');
  });

  it('compares themes with enough questions only', () => {
    const themes = [theme('Wonen', 9, 1), theme('Zorg', 5, 5), theme('Eten', 4, 0)];
    const view = scoreView(score(counts(18, 6), { themes }), NL);
    expect(view.themesCaption).toContain(
      'Het vaakst op tijd: Wonen (90%). Het minst vaak: Zorg (50%).',
    );
    expect(view.themes.map((row) => row.name)).toEqual(['Wonen', 'Zorg', 'Eten']);
    const few = scoreView(score(counts(4, 0), { themes: themes.slice(2) }), NL);
    expect(few.themesCaption).toContain('pas als');
    expect(few.themesCaption).not.toContain('Eten');
  });
});

it('a week that still runs shows no share above its bar, only that it runs', () => {
  const running = { ...week(47, counts(9, 1, 3)), final: false };
  const view = scoreView(score(counts(9, 1, 3), { weeks: [week(46, counts(9, 1)), running] }), NL);
  expect(view.weeks.map((row) => row.shareShort)).toEqual(['90%', 'loopt']);
  expect(view.weeks.map((row) => row.final)).toEqual([true, false]);
});

describe('a scale', () => {
  it('begins at nought, holds the highest value, and has two to five whole marks', () => {
    const values = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(values, (list) => {
        for (const scale of [
          scaleOfCounts(list),
          scaleOfHours(
            list.map((n) => n / 100),
            'uur',
          ),
        ]) {
          expect(scale.ticks[0]?.at).toBe(0);
          expect(scale.ticks.at(-1)?.at).toBeCloseTo(1);
          expect(scale.ticks.length).toBeGreaterThanOrEqual(2);
          expect(scale.ticks.length).toBeLessThanOrEqual(5);
          for (const { label } of scale.ticks) expect(label).toMatch(/^\d+( uur)?$/);
        }
        expect(scaleOfCounts(list).top).toBeGreaterThanOrEqual(Math.max(0, ...list));
      }),
    );
  });
});

describe('the CSV file', () => {
  it('has the figures of the table, a row each', () => {
    const lines = scoreCsv(score(counts(9, 1, 2), { themes: [theme('Wonen', 9, 1)] }), NL).split(
      '\r\n',
    );
    expect(lines).toEqual([
      'soort,naam,begint op,gevraagd,op tijd,te laat,loopt nog,helft beantwoord binnen (minuten),al beantwoord,stand',
      'Week,45,2026-11-02,0,0,0,0,,0,staat vast',
      'Week,46,2026-11-09,12,9,1,2,90,0,staat vast',
      'Onderwerp,Wonen,,10,9,1,0,90,0,staat vast',
      '',
    ]);
  });

  it('keeps a name from being a formula or from breaking the row', () => {
    const themes = [theme('=HYPERLINK("x")', 9, 1), theme('Zorg, "thuis"', 5, 5)];
    const lines = scoreCsv(score(counts(9, 1), { themes }), NL).split('\r\n');
    expect(lines[3]).toMatch(/^Onderwerp,"'=HYPERLINK\(""x""\)",,/);
    expect(lines[4]).toMatch(/^Onderwerp,"Zorg, ""thuis""",,/);
  });
});
