import type { ReplyOf } from '@wijk/contracts/define';
import type { getScore } from '@wijk/contracts/questions';
import { formatDay, formatDuration, type MessageParams, pageTexts, plural, t } from '@wijk/i18n';
import type { ScoreRow, ScoreView } from '#lib/score.ts';
import { scaleOfCounts, scaleOfHours } from './scale.ts';
import type { Speaker } from './views.ts';

export type Score = ReplyOf<typeof getScore>;
type Counts = Score['total'];
type Words = Pick<Speaker, 'locale'>;

/** Below this many known outcomes a percentage would say more than the figures can bear. */
export const FEW = 5;
/** Numbers of weeks to choose from; the first is what a phone has room for. */
export const WEEK_CHOICES = [8, 13, 26, 52] as const;
export const WEEKS_DEFAULT = 8;

function row(
  names: Pick<ScoreRow, 'name' | 'short' | 'slug'>,
  counts: Counts,
  final: boolean,
  { locale }: Words,
): ScoreRow {
  const { asked, kept, missed, medianMinutes, medianBeyondTerm, running, deflected } = counts;
  const ended = kept + missed;
  const none = t(locale, 'page.score.none');
  const few = ended < FEW;
  const share = ended > 0 ? kept / ended : null;
  const medianNone = medianBeyondTerm ? t(locale, 'page.score.medianLate') : none;
  return {
    ...names,
    ...{ asked, kept, missed, running, deflected, share, final },
    shareText:
      share === null ? none : few ? t(locale, 'page.score.ofFew', { kept, ended }) : percent(share),
    shareShort: shortOf(share, final, few ? `${kept}/${ended}` : null, locale),
    few,
    medianMinutes,
    medianText: medianMinutes === null ? medianNone : formatDuration(medianMinutes, locale),
  };
}

/** A share that may still change is not shown as if it were one. */
function shortOf(
  share: number | null,
  final: boolean,
  counted: string | null,
  locale: Speaker['locale'],
): string {
  if (!final) return t(locale, 'page.score.runs');
  return share === null ? '' : (counted ?? percent(share));
}

/** Rounded down: 99.6 % is not 'all of them'. */
const percent = (share: number) => `${Math.floor(share * 100 + 1e-9)}%`;

/** The score in words, rows and one sentence per chart. */
export function scoreView(score: Score, { locale }: Words): ScoreView {
  const weeks = score.weeks.map((week) =>
    row(
      {
        name: t(locale, 'page.score.weekFrom', {
          week: week.week,
          from: formatDay(week.startsOn, locale),
        }),
        short: String(week.week),
        slug: null,
      },
      week,
      week.final,
      { locale },
    ),
  );
  const themes = score.themes
    .map((line) => {
      const { name, slug } = line.theme;
      return row({ name, short: name, slug }, line, line.running === 0, { locale });
    })
    .sort((a, b) => rank(b) - rank(a) || b.asked - a.asked || a.name.localeCompare(b.name));
  return {
    weeks,
    themes,
    weeksCaption: weeksCaption(score, { locale }),
    medianCaption: medianCaption(score, { locale }),
    themesCaption: themesCaption(themes, { locale }),
    questionScale: scaleOfCounts(weeks.map((w) => w.kept + w.missed + w.running)),
    hourScale: scaleOfHours(
      weeks.map((w) => (w.medianMinutes ?? 0) / 60),
      t(locale, 'page.score.hourShort'),
    ),
    deflections:
      score.total.deflected > 0
        ? plural(locale, 'page.score.deflections', score.total.deflected)
        : '',
    openNow: score.openNow,
    overdueNow: score.overdueNow,
    empty: weeks.every((w) => w.asked === 0) && themes.length === 0,
    theme: score.theme,
    count: weeks.length,
    texts: pageTexts(locale, 'score'),
  };
}

/** Few questions are not compared: they come after those that are. */
const rank = ({ share, kept, missed }: ScoreRow) =>
  share === null ? -2 : kept + missed < FEW ? -1 : share;

function weeksCaption({ total, weeks, theme }: Score, { locale }: Words): string {
  const { kept, missed, running } = total;
  const ended = kept + missed;
  const say = (key: Parameters<typeof t>[1], params: MessageParams = {}) => t(locale, key, params);
  const sentences = theme ? [say('page.score.captionTheme', { theme: theme.name })] : [];
  const period = plural(locale, 'page.score.period', weeks.length);
  const figures = { period, kept, ended, missed };
  if (ended === 0) sentences.push(say('page.score.captionNone', figures));
  else if (ended < FEW) sentences.push(say('page.score.captionFew', figures));
  else sentences.push(say('page.score.caption', { ...figures, percent: percent(kept / ended) }));
  if (running > 0) sentences.push(plural(locale, 'page.score.captionRunning', running));
  return sentences.join(' ');
}

function medianCaption({ total }: Score, { locale }: Words): string {
  const ended = total.kept + total.missed;
  if (ended === 0) return '';
  if (ended < FEW) return t(locale, 'page.score.medianFew', { ended });
  if (total.medianMinutes === null) return t(locale, 'page.score.medianCaptionLate');
  return t(locale, 'page.score.medianCaption', {
    median: formatDuration(total.medianMinutes, locale),
  });
}

function themesCaption(themes: ScoreRow[], { locale }: Words): string {
  const counted = themes.filter((theme) => rank(theme) >= 0);
  const best = counted[0];
  const worst = counted.at(-1);
  if (!best || !worst || counted.length < 2) return t(locale, 'page.score.themeFew', { few: FEW });
  if (best.shareText === worst.shareText)
    return t(locale, 'page.score.themeSame', { share: best.shareText });
  return t(locale, 'page.score.themeCaption', {
    best: `${names(counted, best, locale)} (${best.shareText})`,
    worst: `${names(counted, worst, locale)} (${worst.shareText})`,
  });
}

/** Those that share a place: by name, or counted when they are many. */
function names(all: ScoreRow[], { shareText }: ScoreRow, locale: Speaker['locale']): string {
  const equal = all.filter((theme) => theme.shareText === shareText);
  if (equal.length <= 2) return equal.map(({ name }) => name).join(', ');
  return plural(locale, 'page.score.subjects', equal.length);
}
