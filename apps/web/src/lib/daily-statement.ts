import type { PageTexts } from '@wijk/i18n';
import type { MomentText } from './views.ts';

/** One line of the table of a daily statement, in words. */
export interface StatementLine {
  who: string;
  accounts: number;
  balance: string;
  reserved: string;
}

/** A daily statement as its page shows it. */
export interface StatementView {
  day: string;
  dayText: string;
  lines: StatementLine[] | null;
  /** kinds of which there are few stand together */
  grouped: boolean;
  sum: string;
  comesToNothing: boolean;
  /** "the wijk has brought 1.250,00 into circulation"; '' where that is not told */
  issued: string;
  paid: string;
  height: number;
  /** in groups of eight characters, to be compared by eye */
  head: string[];
  made: MomentText;
}

export interface StatementPage {
  texts: PageTexts['dailyStatement'];
  title: string;
  lead: string;
  /** how the wijk calls its credits */
  plural: string;
  statement: StatementView | null;
  previous: { day: string; text: string } | null;
  next: { day: string; text: string } | null;
}
