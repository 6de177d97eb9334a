import type { PageTexts } from '@wijk/i18n';

export interface ScoreRow {
  name: string;
  asked: number;
  kept: number;
  missed: number;
  running: number;
  /** of the questions whose term ended; null when there are none */
  share: number | null;
  shareText: string;
  medianText: string;
}

export interface ScoreView {
  weeks: ScoreRow[];
  themes: ScoreRow[];
  weeksCaption: string;
  themesCaption: string;
  openNow: number;
  overdueNow: number;
  empty: boolean;
  texts: PageTexts['score'];
}
