import type { ShownPhoto } from '#lib/server/photo-paths.ts';
import type {
  AnswerCardView,
  CommentCardView,
  MomentText,
  PromiseText,
  QuestionCardView,
} from '#lib/views.ts';

/** What stands out about a question, in the order in which it matters. */
export type ChipKind =
  | 'urgent'
  | 'appealed'
  | 'flagged'
  | 'held'
  | 'hidden'
  | 'removed'
  | 'duplicate'
  | 'mail'
  | 'waiting'
  | 'unhelpful'
  | 'edited'
  | 'own';

export interface Chip {
  kind: ChipKind;
  text: string;
}

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
  chips: Chip[];
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

/**
 * What there is to do first; the pane has one main button. 'taken': a colleague is on it. 'held':
 * it waits for its first review.
 */
export type Stage =
  | 'closed'
  | 'duplicate'
  | 'appealed'
  | 'taken'
  | 'urgent'
  | 'held'
  | 'hidden'
  | 'flagged'
  | 'waiting'
  | 'answered'
  | 'to-check'
  | 'mine'
  | 'assigned'
  | 'free';

export interface DeskComment extends CommentCardView {
  hidden: boolean;
}

export interface DeskAnswer extends AnswerCardView {
  hidden: boolean;
  comments: { total: number; items: DeskComment[] };
}

export interface AskBackView {
  id: string;
  by: string;
  at: MomentText;
  body: string;
  reply: string | null;
  /** how it ended, or until when the redactie waits */
  standing: string;
}

export interface FlagView {
  id: string;
  /** 'over een antwoord' */
  about: string;
  reason: string;
  distress: boolean;
  note: string;
  at: MomentText;
}

export interface DecisionText {
  id: string;
  text: string;
  message: string;
  at: MomentText;
  reversed: boolean;
  automated: boolean;
}

export interface AppealText {
  id: string;
  against: string;
  body: string;
  at: MomentText;
  /** null while it is open */
  decided: string | null;
  reply: string;
}

export interface RevisionText {
  id: string;
  at: MomentText;
  what: string;
  was: string | null;
  wasText: string | null;
}

export interface Candidate {
  ref: string;
  slug: string;
  title: string;
  about: string;
}

export interface PaneView {
  ref: string;
  /** of what one looks at; an action hands it along */
  version: number;
  question: QuestionCardView;
  body: string;
  stage: Stage;
  /** withdrawn, removed or a duplicate: nothing is answered any more */
  over: boolean;
  removed: boolean;
  chips: Chip[];
  seen: { kind: DeskRow['mark']['kind']; text: string };
  /** words of the links to who asked and to a public version; null where there is none */
  links: { look: string; twin: string | null; photos: string };
  photos: ShownPhoto[];
  /** the asker's name where readers see it too; for the saved texts */
  asker: string | null;
  /** who is on it and who was asked, as sentences */
  claim: { mine: boolean; text: string } | null;
  assigned: string | null;
  waitingUntil: MomentText | null;
  answers: DeskAnswer[];
  askBacks: AskBackView[];
  flags: FlagView[];
  decisions: DecisionText[];
  appeals: AppealText[];
  revisions: RevisionText[];
  duplicateOf: { ref: string; title: string } | null;
  duplicates: { ref: string; title: string }[];
  experts: ExpertChoice[];
  history: Happening[];
}

export interface SavedText {
  id: string;
  title: string;
  body: string;
  use: 'answer' | 'ask-back' | 'removal';
  theme: string | null;
}

/** Who has the duty today, for the top of the desk. */
export interface DutyView {
  text: string;
  /** what I can do about it */
  offer: 'start' | 'again' | 'end' | null;
  /** it is for me to begin: the button asks for attention */
  mine: boolean;
}
