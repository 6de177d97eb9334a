import type { CommentView } from '@wijk/contracts/dialogue';
import type { AnswerView, QuestionSummary } from '@wijk/contracts/questions';

/** A moment as pages show it: words, and the exact moment for machines, hovering and screen readers. */
export interface MomentText {
  iso: string;
  text: string;
  exact: string;
}

export type PromiseTone = 'kept' | 'running' | 'near' | 'late' | 'still';

export interface PromiseText {
  /** 'none': the question stands, and no promise was made */
  state: QuestionSummary['promise']['state'] | 'none';
  tone: PromiseTone;
  /** 'Antwoord voor morgen 14.00 uur' */
  text: string;
  due: MomentText;
  /** share of the term that is used, 0 to 1; null when there is nothing left to show */
  used: number | null;
  /** 'nog 3 uur' */
  left: string;
}

export interface QuestionCardView {
  ref: string;
  slug: string;
  title: string;
  excerpt: string;
  theme: { slug: string; name: string };
  /** 'Henk' or 'een buurtgenoot' */
  askedBy: string;
  asked: MomentText;
  status: QuestionSummary['status'];
  moderation: QuestionSummary['moderation'];
  answers: string;
  answerCount: number;
  /** '12 buurtgenoten hebben deze vraag ook'; '' when none has */
  meToo: string;
  promise: PromiseText;
}

/** A stretch of text: plain, strong, or a link to a site, a mailbox or a page of ours. */
export interface WordSpan {
  text: string;
  strong?: true;
  href?: string;
}

/** A part of a text that was taken apart on the server; see `words`. */
export type WordBlock =
  | { kind: 'heading'; spans: WordSpan[] }
  | { kind: 'paragraph'; lines: WordSpan[][] }
  | { kind: 'list'; ordered: boolean; items: WordSpan[][] };

/** A text that was changed after it was posted. */
export interface Edited {
  /** 'bewerkt, vandaag om 14.10 uur' */
  text: string;
  exact: string;
}

export interface CommentCardView {
  id: string;
  answerId: string;
  body: string;
  blocks: WordBlock[];
  /** 'Noor van der Horst', 'De vragensteller' */
  name: string;
  title: string | null;
  capacity: CommentView['author']['capacity'];
  /** null where the name says it */
  capacityText: string | null;
  at: MomentText;
  edited: Edited | null;
  own: boolean;
}

export interface AnswerCardView {
  id: string;
  body: string;
  blocks: WordBlock[];
  name: string;
  title: string | null;
  capacity: AnswerView['author']['capacity'];
  /** 'deskundige' */
  capacityText: string;
  at: MomentText;
  endorsed: boolean;
  helpful: boolean;
  own: boolean;
  edited: Edited | null;
  /** '4 mensen vonden dit nuttig'; empty where nobody did */
  useful: { text: string; count: number; mine: boolean };
  comments: { total: number; items: CommentCardView[] };
  /** its asker missed this, which may be empty; null: nobody said so, or not to this reader */
  missing: string | null;
}
