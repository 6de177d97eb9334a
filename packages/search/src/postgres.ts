import type { Executor } from '@wijk/db/kernel';
import { type Analyser, dutchAnalyser, type Token } from './analysis/analyse.ts';
import { themeStem } from './analysis/document.ts';
import { QUESTIONS } from './corpus.ts';
import type { SearchHit, SearchPort, SearchQuery, SearchResult } from './port.ts';
import { readCandidates } from './postgres-candidates.ts';
import type { Statistics } from './postgres-lookup.ts';
import { fitOf, telling, Understanding, weighed } from './postgres-understand.ts';
import { correct } from './ranking/correct.ts';
import type { Fit } from './ranking/fit.ts';
import { nearnessOf } from './ranking/nearness.ts';
import { planCandidates, within } from './ranking/plan.ts';
import { likenessOf, wholeText } from './ranking/runs.ts';
import { type ThemeProposal, themeOf } from './ranking/theme.ts';
import type { NearWord } from './ranking/weigh.ts';
import { readSources } from './sources.ts';

/** What is read of a search and of a text that is being written. */
const QUERY_LIMITS = { characters: 300, words: 12 } as const;
const TEXT_LIMITS = { characters: 4000, words: 20 } as const;
/** Hits that are counted and paged through at most. */
export const HITS_AT_MOST = 200;
/** A page shows what fits at least this much as well as the best. */
const LEAST_OF_BEST = 0.05;
const LEAST_COVERAGE = 0.03;
/** Of the best so many are compared with the query letter by letter, and how much that counts. */
const COMPARED = 30;
const LIKENESS_COUNTS = 0.4;

interface RankOptions {
  theme?: string | undefined;
  /** whether words of the wijk that resemble those typed are looked up */
  near: 'all' | 'none';
  /** for a text, not a search: the stems of its title */
  first?: ReadonlySet<string>;
}

interface Ranked extends Fit {
  questionId: string;
  theme: string;
}

/** Ranked candidates of a text, best first. */
interface Ranking {
  ranked: Ranked[];
  near: ReadonlyMap<string, readonly NearWord[]>;
  statistics: Statistics;
}

/** The search on the database itself: see docs/decisions/0018-search.md for how it ranks and why. */
export class PostgresSearch implements SearchPort {
  readonly #db: Executor;
  readonly #analyser: Analyser;
  readonly #understanding: Understanding;

  constructor(db: Executor, analyser: Analyser = dutchAnalyser()) {
    this.#db = db;
    this.#analyser = analyser;
    this.#understanding = new Understanding(db, analyser, QUESTIONS);
  }

  async search(wijkId: string, query: SearchQuery): Promise<SearchResult> {
    const words = this.#analyser.tokens(query.text, QUERY_LIMITS.characters);
    const tokens = words.slice(0, QUERY_LIMITS.words);
    if (tokens.length === 0) return { hits: [], total: 0, corrected: null };
    const { ranked, near, statistics } = await this.#rank(wijkId, tokens, {
      theme: query.theme,
      near: 'all',
    });
    const least = (ranked[0]?.score ?? 0) * LEAST_OF_BEST;
    const fitting = await this.#compare(
      wijkId,
      query.text.slice(0, QUERY_LIMITS.characters),
      ranked
        .filter(({ score, coverage }) => score >= least && coverage >= LEAST_COVERAGE)
        .slice(0, HITS_AT_MOST),
    );
    const limit = Math.max(0, Math.min(50, query.limit));
    return {
      hits: fitting.slice(query.offset, query.offset + limit).map(hitOf),
      total: fitting.length,
      corrected: correct(query.text.slice(0, QUERY_LIMITS.characters), tokens, near, statistics),
    };
  }

  async similar(wijkId: string, text: string, limit: number): Promise<SearchHit[]> {
    const { near } = await this.#nearest(wijkId, text);
    return near.slice(0, limit).map(hitOf);
  }

  /**
   * The theme that a text belongs to, by the themes of the questions nearest to it.
   * @returns null where these disagree or where nothing is near
   */
  async proposeTheme(wijkId: string, text: string): Promise<ThemeProposal | null> {
    const { ranked } = await this.#nearest(wijkId, text);
    return themeOf(ranked, text.trim().includes('\n') ? 'text' : 'title');
  }

  /** Ranked questions for a text of which the first line counts double: a title, when more follows. */
  async #nearest(wijkId: string, text: string): Promise<{ ranked: Ranked[]; near: Ranked[] }> {
    const [title = '', ...rest] = text.slice(0, TEXT_LIMITS.characters).trim().split('\n');
    const early = this.#analyser.tokens(title);
    const tokens = [...early, ...this.#analyser.tokens(rest.join('\n'))];
    if (tokens.length === 0) return { ranked: [], near: [] };
    const first = rest.length > 0 ? new Set(early.map(({ stem }) => stem)) : NO_STEMS;
    const { ranked, statistics } = await this.#rank(wijkId, tokens, { near: 'none', first });
    const isNear = nearnessOf(tokens.length, statistics.documents);
    return { ranked, near: ranked.filter(isNear) };
  }

  /**
   * Puts the best of what fits in order anew, by their whole text as well: words that no stem, part or
   * synonym brought together may still be alike. The same for every page of one search.
   */
  async #compare(wijkId: string, text: string, fitting: Ranked[]): Promise<Ranked[]> {
    const best = fitting.slice(0, COMPARED);
    if (best.length < 2) return fitting;
    const ids = best.map(({ questionId }) => questionId);
    const sources = await readSources(this.#db, wijkId, ids);
    const likeness = likenessOf(text, sources.map(wholeText));
    const byId = new Map(sources.map(({ questionId }, i) => [questionId, likeness[i] ?? 0]));
    const most = (best[0]?.score ?? 0) * LIKENESS_COUNTS;
    const compared = best.map((one) => ({
      ...one,
      score: one.score + most * (byId.get(one.questionId) ?? 0),
    }));
    return [...compared.sort(order), ...fitting.slice(COMPARED)];
  }

  async #rank(wijkId: string, tokens: readonly Token[], options: RankOptions): Promise<Ranking> {
    const { first, theme } = options;
    const also = theme === undefined ? [] : [themeStem(theme)];
    const understood = await this.#understanding.of(wijkId, tokens, options.near, also);
    const { statistics, near } = understood;
    const { concepts, corpus, spread } = weighed(understood, !first);
    const chosen = first
      ? concepts
          .map((concept) => ({
            ...concept,
            importance: concept.importance * concept.emphasis * (first.has(concept.stem) ? 2 : 1),
          }))
          .sort((a, b) => b.importance - a.importance)
          .slice(0, TEXT_LIMITS.words)
      : concepts;
    if (chosen.length === 0) return { ranked: [], near, statistics };
    const found = await readCandidates(
      this.#db,
      wijkId,
      chosen,
      planCandidates(chosen, within(theme, spread, corpus.total), corpus.total),
      theme,
    );
    const fit = fitOf(wijkId, telling(chosen, statistics, found.seen), corpus);
    const ranked = found.candidates.map(({ id, theme: of, keys }) => ({
      questionId: id,
      theme: of,
      ...fit(keys),
    }));
    return { ranked: ranked.filter(({ score }) => score > 0).sort(order), near, statistics };
  }
}

const NO_STEMS: ReadonlySet<string> = new Set();

const order = (a: Ranked, b: Ranked): number =>
  b.score - a.score || (a.questionId < b.questionId ? -1 : 1);

const hitOf = ({ questionId, score }: Ranked): SearchHit => ({ questionId, score });
