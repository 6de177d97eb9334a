import type { getScore, ReplyOf } from '@wijk/contracts';
import { countOpen, scoreByTheme, scoreByWeek } from '@wijk/db/vraagbaak';
import { DAY_MS } from '@wijk/domain/kernel';
import { isoWeekOf, mondayOf } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';

/** Weeks on the page: this one and the eleven before. */
const WEEKS = 12;

/** The public score (V12): from stored outcomes; a past week does not change by itself. */
export async function publicScore(
  services: Services,
  wijk: Wijk,
): Promise<ReplyOf<typeof getScore>> {
  const now = services.clock.now();
  const from = isoWeekOf(new Date(now.getTime() - (WEEKS - 1) * 7 * DAY_MS), wijk.timeZone);
  const [weeks, themes, open] = await Promise.all([
    scoreByWeek(services.db, wijk.id, from),
    scoreByTheme(services.db, wijk.id, from),
    countOpen(services.db, wijk.id, now),
  ]);
  return {
    openNow: open.open,
    overdueNow: open.overdue,
    weeks: weeks.map((w) => ({ ...w, startsOn: mondayOf(w) })),
    themes: themes.map(({ theme, running: _, ...line }) => ({
      ...line,
      theme: {
        slug: theme,
        name: wijk.themes.find((t) => t.slug === theme)?.name ?? theme,
      },
    })),
  };
}
