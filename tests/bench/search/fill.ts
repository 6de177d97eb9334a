import { connect, type Database } from '@wijk/db/kernel';
import { createWijk } from '@wijk/db/seed';
import { finishRebuild } from '@wijk/search';
import pg from 'pg';
import { rowOf } from '../../../packages/search/src/index-question.ts';
import type { BenchQuestion } from './generate.ts';

export const NOW = new Date('2026-11-18T10:00:00Z');
const AT_ONCE = 1000;

export interface Filled {
  wijkId: string;
  db: Database;
  /** milliseconds of analysis in Node for each question, mean */
  analysisMs: number;
  close(): Promise<void>;
}

/**
 * A wijk with these questions, their answers, and their index. Rows are written without triggers and
 * foreign keys (the owner of the bench's cluster may), the index's trees are made at the end.
 */
export async function fillWijk(
  urls: { owner: string; app: string },
  questions: readonly BenchQuestion[],
): Promise<Filled> {
  const owner = connect({ url: urls.owner, max: 1 });
  const themes = [...new Set(questions.map(({ theme }) => theme))];
  const wijk = await createWijk(owner, { slug: 'bench', name: 'Bench', now: NOW });
  await finishRebuild(owner, NOW);
  await owner.$client.end();
  const client = new pg.Client({
    connectionString: urls.owner,
    options:
      '-c timezone=UTC -c synchronous_commit=off -c session_replication_role=replica -c maintenance_work_mem=256MB',
  });
  await client.connect();
  let spent = 0;
  try {
    await client.query(
      `insert into wijk.theme (wijk_id, slug, name, position)
       select $1, slug, slug, 100 + n from unnest($2::text[]) with ordinality as t (slug, n) on conflict do nothing`,
      [wijk.id, themes],
    );
    await client.query(
      'drop index search.document_keys, search.term_trigrams, search.tally_changed',
    );
    for (let at = 0; at < questions.length; at += AT_ONCE) {
      const part = questions.slice(at, at + AT_ONCE);
      const started = performance.now();
      const rows = part.map((q) => {
        const row = rowOf(wijk.id, {
          questionId: q.id,
          theme: q.theme,
          title: q.title,
          body: q.body,
          answers: q.answers,
        });
        return { ...q, keys: `{${row.keys.join(',')}}`, words: row.words };
      });
      spent += performance.now() - started;
      await client.query(INSERT, [wijk.id, JSON.stringify(rows), at, NOW]);
    }
    await client.query(COUNT, [wijk.id]);
    await client.query('update search.tally set changed = false');
    await client.query('update search.state set documents = $2 where wijk_id = $1', [
      wijk.id,
      questions.length,
    ]);
    await client.query(
      'create index document_keys on search.document using gin (keys) with (fastupdate = false)',
    );
    await client.query(
      'create index term_trigrams on search.term using gin (wijk_id, surface search.gin_trgm_ops)',
    );
    await client.query('create index tally_changed on search.tally (wijk_id) where changed');
    await client.query(
      'vacuum (analyze) search.document, search.term, search.tally, vraagbaak.question, vraagbaak.answer',
    );
  } finally {
    await client.end();
  }
  const db = connect({ url: urls.app, max: 4 });
  return {
    wijkId: wijk.id,
    db,
    analysisMs: spent / questions.length,
    close: () => db.$client.end(),
  };
}

const INSERT = `
with given as materialized (
  select row_number() over () + $3::int as n, g.*
  from jsonb_to_recordset($2::jsonb)
    as g (id uuid, theme text, title text, body text, answers jsonb, keys text, words jsonb)
), asked as (
  insert into vraagbaak.question (wijk_id, id, ref, slug, title, body, theme, visibility, status, submitted_at)
  select $1::uuid, id, 'r' || n, 's' || n, title, body, theme, 'public', 'open', $4::timestamptz - n * interval '1 minute' from given
), answered as (
  insert into vraagbaak.answer (wijk_id, id, question_id, membership_id, author_name, capacity, body, published_at)
  select $1::uuid, gen_random_uuid(), g.id, g.id, 'x', 'resident', a.body, $4::timestamptz
  from given g cross join lateral jsonb_array_elements_text(g.answers) as a (body)
), tallied as (
  insert into search.tally (wijk_id, question_id, words, counted, changed)
  select $1::uuid, id, array(select jsonb_array_elements_text(words)), keys::int[], false from given
)
insert into search.document (wijk_id, question_id, keys) select $1::uuid, id, keys::int[] from given`;

const COUNT = `
insert into search.term (wijk_id, number, surface, df, df_high)
select $1::uuid, (k.key >> 3) & 536870911, (array_agg(k.word order by length(k.word), k.word))[1],
  count(*), count(*) filter (where k.key & 7 >= 4)
from search.tally t cross join lateral unnest(t.counted, t.words) as k (key, word)
where t.wijk_id = $1 group by 2`;

export interface Baseline {
  rank(wijkId: string, text: string, limit: number): Promise<string[]>;
  close(): Promise<void>;
}

/** Plain full-text search of PostgreSQL, its words joined by "or": the baseline. */
export async function prepareBaseline(url: string): Promise<Baseline> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create table baseline as
    select q.wijk_id, q.id, setweight(to_tsvector('dutch', q.title), 'A') || setweight(to_tsvector('dutch', q.body), 'B')
      || setweight(to_tsvector('dutch', coalesce((select string_agg(a.body, ' ') from vraagbaak.answer a
        where a.wijk_id = q.wijk_id and a.question_id = q.id), '')), 'C') as words
    from vraagbaak.question q`);
  await client.query('create index on baseline using gin (words)');
  await client.query('vacuum (analyze) baseline');
  return {
    rank: async (wijkId, text, limit) => {
      const { rows } = await client.query<{ id: string }>({
        name: 'baseline',
        text: `select b.id from baseline b, to_tsquery('dutch',
            (select string_agg(quote_literal(w), ' | ') from regexp_split_to_table($2::text, '[^[:alnum:]]+') as w where w <> '')) as wanted
          where b.wijk_id = $1 and b.words @@ wanted order by ts_rank(b.words, wanted) desc limit $3`,
        values: [wijkId, text, limit],
      });
      return rows.map(({ id }) => id);
    },
    close: () => client.end(),
  };
}
