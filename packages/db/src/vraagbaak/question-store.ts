import { DomainError } from '@wijk/domain/kernel';
import type {
  AnswerStanding,
  Moderation,
  QuestionState,
  QuestionStatus,
  Visibility,
} from '@wijk/domain/vraagbaak';
import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import {
  answer,
  assignment,
  type DeskStanding,
  deskAction,
  follow,
  question,
  questionDraft,
} from './tables.ts';

export interface NewQuestion {
  wijkId: string;
  id: string;
  ref: string;
  slug: string;
  title: string;
  body: string;
  theme: string;
  visibility: Visibility;
  submittedAt: Date;
  moderation?: Moderation;
  health?: boolean;
  urgentAt?: Date | null;
}

/** Writes the question, and who asked it behind the seal. */
export async function insertQuestion(
  tx: Transaction,
  row: NewQuestion,
  askerMembershipId: string,
): Promise<void> {
  await tx.insert(question).values({ ...row, status: 'open' });
  await tx.execute(
    sql`select sealed.record_author(${row.wijkId}, ${row.id}, ${askerMembershipId})`,
  );
}

/** A locked question: nobody else changes it until the transaction ends. */
export interface LockedQuestion extends QuestionState {
  id: string;
  ref: string;
  slug: string;
  title: string;
  body: string;
  theme: string;
  visibility: Visibility;
  moderation: Moderation;
  health: boolean;
  editedAt: Date | null;
  /** somebody of the redactie should look at its answers */
  toCheck: boolean;
  duplicateOf: string | null;
  urgentAt: Date | null;
  urgentSeenAt: Date | null;
  assignmentId: string | null;
  /** goes up with every action at the desk */
  deskVersion: number;
}

/** @throws `vraagbaak.question-not-found` */
export async function lockQuestion(
  tx: Transaction,
  wijkId: string,
  where: { ref: string } | { id: string },
): Promise<LockedQuestion> {
  const [row] = await tx
    .select()
    .from(question)
    .where(
      and(
        eq(question.wijkId, wijkId),
        'ref' in where ? eq(question.ref, where.ref) : eq(question.id, where.id),
      ),
    )
    // not 'update': rows that refer to it are checked without waiting, so that nobody waits in a circle
    .for('no key update');
  if (!row) throw new DomainError('not-found', 'vraagbaak.question-not-found');
  const [current] = await tx
    .select({ id: assignment.id, membershipId: assignment.membershipId })
    .from(assignment)
    .where(
      and(
        eq(assignment.wijkId, wijkId),
        eq(assignment.questionId, row.id),
        isNull(assignment.endedAt),
      ),
    );
  return {
    id: row.id,
    ref: row.ref,
    slug: row.slug,
    title: row.title,
    body: row.body,
    theme: row.theme,
    visibility: row.visibility,
    moderation: row.moderation,
    health: row.health,
    editedAt: row.editedAt,
    toCheck: row.toCheck,
    duplicateOf: row.duplicateOf,
    urgentAt: row.urgentAt,
    urgentSeenAt: row.urgentSeenAt,
    deskVersion: row.deskVersion,
    status: row.status,
    claim:
      row.claimedBy && row.claimedUntil ? { by: row.claimedBy, expiresAt: row.claimedUntil } : null,
    assignedTo: current?.membershipId ?? null,
    assignmentId: current?.id ?? null,
  };
}

/** A claim ends with the question it was on, whoever closed that. */
const isClosed = (status: QuestionStatus | undefined) =>
  status !== undefined && status !== 'open' && status !== 'answered';

/** Stores status and claim; the assignment has rows of its own. */
export async function saveState(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  state: { status: QuestionStatus; claim: QuestionState['claim'] },
  answers?: { count: number; toCheck: boolean },
): Promise<void> {
  const claim = isClosed(state.status) ? null : state.claim;
  await tx
    .update(question)
    .set({
      status: state.status,
      claimedBy: claim?.by ?? null,
      claimedUntil: claim?.expiresAt ?? null,
      ...(answers ? { answerCount: answers.count, toCheck: answers.toCheck } : {}),
    })
    .where(and(eq(question.wijkId, wijkId), eq(question.id, questionId)));
}

export async function insertAnswer(
  tx: Transaction,
  row: typeof answer.$inferInsert,
): Promise<void> {
  await tx.insert(answer).values(row);
}

export interface StandingAnswer extends AnswerStanding {
  id: string;
  membershipId: string;
  endorsedBy: string | null;
  createdAt: Date;
  /** its asker: this does not help me */
  unhelpfulAt: Date | null;
}

/** Every answer of a question, removed ones too, oldest first; for the domain to judge. */
export async function readStanding(
  tx: Transaction,
  wijkId: string,
  questionId: string,
): Promise<StandingAnswer[]> {
  const rows = await tx
    .select({
      id: answer.id,
      membershipId: answer.membershipId,
      capacity: answer.capacity,
      endorsedAt: answer.endorsedAt,
      endorsedBy: answer.endorsedBy,
      // what is hidden counts as removed for as long as it is
      removedAt: sql<Date | null>`coalesce(${answer.removedAt}, ${answer.hiddenAt})`.mapWith(
        (value) => (value === null ? null : new Date(value)),
      ),
      createdAt: answer.publishedAt,
      unhelpfulAt: answer.unhelpfulAt,
    })
    .from(answer)
    .where(and(eq(answer.wijkId, wijkId), eq(answer.questionId, questionId)))
    .orderBy(asc(answer.publishedAt), asc(answer.id));
  return rows;
}

