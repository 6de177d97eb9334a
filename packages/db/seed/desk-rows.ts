import type { Moderation, QuestionStatus } from '@wijk/domain/vraagbaak';
import type { askBack, questionRevision } from '../src/vraagbaak/desk-tables.ts';
import type { appeal, flag, moderationDecision } from '../src/vraagbaak/moderation-tables.ts';
import type { assignment, deskAction } from '../src/vraagbaak/tables.ts';

/** What the desk leaves behind. */
export interface DeskRows {
  assignments: (typeof assignment.$inferInsert)[];
  actions: (typeof deskAction.$inferInsert)[];
  askBacks: (typeof askBack.$inferInsert)[];
  revisions: (typeof questionRevision.$inferInsert)[];
  flags: (typeof flag.$inferInsert)[];
  decisions: (typeof moderationDecision.$inferInsert)[];
  appeals: (typeof appeal.$inferInsert)[];
}

export const noDeskRows = (): DeskRows => ({
  assignments: [],
  actions: [],
  askBacks: [],
  revisions: [],
  flags: [],
  decisions: [],
  appeals: [],
});

/** How the question stands at the end of it. */
export interface DeskOutcome {
  status: QuestionStatus;
  moderation: Moderation;
  duplicateOf: string | null;
  urgentAt: Date | null;
  urgentSeenAt: Date | null;
  editedAt: Date | null;
  deskVersion: number;
}

export interface AtDesk {
  questionId: string;
  /** when the first reputed answer came, and who gave which */
  reputedAt: Date | null;
  answeredBy: ReadonlyMap<string, Date>;
  /** when the ladder asks a second expert */
  secondExpertAt: Date | null;
  originalOf(contentId: string): string;
}
