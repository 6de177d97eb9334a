import type { AnswerView, QuestionSummary } from '@wijk/contracts/questions';

/** A moment as pages show it: words, and the exact moment for machines, hovering and screen readers. */
export interface MomentText {
  iso: string;
  text: string;
  exact: string;
}

export type PromiseTone = 'kept' | 'running' | 'near' | 'late' | 'still';

export interface PromiseText {
  state: QuestionSummary['promise']['state'];
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
  promise: PromiseText;
}

export interface AnswerCardView {
  id: string;
  body: string;
  name: string;
  title: string | null;
  capacity: AnswerView['author']['capacity'];
  /** 'deskundige' */
  capacityText: string;
  at: MomentText;
  endorsed: boolean;
  helpful: boolean;
  own: boolean;
}
