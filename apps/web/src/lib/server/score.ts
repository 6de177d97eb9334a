import type { ReplyOf } from '@wijk/contracts/define';
import type { getScore } from '@wijk/contracts/questions';
import { formatDuration, pageTexts, plural, t } from '@wijk/i18n';
import type { ScoreRow, ScoreView } from '#lib/score.ts';
import type { Speaker } from './views.ts';

type Score = ReplyOf<typeof getScore>;
type Counts = Pick<Score['themes'][number], 'asked' | 'kept' | 'missed' | 'medianMinutes'>;

/** as many bars as a phone has room for */
const WEEKS_SHOWN = 8;

function row(name: string, counts: Counts & { running?: number }, say: Speaker): ScoreRow {
  const { asked, kept, missed, medianMinutes, running } = counts;
  const ended = kept + missed;
  const none = t(say.locale, 'page.score.none');
  return {
    name,
    asked,
    kept,
    missed,
    running: running ?? asked - ended,
    share: ended > 0 ? kept / ended : null,
    shareText: ended > 0 ? percent(kept / ended) : none,
    medianText: medianMinutes === null ? none : formatDuration(medianMinutes, say.locale),
  };
}

/** Rounded down: 99.6 % is not 'all of them'. */
const percent = (share: number) => `${Math.floor(share * 100)}%`;

/** The score in words, rows and one sentence per chart. */
export function scoreView(score: Score, say: Speaker): ScoreView {
  const { locale } = say;
  const texts = pageTexts(locale, 'score');
  const shown = [...score.weeks]
    .sort((a, b) => a.startsOn.localeCompare(b.startsOn))
    .slice(-WEEKS_SHOWN);
  const weeks = shown.map((w) => row(String(w.week), w, say));
  const themes = score.themes
    .map((theme) => row(theme.theme.name, theme, say))
    .sort((a, b) => (b.share ?? -1) - (a.share ?? -1) || b.asked - a.asked);
  return {
    weeks,
    themes,
    weeksCaption: weeksCaption(weeks, shown, say),
    themesCaption: themesCaption(themes, say),
    openNow: score.openNow,
    overdueNow: score.overdueNow,
    empty: weeks.every((w) => w.asked === 0),
    texts,
  };
}

function weeksCaption(weeks: ScoreRow[], shown: Score['weeks'], { locale }: Speaker): string {
  const kept = weeks.reduce((sum, w) => sum + w.kept, 0);
  const ended = weeks.reduce((sum, w) => sum + w.kept + w.missed, 0);
  if (ended === 0) return t(locale, 'page.score.captionNone');
  const first = t(locale, 'page.score.caption', {
    weeks: weeks.length,
    kept,
    ended,
    percent: percent(kept / ended),
  });
  const last = shown.findLast((w) => w.running === 0 && w.medianMinutes !== null);
  if (!last) return first;
  const median = formatDuration(last.medianMinutes ?? 0, locale);
  return `${first} ${t(locale, 'page.score.captionMedian', { week: last.week, median })}`;
}

function themesCaption(themes: ScoreRow[], { locale }: Speaker): string {
  const counted = themes.filter((theme) => theme.share !== null);
  const best = counted[0];
  const worst = counted.at(-1);
  if (!best || !worst || best.share === worst.share) return '';
  return t(locale, 'page.score.themeCaption', {
    best: `${names(counted, best, locale)} (${best.shareText})`,
    worst: `${names(counted, worst, locale)} (${worst.shareText})`,
  });
}

/** Those that share a place: by name, or counted when they are many. */
function names(all: ScoreRow[], { share }: ScoreRow, locale: Speaker['locale']): string {
  const equal = all.filter((theme) => theme.share === share);
  if (equal.length <= 2) return equal.map(({ name }) => name).join(', ');
  return plural(locale, 'page.score.subjects', equal.length);
}
