import { createHash } from 'node:crypto';
import { MINUTE_MS, randomUuid, uuidv7 } from '@wijk/domain/kernel';
import { type Capacity, isReputed, slugify, type Visibility } from '@wijk/domain/vraagbaak';
import { sql } from 'drizzle-orm';
import { membership, person } from '../identity/tables.ts';
import { newRef, type Transaction } from '../kernel/index.ts';
import { imported } from './private-tables.ts';
import { appendPromiseEvents } from './promise-store.ts';
import { answer, promise, question } from './tables.ts';

/** Where imported lines go, and where they come from. */
export interface ImportInto {
  wijkId: string;
  source: string;
  policy: { version: number; mode: 'elapsed' | 'opening-hours'; termMinutes: number };
}

export interface ImportedQuestion {
  id: string;
  title: string;
  body: string;
  theme: string;
  visibility: Visibility;
  askedBy: string | null;
  askedAt: Date;
  week: { year: number; week: number };
  health: boolean;
}

export interface ImportedAnswer {
  id: string;
  question: string;
  body: string;
  format: 'text' | 'markup';
  author: { name: string; title: string | null; capacity: Capacity };
  at: Date;
  endorsedAt: Date | null;
  helpfulAt: Date | null;
}

export type Imported = 'added' | 'known' | 'changed';

/** The same content, whatever order its fields stood in. */
export function contentHash(line: object): string {
  const sorted = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .map(([key, part]) => [key, sorted(part)] as const)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value;
  return createHash('sha256')
    .update(JSON.stringify(sorted(line)))
    .digest('base64url');
}

/** What is known under this id of this source. */
export async function findImported(
  db: Pick<Transaction, 'execute'>,
  { wijkId, source }: ImportInto,
  kind: 'question' | 'answer',
  externalId: string,
): Promise<{ targetId: string; hash: string } | undefined> {
  const { rows } = await db.execute<{ target_id: string; content_hash: string }>(sql`
    select target_id, content_hash from vraagbaak.imported where wijk_id = ${wijkId}
      and source = ${source} and kind = ${kind} and external_id = ${externalId}`);
  const row = rows[0];
  return row && { targetId: row.target_id, hash: row.content_hash };
}

/** Says who was first where two imports run at once: the other one waits for the key, and finds it. */
async function claimId(
  tx: Transaction,
  into: ImportInto,
  row: { kind: 'question' | 'answer'; id: string; hash: string; askedBy?: string | null },
  now: Date,
): Promise<{ targetId: string } | Imported> {
  const { wijkId, source } = into;
  const targetId = row.kind === 'question' ? randomUuid() : uuidv7(now);
  const made = await tx
    .insert(imported)
    .values({
      wijkId,
      source,
      externalId: row.id,
      kind: row.kind,
      targetId,
      contentHash: row.hash,
      askedBy: row.askedBy ?? null,
      at: now,
    })
    .onConflictDoNothing()
    .returning({ id: imported.targetId });
  if (made.length === 1) return { targetId };
  const known = await findImported(tx, into, row.kind, row.id);
  return known?.hash === row.hash ? 'known' : 'changed';
}

/**
 * A question from elsewhere. It has no asker here, so nothing of it is sealed; and nobody here promised
 * anything, so its promise is cancelled from the start: no step, no score, no desk.
 */
export async function importQuestion(
  tx: Transaction,
  into: ImportInto,
  line: ImportedQuestion,
  hash: string,
  now: Date,
): Promise<Imported> {
  const { wijkId, policy } = into;
  const claimed = await claimId(
    tx,
    into,
    { kind: 'question', id: line.id, hash, askedBy: line.askedBy },
    now,
  );
  if (typeof claimed === 'string') return claimed;
  const questionId = claimed.targetId;
  const { title, body, theme, visibility, health, askedAt } = line;
  await tx.insert(question).values({
    wijkId,
    id: questionId,
    ref: newRef(),
    slug: slugify(title),
    title,
    body,
    theme,
    visibility,
    health,
    status: 'open',
    submittedAt: askedAt,
  });
  const dueAt = new Date(askedAt.getTime() + policy.termMinutes * MINUTE_MS);
  await tx.insert(promise).values({
    wijkId,
    questionId,
    policyVersion: policy.version,
    mode: policy.mode,
    termMinutes: policy.termMinutes,
    startedAt: askedAt,
    warnAt: dueAt,
    dueAt,
    cancelledAt: askedAt,
    weekYear: line.week.year,
    week: line.week.week,
    theme,
  });
  await appendPromiseEvents(tx, wijkId, questionId, now, [
    { kind: 'cancelled', detail: { imported: into.source } },
  ]);
  return 'added';
}

/** An answer from elsewhere, under the name and in the capacity that it had there. */
export async function importAnswer(
  tx: Transaction,
  into: ImportInto,
  line: ImportedAnswer,
  hash: string,
  now: Date,
): Promise<Imported | 'no-question'> {
  const { wijkId, source } = into;
  const target = await findImported(tx, into, 'question', line.question);
  if (!target) return 'no-question';
  const claimed = await claimId(tx, into, { kind: 'answer', id: line.id, hash }, now);
  if (typeof claimed === 'string') return claimed;
  const { body, format, author, at, endorsedAt, helpfulAt } = line;
  await tx.insert(answer).values({
    wijkId,
    id: claimed.targetId,
    questionId: target.targetId,
    membershipId: await sourceMember(tx, wijkId, source, now),
    authorName: author.name,
    authorTitle: author.title,
    capacity: author.capacity,
    body,
    format,
    publishedAt: at,
    endorsedAt,
    helpfulAt,
  });
  const reputed = isReputed({ capacity: author.capacity, endorsedAt, removedAt: null });
  await tx.execute(sql`
    update vraagbaak.question set answer_count = answer_count + 1,
      status = case when status = 'open' and ${reputed} then 'answered' else status end
    where wijk_id = ${wijkId} and id = ${target.targetId}`);
  return 'added';
}

/** Ids that follow from the name, so that whoever comes second finds what the first one made. */
const idFrom = (...words: string[]): string => {
  const hex = createHash('sha256').update(words.join('\n')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/**
 * The member behind the answers of a source: no e-mail address, so nobody can sign in as them, and no
 * role. Their name says where the answers came from; each answer has the name of who wrote it.
 */
async function sourceMember(
  tx: Transaction,
  wijkId: string,
  source: string,
  now: Date,
): Promise<string> {
  const personId = idFrom('imported person', wijkId, source);
  const id = idFrom('imported member', wijkId, source);
  await tx
    .insert(person)
    .values({ id: personId, email: null, name: `Ingelezen: ${source}`, createdAt: now })
    .onConflictDoNothing();
  await tx.insert(membership).values({ wijkId, id, personId, joinedAt: now }).onConflictDoNothing();
  return id;
}
