import type { Moderation, PhotoSize, QuestionStatus, Visibility } from '@wijk/domain/vraagbaak';
import { and, asc, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction } from '../kernel/index.ts';
import { photo } from './photo-tables.ts';

export async function insertPhoto(
  db: Executor,
  row: Pick<
    typeof photo.$inferInsert,
    'wijkId' | 'id' | 'claimHash' | 'width' | 'height' | 'large' | 'small' | 'uploadedAt'
  >,
): Promise<void> {
  await db.insert(photo).values(row);
}

/** How many are with no question, counted no further than `most`; of every wijk together. */
export async function countLoosePhotos(db: Executor, most: number): Promise<number> {
  const { rows } = await run<{ count: number }>(
    db,
    sql`select count(*)::int as count from (
      select from vraagbaak.photo p where p.question_id is null limit ${most}) p`,
  );
  return rows[0]?.count ?? 0;
}

export interface PhotoPlace {
  id: string;
  questionId: string | null;
  claimHash: string;
  removedAt: Date | null;
}

/** Without their bytes; locked until the transaction ends. */
export async function lockPhotos(
  tx: Transaction,
  wijkId: string,
  ids: readonly string[],
): Promise<PhotoPlace[]> {
  if (ids.length === 0) return [];
  return (
    tx
      .select({
        id: photo.id,
        questionId: photo.questionId,
        claimHash: photo.claimHash,
        removedAt: photo.removedAt,
      })
      .from(photo)
      .where(and(eq(photo.wijkId, wijkId), inArray(photo.id, [...ids])))
      // always in the same order, so that two who name the same photos never wait in a circle
      .orderBy(asc(photo.id))
      .for('no key update')
  );
}

export async function attachPhoto(
  tx: Transaction,
  wijkId: string,
  id: string,
  to: { questionId: string; position: number; alt: string },
): Promise<void> {
  await tx
    .update(photo)
    .set(to)
    .where(and(eq(photo.wijkId, wijkId), eq(photo.id, id)));
}

/** A photo, what may be asked of it and how its question stands, without bytes. */
export interface FoundPhoto extends PhotoPlace {
  question: { status: QuestionStatus; visibility: Visibility; moderation: Moderation } | null;
}

export async function findPhoto(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<FoundPhoto | undefined> {
  const { rows } = await run<{
    question_id: string | null;
    claim_hash: string;
    removed_at: Date | null;
    status: QuestionStatus | null;
    visibility: Visibility;
    moderation: Moderation;
  }>(
    db,
    sql`
    select p.question_id, p.claim_hash, p.removed_at, q.status, q.visibility, q.moderation
    from vraagbaak.photo p
    left join vraagbaak.question q on q.wijk_id = p.wijk_id and q.id = p.question_id
    where p.wijk_id = ${wijkId} and p.id = ${id}`,
  );
  const row = rows[0];
  if (!row) return undefined;
  const { question_id, claim_hash, removed_at, status, visibility, moderation } = row;
  return {
    id,
    questionId: question_id,
    claimHash: claim_hash,
    removedAt: removed_at,
    question: status ? { status, visibility, moderation } : null,
  };
}

/** WebP; undefined once it was taken away. */
export async function readPhotoBytes(
  db: Executor,
  wijkId: string,
  id: string,
  size: PhotoSize,
): Promise<Buffer | undefined> {
  const column = size === 'large' ? photo.large : photo.small;
  const [row] = await db
    .select({ bytes: column })
    .from(photo)
    .where(and(eq(photo.wijkId, wijkId), eq(photo.id, id)));
  return row?.bytes ?? undefined;
}

export interface QuestionPhoto {
  id: string;
  alt: string;
  width: number;
  height: number;
}

/** What is with a question and was not taken away, in the asker's order. */
export async function listPhotos(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<QuestionPhoto[]> {
  const { rows } = await run<{ id: string; alt: string; width: number; height: number }>(
    db,
    sql`
    select p.id, p.alt, p.width, p.height from vraagbaak.photo p
    where p.wijk_id = ${wijkId} and p.question_id = ${questionId} and p.removed_at is null
    order by p.position, p.id`,
  );
  return rows;
}

export async function saveAlt(
  tx: Transaction,
  wijkId: string,
  id: string,
  alt: string,
): Promise<void> {
  await tx
    .update(photo)
    .set({ alt })
    .where(and(eq(photo.wijkId, wijkId), eq(photo.id, id)));
}

/** Takes the bytes and the words away for good; that there was a photo stays. */
export async function emptyPhotos(
  tx: Transaction,
  wijkId: string,
  of: { id: string } | { questionId: string },
  now: Date,
): Promise<void> {
  await tx
    .update(photo)
    .set({ large: null, small: null, alt: '', removedAt: now })
    .where(
      and(
        eq(photo.wijkId, wijkId),
        'id' in of ? eq(photo.id, of.id) : eq(photo.questionId, of.questionId),
        isNull(photo.removedAt),
      ),
    );
}

/** Of a photo that is with no question: nothing of it stays. */
export async function deletePhoto(tx: Transaction, wijkId: string, id: string): Promise<void> {
  await tx
    .delete(photo)
    .where(and(eq(photo.wijkId, wijkId), eq(photo.id, id), isNull(photo.questionId)));
}

/** Those that no question came for, and that wait for no guest's code. */
export async function deleteLoosePhotos(db: Executor, uploadedBefore: Date): Promise<void> {
  await db.delete(photo).where(
    and(
      isNull(photo.questionId),
      lt(photo.uploadedAt, uploadedBefore),
      sql`not exists (select from vraagbaak.question_draft d where d.wijk_id = ${photo.wijkId}
        and d.photos @> jsonb_build_array(jsonb_build_object('id', ${photo.id})))`,
    ),
  );
}
