import { type SQL, sql } from 'drizzle-orm';

/**
 * The tables of one index. Questions and listings have the same analysis and the same counting, each with
 * words of its own: a word is rare or common among its kind. Names of tables, never values.
 */
export interface CorpusTables {
  document: SQL;
  tally: SQL;
  term: SQL;
  state: SQL;
  /** the column of what is indexed */
  id: SQL;
  /** of the wijk: how many documents are counted, and the version of its synonyms; `w` is the wijk */
  figures: SQL;
  /**
   * Serialises those who take words away with the worker that counts words. Shared by the former, so they
   * never wait for each other; who only adds text takes no lock at all.
   */
  counting: number;
}

export const QUESTIONS: CorpusTables = {
  document: sql.raw('search.document'),
  tally: sql.raw('search.tally'),
  term: sql.raw('search.term'),
  state: sql.raw('search.state'),
  id: sql.raw('question_id'),
  figures: sql.raw(
    'select null, s.documents, s.synonyms_version from search.state s where s.wijk_id',
  ),
  counting: 7_203_160,
};

export const LISTINGS: CorpusTables = {
  document: sql.raw('search.listing_document'),
  tally: sql.raw('search.listing_tally'),
  term: sql.raw('search.listing_term'),
  state: sql.raw('search.listing_state'),
  id: sql.raw('listing_id'),
  figures: sql.raw(`select null, coalesce(l.documents, 0), s.synonyms_version from search.state s
      left join search.listing_state l on l.wijk_id = s.wijk_id where s.wijk_id`),
  counting: 7_203_161,
};
