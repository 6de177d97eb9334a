import { type Database, inTransaction, run, type Transaction } from '@wijk/db/kernel';
import { sql } from 'drizzle-orm';
import { levelOfKey, termOfKey } from './analysis/keys.ts';
import { type CorpusTables, QUESTIONS } from './corpus.ts';
import { numbers, readNumbers, texts } from './literal.ts';

const AT_ONCE = 200;
/** From this level on a document is about a word: as a rule it stands in its title. */
export const HIGH_LEVEL = 4;

interface Change {
  df: number;
  high: number;
  surface: string | undefined;
}

/**
 * Counts the words of documents that changed since they were counted, a batch at a time. Says whether
 * there was anything. Several workers at once are harmless: one counts in a wijk, the next finds the
 * rest.
 */
export async function countWords(db: Database, tables: CorpusTables = QUESTIONS): Promise<boolean> {
  const { rows } = await run<{ wijk_id: string }>(
    db,
    sql`select wijk_id from ${tables.tally} where changed limit 1`,
  );
  const wijkId = rows[0]?.wijk_id;
  if (!wijkId) return false;
  return inTransaction(db, (tx) => countBatch(tx, wijkId, tables));
}

async function countBatch(tx: Transaction, wijkId: string, tables: CorpusTables): Promise<boolean> {
  const { counting, document, tally, state, id } = tables;
  await run(tx, sql`select pg_advisory_xact_lock(${counting}::int, hashtext(${wijkId}))`);
  const { rows } = await run<{ id: string; counted: string; keys: string; words: string[] }>(
    tx,
    sql`select t.${id} as id, t.counted::text, coalesce(d.keys, '{}')::text as keys, t.words
      from ${tally} t
      left join ${document} d on d.wijk_id = t.wijk_id and d.${id} = t.${id}
      where t.wijk_id = ${wijkId} and t.changed order by t.${id} limit ${AT_ONCE}
      for update of t skip locked`,
  );
  if (rows.length === 0) return false;
  const changes = new Map<number, Change>();
  const count = (key: number, by: number, surface?: string) => {
    const number = termOfKey(key);
    const change = changes.get(number) ?? { df: 0, high: 0, surface: undefined };
    change.df += by;
    if (levelOfKey(key) >= HIGH_LEVEL) change.high += by;
    change.surface ??= surface;
    changes.set(number, change);
  };
  let documents = 0;
  for (const { counted, keys, words } of rows) {
    const before = readNumbers(counted);
    const now = readNumbers(keys);
    for (const key of before) count(key, -1);
    for (const [i, key] of now.entries()) count(key, 1, words[i]);
    documents += Number(now.length > 0) - Number(before.length > 0);
  }
  await saveChanges(tx, wijkId, changes, tables);
  const ids = texts(rows.map((row) => row.id));
  await run(
    tx,
    sql`update ${tally} t set counted = d.keys, changed = false from ${document} d
      where d.wijk_id = t.wijk_id and d.${id} = t.${id}
        and t.wijk_id = ${wijkId} and t.${id} = any(${ids}::uuid[])`,
  );
  await run(
    tx,
    sql`delete from ${tally} t where t.wijk_id = ${wijkId} and t.${id} = any(${ids}::uuid[])
      and t.words = '{}' and t.changed`,
  );
  await run(
    tx,
    sql`update ${state} set documents = greatest(0, documents + ${documents}::int)
      where wijk_id = ${wijkId}`,
  );
  return true;
}

async function saveChanges(
  tx: Transaction,
  wijkId: string,
  changes: ReadonlyMap<number, Change>,
  { term }: CorpusTables,
): Promise<void> {
  const moved = [...changes];
  if (moved.length === 0) return;
  moved.sort(([a], [b]) => a - b);
  await run(
    tx,
    sql`insert into ${term} as t (wijk_id, number, surface, df, df_high)
      select ${wijkId}::uuid, c.number, c.surface, c.df, c.high
      from unnest(${numbers(moved.map(([number]) => number))}::int[],
        ${texts(moved.map(([, { surface }]) => surface ?? ''))}::text[],
        ${numbers(moved.map(([, { df }]) => df))}::int[],
        ${numbers(moved.map(([, { high }]) => high))}::int[]) as c (number, surface, df, high)
      where c.df > 0 or exists (
        select from ${term} e where e.wijk_id = ${wijkId} and e.number = c.number)
      on conflict (wijk_id, number) do update
      set df = t.df + excluded.df, df_high = t.df_high + excluded.df_high,
        surface = case when excluded.surface <> ''
            and (t.surface = '' or length(excluded.surface) < length(t.surface))
          then excluded.surface else t.surface end
      where excluded.df <> 0 or excluded.df_high <> 0 or t.surface = ''`,
  );
  await run(
    tx,
    sql`delete from ${term} where wijk_id = ${wijkId} and df <= 0
      and number = any(${numbers(moved.map(([number]) => number))}::int[])`,
  );
}
