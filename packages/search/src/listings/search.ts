import { type Executor, run } from '@wijk/db/kernel';
import type { Findable } from '@wijk/domain/market';
import { sql } from 'drizzle-orm';
import { type Analyser, dutchAnalyser } from '../analysis/analyse.ts';
import { LEVELS } from '../analysis/document.ts';
import { keyOf, termNumber, termOfKey } from '../analysis/keys.ts';
import { LISTINGS } from '../corpus.ts';
import { HIGH_LEVEL } from '../count-words.ts';
import { numbers, readNumbers, texts } from '../literal.ts';
import type { FoundListing, ListingQuery, ListingResult, ListingSearchPort } from '../port.ts';
import { fitOf, telling, Understanding, weighed } from '../postgres-understand.ts';
import { correct } from '../ranking/correct.ts';
import { stemsOf } from '../ranking/interpret.ts';
import { CANDIDATES, levelsOf, planCandidates } from '../ranking/plan.ts';
import { readFacets } from './facets.ts';

const QUERY_LIMITS = { characters: 300, words: 12 } as const;
/**
 * Listings that are looked at for one page. A wijk with fewer has every figure exact; beyond it the newest,
 * or the best by their words, are.
 */
export const LISTINGS_AT_MOST = 1000;
/** What is only remotely near the words is left out: each listing says that it fits them. */
const LEAST_OF_BEST = 0.3;
const LEAST_COVERAGE = 0.03;

/** Documents with a key of each of some lists, so many at most. */
interface Pass {
  lists: string[];
  limit: number;
}

interface Found {
  id: string;
  facets: Findable;
  publishedAt: Date;
  keys: number[];
}

/** The market's search on the database: see docs/decisions/0034-finding-on-the-market.md. */
export class PostgresListingSearch implements ListingSearchPort {
  readonly #db: Executor;
  readonly #analyser: Analyser;
  readonly #understanding: Understanding;

  constructor(db: Executor, analyser: Analyser = dutchAnalyser()) {
    this.#db = db;
    this.#analyser = analyser;
    this.#understanding = new Understanding(db, analyser, LISTINGS);
  }

  async find(wijkId: string, query: ListingQuery): Promise<ListingResult> {
    const text = query.text.slice(0, QUERY_LIMITS.characters);
    const tokens = this.#analyser
      .tokens(text, QUERY_LIMITS.characters)
      .slice(0, QUERY_LIMITS.words);
    if (text.trim() === '') {
      const newest = [{ lists: [], limit: LISTINGS_AT_MOST + 1 }];
      const found = await this.#read(wijkId, newest, query, []);
      return {
        found: found.slice(0, LISTINGS_AT_MOST).map((one) => shown(one, 0)),
        isCapped: found.length > LISTINGS_AT_MOST,
        corrected: null,
      };
    }
    if (tokens.length === 0) return { found: [], isCapped: false, corrected: null };
    const understood = await this.#understanding.of(wijkId, tokens, 'all');
    const { statistics, near } = understood;
    const { concepts, corpus, spread } = weighed(understood, true);
    const corrected = correct(text, tokens, near, statistics);
    if (concepts.length === 0) return { found: [], isCapped: false, corrected };
    const plan = planCandidates(concepts, spread, corpus.total);
    const keysOf = (list: readonly { stem: string; high: boolean }[]) =>
      numbers(
        list.flatMap(({ stem, high }) =>
          levelsOf(high, HIGH_LEVEL).map((level) => keyOf(termNumber(wijkId, stem), level)),
        ),
      );
    const passes: Pass[] = [
      ...(plan.any.length > 0 ? [{ lists: [keysOf(plan.any)], limit: CANDIDATES }] : []),
      ...plan.together.map(({ lists, limit }) => ({ lists: lists.map(keysOf), limit })),
    ];
    const stems = new Map(
      [...new Set(stemsOf(concepts))].map((stem) => [termNumber(wijkId, stem), stem]),
    );
    const found = await this.#read(wijkId, passes, query, [...stems.keys()]);
    const seen = new Set(
      found.flatMap(({ keys }) => keys.map((key) => stems.get(termOfKey(key)) ?? '')),
    );
    const fit = fitOf(wijkId, telling(concepts, statistics, seen), corpus);
    const scored = found
      .map((one) => ({ one, ...fit(one.keys) }))
      .filter(({ score, coverage }) => score > 0 && coverage >= LEAST_COVERAGE);
    const best = Math.max(0, ...scored.map(({ score }) => score));
    return {
      found: scored
        .filter(({ score }) => score >= best * LEAST_OF_BEST)
        .map(({ one, score }) => shown(one, score / best)),
      isCapped: plan.together.length > 0,
      corrected,
    };
  }

  /** Several ways may bring up the same one. */
  async #read(
    wijkId: string,
    passes: readonly Pass[],
    { filters, maxRate }: ListingQuery,
    stems: readonly number[],
  ): Promise<Found[]> {
    const narrowed = filters.map((list) =>
      numbers(list.map((stem) => keyOf(termNumber(wijkId, stem), 0))),
    );
    const all = stems.flatMap((number) =>
      Array.from({ length: LEVELS }, (_, level) => keyOf(number, level)),
    );
    const { rows } = await run<{ id: string; facets: string; at: string; matched: string }>(
      this.#db,
      sql`select c.id, c.facets, c.at::text, c.matched from search.listing_candidates(${wijkId}::uuid,
          ${JSON.stringify(passes)}::jsonb, ${texts(narrowed)}::text[], ${maxRate ?? null}::int,
          ${numbers(all)}::int[]) c`,
    );
    const found = new Map<string, Found>();
    for (const { id, facets, at, matched } of rows)
      if (!found.has(id))
        found.set(id, {
          id,
          facets: readFacets(facets),
          publishedAt: new Date(Number(at)),
          keys: matched === '' ? [] : readNumbers(matched),
        });
    return [...found.values()];
  }
}

const shown = ({ id, facets, publishedAt }: Found, words: number): FoundListing => ({
  ...facets,
  id,
  publishedAt,
  words,
});
