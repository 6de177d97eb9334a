import type { PageTexts } from '@wijk/i18n';

export interface ScoreRow {
  /** as it stands in the table: 'week 47, vanaf 16 november' or the name of a theme */
  name: string;
  /** below its bar */
  short: string;
  /** slug of a theme */
  slug: string | null;
  asked: number;
  kept: number;
  missed: number;
  running: number;
  /** found an answer while they were about to ask */
  deflected: number;
  /** of the questions whose outcome is known; null when there are none */
  share: number | null;
  /** '90%', '2 van 3' where a percentage would say too much, or a dash */
  shareText: string;
  /** for above a bar: the same in short, or that it still runs */
  shareShort: string;
  /** so few outcomes that they say little */
  few: boolean;
  medianMinutes: number | null;
  medianText: string;
  /** never changes any more */
  final: boolean;
}

/** Marks on a scale that people count in, from nought to at least the highest value. */
export interface Scale {
  top: number;
  ticks: { at: number; label: string }[];
}

export interface ScoreView {
  weeks: ScoreRow[];
  themes: ScoreRow[];
  weeksCaption: string;
  medianCaption: string;
  themesCaption: string;
  questionScale: Scale;
  hourScale: Scale;
  /** how often somebody found an answer in these weeks; '' when nobody did */
  deflections: string;
  openNow: number;
  overdueNow: number;
  empty: boolean;
  theme: { slug: string; name: string } | null;
  count: number;
  texts: PageTexts['score'];
}
