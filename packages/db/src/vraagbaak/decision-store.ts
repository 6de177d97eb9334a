import type { DecisionKind } from '@wijk/domain/vraagbaak';
import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { isSubject, type Subject } from './flag-store.ts';
import { appeal, moderationDecision } from './moderation-tables.ts';

export type StoredDecision = typeof moderationDecision.$inferSelect;

export async function insertDecision(
  tx: Transaction,
  row: typeof moderationDecision.$inferInsert,
): Promise<void> {
  await tx.insert(moderationDecision).values(row);
}

export async function readDecision(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<StoredDecision | undefined> {
  const [row] = await db
    .select()
    .from(moderationDecision)
    .where(and(eq(moderationDecision.wijkId, wijkId), eq(moderationDecision.id, id)));
  return row;
}

/** Decisions about a question and its answers that were not reversed, oldest first. */
export async function standingDecisions(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<StoredDecision[]> {
  return db
    .select()
    .from(moderationDecision)
    .where(
      and(
        eq(moderationDecision.wijkId, wijkId),
        eq(moderationDecision.questionId, questionId),
        isNull(moderationDecision.reversedAt),
      ),
    )
    .orderBy(moderationDecision.at, moderationDecision.id);
}

/** Whether the redactie removed it at that moment; otherwise its writer took it away. */
export async function isRemovedByDecision(
  db: Executor,
  wijkId: string,
  questionId: string,
  subject: Subject,
  removedAt: Date,
): Promise<boolean> {
  const rows = await db
    .select({ answerId: moderationDecision.answerId, commentId: moderationDecision.commentId })
    .from(moderationDecision)
    .where(
      and(
        eq(moderationDecision.wijkId, wijkId),
        eq(moderationDecision.questionId, questionId),
        eq(moderationDecision.kind, 'removed'),
        eq(moderationDecision.at, removedAt),
      ),
    );
  return rows.some((row) => isSubject(row, subject));
}

const OUT_OF_VIEW = ['held', 'hidden', 'removed'] as const satisfies DecisionKind[];

/** Everything that kept this question, answer or comment from view is reversed at `now`. */
export async function reverseDecisions(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  { answerId, commentId = null }: Subject,
  now: Date,
): Promise<void> {
  const kinds = sql.join(
    OUT_OF_VIEW.map((kind) => sql`${kind}`),
    sql`, `,
  );
  await tx
    .update(moderationDecision)
    .set({ reversedAt: now })
    .where(
      and(
        eq(moderationDecision.wijkId, wijkId),
        eq(moderationDecision.questionId, questionId),
        answerId === null
          ? isNull(moderationDecision.answerId)
          : eq(moderationDecision.answerId, answerId),
        commentId === null
          ? isNull(moderationDecision.commentId)
          : eq(moderationDecision.commentId, commentId),
        sql`${moderationDecision.kind} in (${kinds})`,
        isNull(moderationDecision.reversedAt),
      ),
    );
}

export async function reverseDecision(
  tx: Transaction,
  wijkId: string,
  id: string,
  now: Date | null,
): Promise<void> {
  await tx
    .update(moderationDecision)
    .set({ reversedAt: now })
    .where(and(eq(moderationDecision.wijkId, wijkId), eq(moderationDecision.id, id)));
}

/** Takes a reversal back: what was reversed at that moment, but for one, stands again. */
export async function unreverseDecisions(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  at: Date,
  except: string,
): Promise<StoredDecision[]> {
  return tx
    .update(moderationDecision)
    .set({ reversedAt: null })
    .where(
      and(
        eq(moderationDecision.wijkId, wijkId),
        eq(moderationDecision.questionId, questionId),
        eq(moderationDecision.reversedAt, at),
        ne(moderationDecision.id, except),
      ),
    )
    .returning();
}

export type StoredAppeal = typeof appeal.$inferSelect;

/** @returns false when there is one already */
export async function insertAppeal(
  tx: Transaction,
  row: typeof appeal.$inferInsert,
): Promise<boolean> {
  const rows = await tx
    .insert(appeal)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: appeal.id });
  return rows.length === 1;
}

export async function readAppeal(
  db: Executor,
  wijkId: string,
  where: { id: string } | { decisionId: string },
): Promise<StoredAppeal | undefined> {
  const [row] = await db
    .select()
    .from(appeal)
    .where(
      and(
        eq(appeal.wijkId, wijkId),
        'id' in where ? eq(appeal.id, where.id) : eq(appeal.decisionId, where.decisionId),
      ),
    );
  return row;
}

export async function closeAppeal(
  tx: Transaction,
  wijkId: string,
  id: string,
  change: { outcome: 'upheld' | 'overturned'; reply: string; decidedBy: string; decidedAt: Date },
): Promise<void> {
  await tx
    .update(appeal)
    .set(change)
    .where(and(eq(appeal.wijkId, wijkId), eq(appeal.id, id)));
}
