import { type Database, inTransaction, run } from '@wijk/db/kernel';
import { sql } from 'drizzle-orm';
import { countWords } from './count-words.ts';
import { reindexQuestions, reindexStale } from './index-question.ts';
import { questionsAfter } from './sources.ts';
import { startSynonyms } from './synonym-store.ts';
import { ANALYSIS_VERSION } from './version.ts';

const AT_ONCE = 100;

/**
 * Does one batch of indexing where a wijk has no index or one of another version; says whether there
 * was any. Rows of before keep working meanwhile. Safe in several workers: the row of the wijk is
 * locked, and one that another works on is passed over.
 */
export async function rebuildStep(db: Database, now: Date): Promise<boolean> {
  const { rows } = await run<{ id: string }>(
    db,
    sql`select w.id from wijk.wijk w left join search.state s on s.wijk_id = w.id
      where s.wijk_id is null or s.analysis_version <> ${ANALYSIS_VERSION} limit 1`,
  );
  const wijkId = rows[0]?.id;
  if (!wijkId) return false;
  return inTransaction(db, async (tx) => {
    const made = await run(
      tx,
      sql`insert into search.state
          (wijk_id, analysis_version, rebuilt_to, documents, synonyms_version)
        values (${wijkId}, 0, null, 0, 0) on conflict do nothing returning wijk_id`,
    );
    if (made.rows.length > 0) await startSynonyms(tx, wijkId, now);
    const state = await run<{ to: string | null }>(
      tx,
      sql`select rebuilt_to as to from search.state
        where wijk_id = ${wijkId} and analysis_version <> ${ANALYSIS_VERSION}
        for update skip locked`,
    );
    const [row] = state.rows;
    if (!row) return false;
    const ids = await questionsAfter(tx, wijkId, row.to, AT_ONCE);
    await reindexQuestions(tx, wijkId, ids);
    const done = ids.length < AT_ONCE;
    await run(
      tx,
      sql`update search.state set rebuilt_to = ${done ? null : (ids.at(-1) ?? null)}::uuid,
          analysis_version = case when ${done} then ${ANALYSIS_VERSION}::int else analysis_version end,
          rebuilt_at = case when ${done} then ${now}::timestamptz else rebuilt_at end
        where wijk_id = ${wijkId}`,
    );
    return true;
  });
}

/**
 * Marks the index of a wijk, or of all, as to be made anew; the worker does it in batches, or
 * `finishRebuild` at once.
 * @returns how many wijken
 */
export async function requestRebuild(db: Database, wijkId: string | null): Promise<number> {
  const { rows } = await run(
    db,
    sql`update search.state set analysis_version = 0, rebuilt_to = null
      where ${wijkId}::uuid is null or wijk_id = ${wijkId}::uuid returning wijk_id`,
  );
  return rows.length;
}

/** Indexes whatever is not, and counts all words. */
export async function finishRebuild(db: Database, now: Date): Promise<void> {
  while (await rebuildStep(db, now));
  while (await reindexStale(db));
  while (await countWords(db));
}
