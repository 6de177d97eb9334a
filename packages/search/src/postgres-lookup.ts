import { type Executor, run } from '@wijk/db/kernel';
import { sql } from 'drizzle-orm';
import type { Analyser } from './analysis/analyse.ts';
import { termNumber } from './analysis/keys.ts';
import { type CorpusTables, QUESTIONS } from './corpus.ts';
import { numbers, texts } from './literal.ts';
import type { Spread } from './ranking/plan.ts';
import type { NearWord } from './ranking/weigh.ts';

/** What the statistics of a wijk say. */
export interface Statistics {
  /** documents that are counted */
  documents: number;
  synonymsVersion: number;
  spread(stem: string): Spread;
}

const NOTHING: Spread = { df: 0, high: 0 };

/** One round trip: how often these stems occur, and the wijk's own figures. */
export async function readStatistics(
  db: Executor,
  wijkId: string,
  stems: Iterable<string>,
  { term, figures }: CorpusTables = QUESTIONS,
): Promise<Statistics> {
  const byStem = new Map<string, number>();
  for (const stem of stems) byStem.set(stem, termNumber(wijkId, stem));
  const { rows } = await run<{ n: number | null; df: number; high: number }>(
    db,
    sql`select t.number as n, t.df, t.df_high as high from ${term} t
      where t.wijk_id = ${wijkId} and t.number = any(${numbers([...new Set(byStem.values())])}::int[])
      union all
      ${figures} = ${wijkId}`,
  );
  const spreads = new Map<number, Spread>();
  let documents = 0;
  let synonymsVersion = 0;
  for (const { n, df, high } of rows) {
    if (n === null) [documents, synonymsVersion] = [df, high];
    else spreads.set(n, { df, high });
  }
  return {
    documents,
    synonymsVersion,
    spread: (stem) => spreads.get(byStem.get(stem) ?? -1) ?? NOTHING,
  };
}

const NEAR_AT_MOST = 8;
const AROUND_AT_MOST = 8;

/**
 * Words of the wijk that resemble these: spelt alike (trigrams), or one the beginning or end of the
 * other. Words of fewer than four letters resemble too much.
 */
export async function readNear(
  db: Executor,
  wijkId: string,
  words: readonly string[],
  analyser: Analyser,
  { term }: CorpusTables = QUESTIONS,
): Promise<Map<string, NearWord[]>> {
  const asked = words.filter((word) => word.length >= 4);
  const found = new Map<string, NearWord[]>();
  if (asked.length === 0) return found;
  const { rows } = await run<{
    word: string;
    surface: string;
    df: number;
    similarity: number;
    around: boolean;
  }>(
    db,
    sql`select w.word, t.surface, t.df, t.similarity, t.around
      from unnest(${texts(asked)}::text[]) as w (word)
      cross join lateral (
        (select n.surface, n.df, search.similarity(n.surface, w.word) as similarity, false as around
          from ${term} n
          where n.wijk_id = ${wijkId} and n.surface operator(search.%) w.word
            and search.similarity(n.surface, w.word) >= 0.4
          order by search.similarity(n.surface, w.word) desc, n.df desc, n.surface
          limit ${NEAR_AT_MOST})
        union all
        (select n.surface, n.df, search.similarity(n.surface, w.word), true from ${term} n
          where n.wijk_id = ${wijkId} and n.surface like '%' || w.word || '%'
            and (n.surface like w.word || '%' or n.surface like '%' || w.word)
            and n.surface <> w.word
          order by search.similarity(n.surface, w.word) desc, n.df desc, n.surface limit ${AROUND_AT_MOST})
      ) t`,
  );
  for (const { word, surface, df, similarity, around } of rows) {
    const near = found.get(word) ?? [];
    const stem = analyser.token(surface).stem;
    const there = near.find((other) => other.stem === stem);
    if (there) {
      there.around ||= around;
      there.similarity = Math.max(there.similarity, similarity);
    } else near.push({ stem, surface, df, similarity, around });
    found.set(word, near);
  }
  return found;
}
