import type { AnswerCardView, MomentText, PromiseText, QuestionCardView } from '#lib/views.ts';

/** One line of the queue, in words. */
export interface DeskRow {
  ref: string;
  title: string;
  theme: string;
  promise: PromiseText;
  /** 'nog 3 uur', '2 uur te laat', 'op tijd beantwoord' */
  time: string;
  /** who is on it */
  holder: { kind: 'mine' | 'other' | 'assigned' | 'none'; text: string };
  answers: string;
  toCheck: boolean;
  mark: { kind: 'public' | 'anonymous' | 'private'; text: string };
}

export interface ExpertChoice {
  id: string;
  name: string;
  title: string | null;
  themes: string;
  inHand: string;
  fits: boolean;
  asked: boolean;
}

export interface Happening {
  /** the same row keeps its key, also when what it tells was undone */
  key: string;
  at: MomentText;
  text: string;
  who: string | null;
}

/** What the main thing to do is; the pane has one main button. */
export type Stage = 'closed' | 'answered' | 'to-check' | 'mine' | 'held' | 'assigned' | 'free';

export interface PaneView {
  ref: string;
  question: QuestionCardView;
  body: string;
  stage: Stage;
  seen: { kind: DeskRow['mark']['kind']; text: string };
  /** who is on it and who was asked, as sentences */
  claim: { mine: boolean; text: string } | null;
  assigned: string | null;
  answers: AnswerCardView[];
  experts: ExpertChoice[];
  history: Happening[];
}
