import { and, eq, isNull, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction } from '../kernel/index.ts';
import { moderationDecision } from './moderation-tables.ts';
import { consent } from './private-tables.ts';

/** Consent about health, with the version and the hash of the words that were shown. */
export async function insertHealthConsent(
  tx: Transaction,
  row: Omit<typeof consent.$inferInsert, 'purpose' | 'subjectId' | 'withdrawnAt'>,
): Promise<void> {
  await tx.insert(consent).values({ ...row, purpose: 'health' });
}

const standing = (wijkId: string, questionId: string) =>
  and(
    eq(consent.wijkId, wijkId),
    eq(consent.questionId, questionId),
    eq(consent.purpose, 'health'),
    isNull(consent.withdrawnAt),
  );

/** Since when the consent about health stands; null where there is none (any more). */
export async function readHealthConsent(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<Date | null> {
  const [row] = await db
    .select({ at: consent.givenAt })
    .from(consent)
    .where(standing(wijkId, questionId));
  return row?.at ?? null;
}

/** @returns false where none stood */
export async function endHealthConsent(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  now: Date,
): Promise<boolean> {
  const rows = await tx
    .update(consent)
    .set({ withdrawnAt: now })
    .where(standing(wijkId, questionId))
    .returning({ id: consent.id });
  return rows.length > 0;
}

/** Whether the redactie took words out of the question, and stands by that. */
export async function isRedacted(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<boolean> {
  const [row] = await db
    .select({ id: moderationDecision.id })
    .from(moderationDecision)
    .where(
      and(
        eq(moderationDecision.wijkId, wijkId),
        eq(moderationDecision.questionId, questionId),
        eq(moderationDecision.kind, 'redacted'),
        isNull(moderationDecision.answerId),
        isNull(moderationDecision.reversedAt),
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** What the asker of a question needs to change it, in one round trip. */
export async function readOwnStanding(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<{ redacted: boolean; consentAt: Date | null }> {
  const { rows } = await run<{ redacted: boolean; at: string | null }>(
    db,
    sql`
    select exists (select from vraagbaak.moderation_decision d where d.wijk_id = ${wijkId}
        and d.question_id = ${questionId} and d.kind = 'redacted' and d.answer_id is null
        and d.reversed_at is null) as redacted,
      (select c.given_at from vraagbaak.consent c where c.wijk_id = ${wijkId}
        and c.question_id = ${questionId} and c.purpose = 'health'
        and c.withdrawn_at is null) as at`,
  );
  const row = rows[0];
  return { redacted: row?.redacted ?? false, consentAt: row?.at ? new Date(row.at) : null };
}
