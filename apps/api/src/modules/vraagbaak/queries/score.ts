import type { getScore, QueryOf, ReplyOf } from '@wijk/contracts';
import {
  countDeflections,
  countOpen,
  type DeflectionLine,
  type ScoreLine,
  scoreByTheme,
  scoreByWeek,
} from '@wijk/db/vraagbaak';
import { isoWeekOf, lastWeeks, mondayOf } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';

const EMPTY: ScoreLine = {
  asked: 0,
  kept: 0,
  missed: 0,
  running: 0,
  medianMinutes: null,
  medianBeyondTerm: false,
  settled: true,
};

/**
 * The public score (V12): from stored outcomes, so that a past week does not change by itself. A theme
 * that the wijk does not have counts nothing.
 */
export async function publicScore(
  services: Services,
  wijk: Wijk,
  {
    theme = null,
    weeks: count,
  }: { theme?: string | null | undefined } & Pick<QueryOf<typeof getScore>, 'weeks'>,
): Promise<ReplyOf<typeof getScore>> {
  const now = services.clock.now();
  const calendar = lastWeeks(now, wijk.timeZone, count);
  const from = calendar[0] ?? isoWeekOf(now, wijk.timeZone);
  const [byWeek, themes, open, deflections] = await Promise.all([
    scoreByWeek(services.db, wijk.id, from, theme),
    scoreByTheme(services.db, wijk.id, from),
    countOpen(services.db, wijk.id, now, theme),
    countDeflections(services.db, wijk.id, from),
  ]);
  const nameOf = (slug: string) => ({
    slug,
    name: wijk.themes.find((known) => known.slug === slug)?.name ?? slug,
  });
  return {
    openNow: open.open,
    overdueNow: open.overdue,
    theme: theme === null ? null : nameOf(theme),
    total: {
      ...byWeek.total,
      deflected: sum(deflections, (d) => theme === null || d.theme === theme),
    },
    weeks: calendar.map((week, index) => {
      const line = byWeek.weeks.find((w) => w.year === week.year && w.week === week.week) ?? EMPTY;
      const over = index < calendar.length - 1;
      const deflected = sum(
        deflections,
        (d) =>
          d.year === week.year && d.week === week.week && (theme === null || d.theme === theme),
      );
      const final = over && line.settled;
      return { ...week, ...line, deflected, startsOn: mondayOf(week), final };
    }),
    themes: withDeflected(themes, deflections).map(({ theme: slug, ...line }) => ({
      ...line,
      theme: nameOf(slug),
    })),
  };
}

const sum = (lines: readonly DeflectionLine[], counts: (line: DeflectionLine) => boolean) =>
  lines.filter(counts).reduce((total, line) => total + line.count, 0);

/** Also the themes that were found and not asked about. */
function withDeflected(
  themes: readonly (ScoreLine & { theme: string })[],
  deflections: readonly DeflectionLine[],
) {
  const asked = new Set(themes.map((line) => line.theme));
  const found = [...new Set(deflections.map((d) => d.theme))].filter((slug) => !asked.has(slug));
  return [...themes, ...found.sort().map((theme) => ({ ...EMPTY, theme }))].map((line) => ({
    ...line,
    deflected: sum(deflections, (d) => d.theme === line.theme),
  }));
}
