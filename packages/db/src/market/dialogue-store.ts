import { and, eq, isNull, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction } from '../kernel/index.ts';
import { attachment } from './dialogue-tables.ts';
import { listing } from './tables.ts';

export type StoredAttachment = typeof attachment.$inferSelect;

/** What is changed under one answer is changed by one at a time, until the transaction ends. */
export async function holdAnswer(tx: Transaction, wijkId: string, answerId: string): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`market.attachment ${wijkId} ${answerId}`}, 0))`,
  );
}

const standing = (wijkId: string, answerId: string) =>
  and(eq(attachment.wijkId, wijkId), eq(attachment.answerId, answerId), isNull(attachment.endedAt));

/** What was put under an answer and not taken away since, whatever became of the listing. */
export async function listAttachments(
  db: Executor,
  wijkId: string,
  answerId: string,
): Promise<Pick<StoredAttachment, 'listingId' | 'place'>[]> {
  return db
    .select({ listingId: attachment.listingId, place: attachment.place })
    .from(attachment)
    .where(standing(wijkId, answerId));
}

export async function insertAttachment(
  tx: Transaction,
  row: typeof attachment.$inferInsert,
): Promise<void> {
  await tx.insert(attachment).values(row);
}

/** Takes a listing away from under an answer. @returns whether it stood there */
export async function endAttachment(
  tx: Transaction,
  wijkId: string,
  of: { answerId: string; listingId: string },
  by: string,
  now: Date,
): Promise<boolean> {
  const rows = await tx
    .update(attachment)
    .set({ endedAt: now, endedBy: by })
    .where(and(standing(wijkId, of.answerId), eq(attachment.listingId, of.listingId)))
    .returning({ id: attachment.id });
  return rows.length > 0;
}

/** What stands under the answers of a question that readers see, in their order. */
export async function listAttachedTo(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<{ answerId: string; listingId: string }[]> {
  const { rows } = await run<{ answerId: string; listingId: string }>(
    db,
    sql`select t.answer_id as "answerId", t.listing_id as "listingId" from market.attachment t
      join vraagbaak.answer a on a.wijk_id = t.wijk_id and a.id = t.answer_id
        and a.removed_at is null and a.hidden_at is null
      where t.wijk_id = ${wijkId} and t.question_id = ${questionId} and t.ended_at is null
      order by t.answer_id, t.place`,
  );
  return rows;
}

/** Whether a listing stands under an answer of that question now, or came from it. */
export async function isOfQuestion(
  db: Executor,
  wijkId: string,
  questionId: string,
  listingId: string,
): Promise<boolean> {
  const { rows } = await run<{ is: boolean }>(
    db,
    sql`select exists (select from market.attachment t
        where t.wijk_id = ${wijkId} and t.question_id = ${questionId} and t.listing_id = ${listingId}
          and t.ended_at is null)
      or exists (select from market.listing l
        where l.wijk_id = ${wijkId} and l.id = ${listingId} and l.question_id = ${questionId}) as "is"`,
  );
  return rows[0]?.is ?? false;
}

/** A listing as a link to it says it. */
export type LinkedListing = Pick<
  typeof listing.$inferSelect,
  'id' | 'ref' | 'slug' | 'title' | 'kind' | 'state' | 'membershipId' | 'organisationId'
>;

const LINKED = {
  ...{ id: listing.id, ref: listing.ref, slug: listing.slug, title: listing.title },
  ...{ kind: listing.kind, state: listing.state, membershipId: listing.membershipId },
  organisationId: listing.organisationId,
};

/** Requests that came from a question, the newest first, and the one that became it. */
export async function linkedToQuestion(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<{ requests: LinkedListing[]; origin: LinkedListing | null }> {
  const [requests, [origin]] = await Promise.all([
    db
      .select(LINKED)
      .from(listing)
      .where(and(eq(listing.wijkId, wijkId), eq(listing.questionId, questionId)))
      .orderBy(sql`${listing.madeAt} desc, ${listing.id} desc`)
      .limit(10),
    db
      .select(LINKED)
      .from(listing)
      .where(and(eq(listing.wijkId, wijkId), eq(listing.becameQuestionId, questionId)))
      .orderBy(listing.madeAt)
      .limit(1),
  ]);
  return { requests, origin: origin ?? null };
}