/** Changes marks of an answer that stands. @returns false when there is no such answer */
export async function markAnswer(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  answerId: string,
  marks: Partial<
    Pick<
      typeof answer.$inferInsert,
      'endorsedAt' | 'endorsedBy' | 'helpfulAt' | 'unhelpfulAt' | 'unhelpfulNote' | 'removedAt'
    >
  >,
): Promise<boolean> {
  const rows = await tx
    .update(answer)
    .set(marks)
    .where(
      and(
        eq(answer.wijkId, wijkId),
        eq(answer.questionId, questionId),
        eq(answer.id, answerId),
        isNull(answer.removedAt),
      ),
    )
    .returning({ id: answer.id });
  return rows.length === 1;
}

export async function isAsker(
  tx: Executor,
  wijkId: string,
  questionId: string,
  membershipId: string,
): Promise<boolean> {
  const { rows } = await tx.execute<{ yes: boolean }>(
    sql`select sealed.is_author(${wijkId}, ${questionId}, ${membershipId}) as yes`,
  );
  return rows[0]?.yes ?? false;
}

export async function setFollow(
  tx: Transaction,
  row: { wijkId: string; questionId: string; membershipId: string },
  now: Date,
  on: boolean,
): Promise<void> {
  if (on)
    await tx
      .insert(follow)
      .values({ ...row, followedAt: now })
      .onConflictDoNothing();
  else
    await tx
      .delete(follow)
      .where(
        and(
          eq(follow.wijkId, row.wijkId),
          eq(follow.questionId, row.questionId),
          eq(follow.membershipId, row.membershipId),
        ),
      );
}

export async function listFollowers(
  tx: Executor,
  wijkId: string,
  questionId: string,
): Promise<string[]> {
  const rows = await tx
    .select({ id: follow.membershipId })
    .from(follow)
    .where(and(eq(follow.wijkId, wijkId), eq(follow.questionId, questionId)));
  return rows.map((row) => row.id);
}

export type StoredAssignment = typeof assignment.$inferSelect;

export async function insertAssignment(
  tx: Transaction,
  row: typeof assignment.$inferInsert,
): Promise<void> {
  await tx.insert(assignment).values(row);
}

export async function readAssignment(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<StoredAssignment | undefined> {
  const [row] = await db
    .select()
    .from(assignment)
    .where(and(eq(assignment.wijkId, wijkId), eq(assignment.id, id)));
  return row;
}

export async function updateAssignment(
  tx: Transaction,
  wijkId: string,
  id: string,
  changes: Partial<typeof assignment.$inferInsert>,
): Promise<void> {
  await tx
    .update(assignment)
    .set(changes)
    .where(and(eq(assignment.wijkId, wijkId), eq(assignment.id, id)));
}

/** Adds to the audit and counts the action on the question, whose row is locked. */
export async function recordDeskAction(
  tx: Transaction,
  row: {
    wijkId: string;
    id: string;
    questionId: string;
    actorId: string;
    kind: string;
    subjectId?: string | null;
    before: DeskStanding;
    after: DeskStanding;
    at: Date;
  },
): Promise<void> {
  await tx.insert(deskAction).values(row);
  await tx
    .update(question)
    .set({ deskVersion: sql`${question.deskVersion} + 1` })
    .where(and(eq(question.wijkId, row.wijkId), eq(question.id, row.questionId)));
}

/** Changes columns of a locked question that are neither status nor claim. */
export async function changeQuestion(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  changes: Partial<
    Pick<
      typeof question.$inferInsert,
      | 'title'
      | 'slug'
      | 'body'
      | 'theme'
      | 'status'
      | 'moderation'
      | 'health'
      | 'toCheck'
      | 'duplicateOf'
      | 'urgentAt'
      | 'urgentSeenAt'
      | 'editedAt'
    >
  >,
): Promise<void> {
  await tx
    .update(question)
    .set({
      ...changes,
      ...(isClosed(changes.status) ? { claimedBy: null, claimedUntil: null } : {}),
    })
    .where(and(eq(question.wijkId, wijkId), eq(question.id, questionId)));
}

export async function lockDeskAction(tx: Transaction, wijkId: string, id: string) {
  const [row] = await tx
    .select()
    .from(deskAction)
    .where(and(eq(deskAction.wijkId, wijkId), eq(deskAction.id, id)))
    .for('update');
  return row;
}

export async function markUndone(
  tx: Transaction,
  wijkId: string,
  id: string,
  now: Date,
): Promise<void> {
  await tx
    .update(deskAction)
    .set({ undoneAt: now })
    .where(and(eq(deskAction.wijkId, wijkId), eq(deskAction.id, id)));
}

export async function insertDraft(
  tx: Transaction,
  row: typeof questionDraft.$inferInsert,
): Promise<void> {
  await tx.insert(questionDraft).values(row);
}

/** Takes the draft away to post it: a second taker finds nothing. */
export async function takeDraft(tx: Transaction, wijkId: string, id: string) {
  const [row] = await tx
    .delete(questionDraft)
    .where(and(eq(questionDraft.wijkId, wijkId), eq(questionDraft.id, id)))
    .returning();
  return row;
}

export async function deleteExpiredDrafts(db: Executor, now: Date): Promise<void> {
  await db.delete(questionDraft).where(lt(questionDraft.expiresAt, now));
}
