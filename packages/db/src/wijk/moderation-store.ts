import type { ModerationPolicy, PhraseKind } from '@wijk/domain/wijk';
import { and, desc, eq, lte, sql } from 'drizzle-orm';
import { type Executor, hintChanged, type Transaction } from '../kernel/index.ts';
import { moderationPolicy, phraseList } from './tables.ts';

/** The version that holds at `now`; undefined where the wijk never adopted one. */
export async function currentModerationPolicy(
  db: Executor,
  wijkId: string,
  now: Date,
): Promise<ModerationPolicy | undefined> {
  const [row] = await db
    .select()
    .from(moderationPolicy)
    .where(and(eq(moderationPolicy.wijkId, wijkId), lte(moderationPolicy.validFrom, now)))
    .orderBy(desc(moderationPolicy.version))
    .limit(1);
  if (!row) return undefined;
  const { version, firstQuestion, autoHideAt, questionsPerDay, answersPerHour, holdLinksFrom } =
    row;
  return { version, firstQuestion, autoHideAt, questionsPerDay, answersPerHour, holdLinksFrom };
}

/** Adds the next version and tells every process at commit. @returns its number */
export async function addModerationPolicy(
  tx: Transaction,
  wijkId: string,
  policy: Omit<ModerationPolicy, 'version'>,
  now: Date,
): Promise<number> {
  // two changes at once get a version each, one after the other
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${wijkId}, 11))`);
  const [row] = await tx
    .select({ highest: sql<number>`coalesce(max(${moderationPolicy.version}), 0)::int` })
    .from(moderationPolicy)
    .where(eq(moderationPolicy.wijkId, wijkId));
  const version = (row?.highest ?? 0) + 1;
  const { firstQuestion, autoHideAt, questionsPerDay, answersPerHour, holdLinksFrom } = policy;
  await tx.insert(moderationPolicy).values({
    wijkId,
    version,
    firstQuestion,
    autoHideAt,
    questionsPerDay,
    answersPerHour,
    holdLinksFrom,
    validFrom: now,
  });
  await hintChanged(tx, { wijk: wijkId });
  return version;
}

/** The list that the wijk keeps itself; undefined where it has none. */
export async function ownPhrases(
  db: Executor,
  wijkId: string,
  kind: PhraseKind,
): Promise<{ phrases: string[]; version: number } | undefined> {
  const [row] = await db
    .select({ phrases: phraseList.phrases, version: phraseList.version })
    .from(phraseList)
    .where(and(eq(phraseList.wijkId, wijkId), eq(phraseList.kind, kind)));
  return row;
}

/** Puts this list in the place of the one before it, and tells every process at commit. @returns its version */
export async function savePhrases(
  tx: Transaction,
  row: { wijkId: string; kind: PhraseKind; phrases: string[]; by: string },
  now: Date,
): Promise<number> {
  const { wijkId, kind, phrases, by } = row;
  const [saved] = await tx
    .insert(phraseList)
    .values({ wijkId, kind, phrases, version: 1, updatedAt: now, updatedBy: by })
    .onConflictDoUpdate({
      target: [phraseList.wijkId, phraseList.kind],
      set: { phrases, version: sql`${phraseList.version} + 1`, updatedAt: now, updatedBy: by },
    })
    .returning({ version: phraseList.version });
  await hintChanged(tx, { wijk: wijkId });
  return saved?.version ?? 1;
}
