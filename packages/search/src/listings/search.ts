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
import { readFacets, THEME } from './facets.ts';

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

/** What some words are looked for by. */
interface Words {
  passes: Pass[];
  /** the numbers of all their stems */
  stems: number[];
  /** more stand by them than are looked at; null: the figure of what was found says so */
  isMany: boolean | null;
  corrected: string | null;
  scored(found: readonly Found[]): FoundListing[];
}

const NOTHING: Words = {
  ...{ passes: [], stems: [], isMany: false, corrected: null },
  scored: () => [],
};
const NEWEST: Words = {
  ...{ passes: [{ lists: [], limit: LISTINGS_AT_MOST + 1 }], stems: [] },
  ...{ isMany: null, corrected: null },
  scored: (found) => found.slice(0, LISTINGS_AT_MOST).map((one) => shown(one, 0)),
};

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
    return this.#run(wijkId, await this.#understand(wijkId, query.text), query);
  }

  async findBoth(
    wijkId: string,
    query: ListingQuery,
  ): Promise<{ all: ListingResult; narrowed: ListingResult | null }> {
    const words = await this.#understand(wijkId, query.text);
    const whole = this.#run(wijkId, words, { filters: [], maxRate: null });
    const narrows = query.filters.length > 0 || query.maxRate !== null;
    // where the words say that there are too many, nobody waits for one after the other
    const early = narrows && words?.isMany === true ? this.#run(wijkId, words, query) : null;
    const [all, narrowed] = await Promise.all([whole, early]);
    if (narrowed || !narrows || !all.isCapped) return { all, narrowed };
    return { all, narrowed: await this.#run(wijkId, words, query) };
  }

  /** How the words are looked for; null where nothing can be found by them. */
  async #understand(wijkId: string, typed: string): Promise<Words | null> {
    const text = typed.slice(0, QUERY_LIMITS.characters);
    if (text.trim() === '') return NEWEST;
    const tokens = this.#analyser
      .tokens(text, QUERY_LIMITS.characters)
      .slice(0, QUERY_LIMITS.words);
    if (tokens.length === 0) return null;
    const understood = await this.#understanding.of(wijkId, tokens, 'all');
    const { statistics, near } = understood;
    const { concepts, corpus, spread } = weighed(understood, true);
    const corrected = correct(text, tokens, near, statistics);
    if (concepts.length === 0) return { ...NOTHING, corrected };
    const plan = planCandidates(concepts, spread, corpus.total);
    const keysOf = (list: readonly { stem: string; high: boolean }[]) =>
      numbers(
        list.flatMap(({ stem, high }) =>
          levelsOf(high, HIGH_LEVEL).map((level) => keyOf(termNumber(wijkId, stem), level)),
        ),
      );
    const stems = new Map(
      [...new Set(stemsOf(concepts))].map((stem) => [termNumber(wijkId, stem), stem]),
    );
    const scored = (found: readonly Found[]) => {
      const seen = new Set(
        found.flatMap(({ keys }) => keys.map((key) => stems.get(termOfKey(key)) ?? '')),
      );
      return best(found, fitOf(wijkId, telling(concepts, statistics, seen), corpus));
    };
    return {
      passes: [
        ...(plan.any.length > 0 ? [{ lists: [keysOf(plan.any)], limit: CANDIDATES }] : []),
        ...plan.together.map(({ lists, limit }) => ({ lists: lists.map(keysOf), limit })),
      ],
      ...{ stems: [...stems.keys()], isMany: plan.together.length > 0, corrected, scored },
    };
  }

  async #run(
    wijkId: string,
    words: Words | null,
    narrow: Pick<ListingQuery, 'filters' | 'maxRate'>,
  ): Promise<ListingResult> {
    if (!words) return { found: [], isCapped: false, corrected: null };
    const { passes, stems, isMany, corrected, scored } = words;
    const found = passes.length === 0 ? [] : await this.#read(wijkId, passes, narrow, stems);
    return {
      found: scored(found),
      isCapped: isMany ?? found.length > LISTINGS_AT_MOST,
      corrected,
    };
  }

  /** Several ways may bring up the same one. */
  async #read(
    wijkId: string,
    passes: readonly Pass[],
    { filters, maxRate }: Pick<ListingQuery, 'filters' | 'maxRate'>,
    stems: readonly number[],
  ): Promise<Found[]> {
    // without words the newest of a theme are in an order of their own
    const theme = passes.every(({ lists }) => lists.length === 0) ? themeIn(filters) : null;
    const others = theme === null ? filters : filters.filter((list) => list[0] !== THEME + theme);
    const narrowed = others.map((list) =>
      numbers(list.map((stem) => keyOf(termNumber(wijkId, stem), 0))),
    );
    const all = stems.flatMap((number) =>
      Array.from({ length: LEVELS }, (_, level) => keyOf(number, level)),
    );
    const { rows } = await run<{ id: string; facets: string; at: string; matched: string }>(
      this.#db,
      sql`select c.id, c.facets, c.at::text, c.matched from search.listing_candidates(${wijkId}::uuid,
          ${JSON.stringify(passes)}::jsonb, ${texts(narrowed)}::text[], ${maxRate ?? null}::int,
          ${numbers(all)}::int[], ${theme}::text) c`,
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

/** What fits well enough beside the best, in no order. */
function best(found: readonly Found[], fit: ReturnType<typeof fitOf>): FoundListing[] {
  const fits = found
    .map((one) => ({ one, ...fit(one.keys) }))
    .filter(({ score, coverage }) => score > 0 && coverage >= LEAST_COVERAGE);
  const most = Math.max(0, ...fits.map(({ score }) => score));
  return fits
    .filter(({ score }) => score >= most * LEAST_OF_BEST)
    .map(({ one, score }) => shown(one, score / most));
}

/** The one theme that is asked for. */
const themeIn = (filters: ListingQuery['filters']): string | null => {
  const list = filters.find((one) => one.length === 1 && one[0]?.startsWith(THEME));
  return list?.[0]?.slice(THEME.length) ?? null;
};

const shown = ({ id, facets, publishedAt }: Found, words: number): FoundListing => ({
  ...facets,
  id,
  publishedAt,
  words,
});
