import { type Database, inTransaction, run, type Transaction } from '@wijk/db/kernel';
import { sql } from 'drizzle-orm';
import { dutchAnalyser } from './analysis/analyse.ts';
import { postingsOf, type SearchDocument } from './analysis/document.ts';
import { keyOf, termNumber, termOfKey } from './analysis/keys.ts';
import { QUESTIONS } from './corpus.ts';
import { numbers, readNumbers, texts } from './literal.ts';
import { readSources } from './sources.ts';

interface Row {
  questionId: string;
  keys: readonly number[];
  words: readonly string[];
}

/** The row of a document; keys in order, each word once. */
export function rowOf(wijkId: string, document: SearchDocument): Row {
  const byNumber = new Map<number, { key: number; surface: string }>();
  for (const { stem, surface, level } of postingsOf(document, dutchAnalyser())) {
    const number = termNumber(wijkId, stem);
    const there = byNumber.get(number);
    const key = keyOf(number, level);
    // two words that meet in a number are one
    if (!there || (there.key & 7) < level) byNumber.set(number, { key, surface });
  }
  const sorted = [...byNumber.values()].sort((a, b) => a.key - b.key);
  return {
    questionId: document.questionId,
    keys: sorted.map(({ key }) => key),
    words: sorted.map(({ surface }) => surface),
  };
}

/**
 * Puts the text of a question into the index, in the place of what was there. Call it in the
 * transaction that changed the text.
 */
export async function indexQuestion(
  tx: Transaction,
  wijkId: string,
  document: SearchDocument,
): Promise<void> {
  await writeRows(tx, wijkId, [rowOf(wijkId, document)]);
}

/** Takes a question out of the index, and its words out of what is suggested. */
export async function forgetQuestion(
  tx: Transaction,
  wijkId: string,
  questionId: string,
): Promise<void> {
  await run(tx, sql`select search.forget(${wijkId}::uuid, ${texts([questionId])}::uuid[])`);
}

/**
 * Brings the index in step with these questions as this transaction sees them: what may be found is
 * indexed, what may not is forgotten. The one function that the vraagbaak calls after every change
 * of text or view.
 */
export async function reindexQuestions(
  tx: Transaction,
  wijkId: string,
  questionIds: readonly string[],
): Promise<void> {
  if (questionIds.length === 0) return;
  const sources = await readSources(tx, wijkId, questionIds);
  const found = new Set(sources.map(({ questionId }) => questionId));
  const gone = questionIds.filter((id) => !found.has(id));
  if (sources.length > 0)
    await writeRows(
      tx,
      wijkId,
      sources.map((source) => rowOf(wijkId, source)),
    );
  if (gone.length > 0)
    await run(tx, sql`select search.forget(${wijkId}::uuid, ${texts(gone)}::uuid[])`);
  await run(
    tx,
    sql`delete from search.stale
      where wijk_id = ${wijkId} and question_id = any(${texts(questionIds)}::uuid[])`,
  );
}

/**
 * Brings the index in step with a question if its text or view changed in this transaction or is noted
 * as changed before it; else nothing.
 */
export async function reindexIfStale(
  tx: Transaction,
  wijkId: string,
  questionId: string,
): Promise<void> {
  const { rows } = await run(
    tx,
    sql`select from search.stale where wijk_id = ${wijkId} and question_id = ${questionId}`,
  );
  if (rows.length > 0) await reindexQuestions(tx, wijkId, [questionId]);
}

const STALE_AT_ONCE = 50;

/**
 * Indexes questions that a change left stale, a batch at a time; says whether there were any. What
 * another transaction is indexing is passed over.
 */
export async function reindexStale(db: Database): Promise<boolean> {
  const some = await run(db, sql`select from search.stale limit 1`);
  if (some.rows.length === 0) return false;
  return inTransaction(db, async (tx) => {
    const { rows } = await run<{ wijk_id: string; question_id: string }>(
      tx,
      sql`select wijk_id, question_id from search.stale
        order by wijk_id, question_id limit ${STALE_AT_ONCE} for update skip locked`,
    );
    for (const wijkId of new Set(rows.map((row) => row.wijk_id)))
      await reindexQuestions(
        tx,
        wijkId,
        rows.filter((row) => row.wijk_id === wijkId).map((row) => row.question_id),
      );
    return rows.length > 0;
  });
}

/** Writes rows where they differ from what is there: saying the same again costs no index. */
async function writeRows(tx: Transaction, wijkId: string, rows: readonly Row[]): Promise<void> {
  const ordered = [...rows].sort((a, b) => (a.questionId < b.questionId ? -1 : 1));
  const given = JSON.stringify(
    ordered.map(({ questionId, keys, words }) => ({
      id: questionId,
      keys: numbers(keys),
      words: texts(words),
    })),
  );
  const { rows: lost } = await run<{ keys: string }>(
    tx,
    sql`with given as materialized (
        select g.id, g.keys::int[] as keys, g.words::text[] as words
        from jsonb_to_recordset(${given}::jsonb) as g (id uuid, keys text, words text)
      ), before as materialized (
        select d.question_id, d.keys from search.document d join given g on g.id = d.question_id
        where d.wijk_id = ${wijkId}
      ), written as (
        insert into search.document as d (wijk_id, question_id, keys)
        select ${wijkId}::uuid, g.id, g.keys from given g
        on conflict (wijk_id, question_id) do update set keys = excluded.keys
        where d.keys <> excluded.keys
        returning d.question_id
      ), tallied as (
        insert into search.tally as t (wijk_id, question_id, words, counted, changed)
        select ${wijkId}::uuid, g.id, g.words, '{}', true
        from given g join written w on w.question_id = g.id
        on conflict (wijk_id, question_id) do update set words = excluded.words, changed = true
      )
      select b.keys::text as keys
      from before b join given g on g.id = b.question_id where b.keys <> g.keys`,
  );
  await blankLostWords(
    tx,
    wijkId,
    lost.flatMap(({ keys }) => readNumbers(keys).map(termOfKey)),
    rows,
  );
}

/**
 * A word that was in this text alone must not be suggested to anybody from this commit on, so it is
 * not left to the worker that counts. What is lost here that other texts gained is put back by it.
 */
async function blankLostWords(
  tx: Transaction,
  wijkId: string,
  lost: readonly number[],
  still: readonly Row[],
): Promise<void> {
  const kept = new Set(still.flatMap(({ keys }) => keys.map(termOfKey)));
  const gone = [...new Set(lost)].filter((number) => !kept.has(number));
  if (gone.length === 0) return;
  await run(
    tx,
    sql`select pg_advisory_xact_lock_shared(${QUESTIONS.counting}::int, hashtext(${wijkId}))`,
  );
  await run(
    tx,
    sql`update search.term set surface = ''
      where wijk_id = ${wijkId} and number = any(${numbers(gone)}::int[]) and df <= 1`,
  );
}
