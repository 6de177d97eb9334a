import type { AnswerView, CommentView, PromiseView, QuestionSummary } from '@wijk/contracts';
import type { AnswerRow, CommentRow, SummaryRow } from '@wijk/db/vraagbaak';
import { type PromiseRow, promiseState, resume } from '@wijk/domain/vraagbaak';
import type { Calendar } from '@wijk/domain/wijk';

const EXCERPT = 160;

export function promiseView(row: PromiseRow, now: Date): PromiseView {
  return {
    state: promiseState(row, now),
    startedAt: row.startedAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    keptAt: row.keptAt?.toISOString() ?? null,
  };
}

/**
 * While the clock waits for the asker: until when at most, and the promised moment when it waits that
 * long. With an earlier reply the moment is earlier too. Null where it runs.
 */
export function waitingView(
  row: PromiseRow,
  calendar: Calendar,
): { until: string; dueAt: string } | null {
  if (!row.pauseEndsAt || row.keptAt || row.cancelledAt) return null;
  const { dueAt } = resume(row, [], calendar, row.pauseEndsAt).row;
  return { until: row.pauseEndsAt.toISOString(), dueAt: dueAt.toISOString() };
}

/** The first words, cut at a space. */
export function excerptOf(text: string, length = EXCERPT): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= length) return line;
  const cut = line.lastIndexOf(' ', length);
  return `${line.slice(0, cut > length / 2 ? cut : length)}…`;
}

export function summaryView(row: SummaryRow, now: Date): QuestionSummary {
  return {
    ref: row.ref,
    slug: row.slug,
    title: row.title,
    excerpt: excerptOf(row.excerpt),
    theme: { slug: row.theme, name: row.themeName },
    askedBy: row.askedBy,
    askedAt: row.submittedAt.toISOString(),
    status: row.status,
    visibility: row.visibility,
    moderation: row.moderation,
    answerCount: row.answerCount,
    meToo: row.meTooCount,
    promise: promiseView(row.promise, now),
  };
}

/** Who reads the dialogue of one question. */
export interface Reader {
  membershipId: string | null;
  isAsker: boolean;
  /** somebody of the redactie, at the desk */
  desk?: boolean;
  /** ids of answers that they found useful */
  useful: readonly string[];
  /** the name that the question shows of its asker; theirs in comments as well */
  askedBy: string | null;
}

/** The asker speaks under the name that the question shows, or under none (V3). */
export function commentView(row: CommentRow, reader: Omit<Reader, 'useful'>): CommentView {
  const { id, answerId, body, capacity, authorTitle: title, membershipId } = row;
  const byAsker = capacity === 'asker';
  return {
    id,
    answerId,
    body,
    author: { name: byAsker ? reader.askedBy : row.authorName, title, capacity },
    at: row.publishedAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    own: byAsker ? reader.isAsker : membershipId === reader.membershipId,
  };
}

export function answerView(row: AnswerRow, reader: Reader): AnswerView {
  return {
    id: row.id,
    body: row.body,
    author: { name: row.authorName, title: row.authorTitle, capacity: row.capacity },
    at: row.publishedAt.toISOString(),
    endorsed: row.endorsedAt !== null,
    helpful: row.helpfulAt !== null,
    own: row.membershipId === reader.membershipId,
    unhelpful: unhelpfulOf(row, reader),
    format: row.format,
    editedAt: row.editedAt?.toISOString() ?? null,
    useful: { count: row.usefulCount, mine: reader.useful.includes(row.id) },
    comments: {
      total: row.commentCount,
      items: row.comments.map((comment) => commentView(comment, reader)),
    },
  };
}

/** What its asker missed: for them, whoever answered, and the redactie. */
function unhelpfulOf(row: AnswerRow, reader: Reader) {
  const reads = reader.isAsker || reader.desk || row.membershipId === reader.membershipId;
  if (!reads || !row.unhelpfulAt) return null;
  return { note: row.unhelpfulNote, at: row.unhelpfulAt.toISOString() };
}

/** Opaque to the client: the place after the last row. */
export function cursorOf(at: Date, id: string): string {
  return Buffer.from(`${at.getTime()}.${id}`).toString('base64url');
}

/** Milliseconds, up to the year 5138, and a UUID. */
const CURSOR = /^(\d{1,14})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** A cursor that is not ours starts from the beginning. */
export function readCursor(cursor: string | undefined): { at: Date; id: string } | undefined {
  if (!cursor) return undefined;
  const match = CURSOR.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match?.[1] || !match[2]) return undefined;
  return { at: new Date(Number(match[1])), id: match[2] };
}
