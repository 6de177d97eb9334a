import { Meilisearch, type SearchParams } from 'meilisearch';
import { type Analyser, dutchAnalyser } from './analysis/analyse.ts';
import type { SearchHit, SearchPort, SearchQuery, SearchResult } from './port.ts';

export interface MeilisearchOptions {
  url: string;
  key: string;
  /** milliseconds that a reader may wait for it; beyond it counts as away */
  timeout?: number;
}

/** Slower than this and the search on the database would have been quicker. */
const SLOW_MS = 300;
/** It reads no more words of a query than these. */
const WORDS_READ = 10;
const TOTAL_AT_MOST = 200;
/** A suggestion that fits less well than this is no suggestion. */
const NEAR_ENOUGH = 0.35;

/** Every wijk has an index of its own, so that its synonyms are its own too. */
export const indexOf = (wijkId: string): string => `vragen_${wijkId.replaceAll('-', '')}`;

/**
 * The filter of every search. Made here and of nothing that a reader typed: the wijk is that of the
 * address, and a theme is quoted whatever stands in it.
 */
const filterOf = (wijkId: string, theme?: string): string[] => [
  `wijk = ${JSON.stringify(wijkId)}`,
  ...(theme === undefined ? [] : [`theme = ${JSON.stringify(theme)}`]),
];

interface Found {
  hits: { id: string; _rankingScore?: number }[];
  estimatedTotalHits?: number;
}

/** The same port on a Meilisearch server. It is given ids back alone: texts are read from the database. */
export class MeilisearchSearch implements SearchPort {
  readonly #client: Meilisearch;
  readonly #analyser: Analyser;

  constructor(
    { url, key, timeout = SLOW_MS }: MeilisearchOptions,
    analyser: Analyser = dutchAnalyser(),
  ) {
    this.#client = new Meilisearch({ host: url, apiKey: key, timeout });
    this.#analyser = analyser;
  }

  async search(wijkId: string, query: SearchQuery): Promise<SearchResult> {
    const found = await this.#ask(wijkId, this.#words(query.text), {
      filter: filterOf(wijkId, query.theme),
      limit: query.limit,
      offset: query.offset,
    });
    const total = Math.min(found.estimatedTotalHits ?? found.hits.length, TOTAL_AT_MOST);
    // it forgives typing errors and does not tell which
    return { hits: found.hits.map(hitOf), total, corrected: null };
  }

  async similar(wijkId: string, text: string, limit: number): Promise<SearchHit[]> {
    const words = this.#words(text);
    if (words === '') return [];
    const found = await this.#ask(wijkId, words, {
      filter: filterOf(wijkId),
      limit,
      rankingScoreThreshold: NEAR_ENOUGH,
    });
    return found.hits.map(hitOf);
  }

  /** What a text is about, with the parts of its compounds behind it, as many words as are read. */
  #words(text: string): string {
    const tokens = this.#analyser.tokens(text, 600);
    const words = tokens.map(({ word }) => word);
    const parts = tokens.flatMap((token) => token.parts.map(({ word }) => word));
    return [...new Set([...words, ...parts])].slice(0, WORDS_READ).join(' ');
  }

  async #ask(wijkId: string, words: string, params: SearchParams): Promise<Found> {
    const index = this.#client.index<{ id: string }>(indexOf(wijkId));
    return (await index.search(words, {
      ...params,
      attributesToRetrieve: ['id'],
      showRankingScore: true,
      // the words that are in most questions say least and are the first that need not be there
      matchingStrategy: 'frequency',
    })) as Found;
  }
}

const hitOf = ({ id, _rankingScore }: Found['hits'][number]): SearchHit => ({
  questionId: id,
  score: _rankingScore ?? 0,
});
