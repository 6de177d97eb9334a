import type { Executor } from '@wijk/db/kernel';
import type { Analyser, Token } from './analysis/analyse.ts';
import { levelOfKey, termNumber, termOfKey } from './analysis/keys.ts';
import type { CorpusTables } from './corpus.ts';
import { readNear, readStatistics, type Statistics } from './postgres-lookup.ts';
import { type Fit, fitterOf } from './ranking/fit.ts';
import { type Concept, interpret, stemsOf } from './ranking/interpret.ts';
import type { Spread } from './ranking/plan.ts';
import { SynonymIndex } from './ranking/synonyms.ts';
import {
  addNear,
  type Corpus,
  type NearWord,
  type WeighedConcept,
  weigh,
} from './ranking/weigh.ts';
import { relatedIndex } from './related/related-index.ts';
import { listSynonyms } from './synonym-store.ts';

const WIJKEN_KEPT = 200;

/** The synonyms of the redactie count for a little more than words that are related in general. */
const OWN_SYNONYMS = { word: 0.8, phrase: 0.7, rest: 0.8, near: 0.4 };
const FRESH: Spread = { df: 1, high: 1 };

/** The words of a text with what they may mean, and what the corpus says of all of them. */
export interface Understood {
  concepts: Concept[];
  statistics: Statistics;
  near: ReadonlyMap<string, readonly NearWord[]>;
}

/** Reads what somebody typed by the words of one corpus of a wijk. */
export class Understanding {
  readonly #db: Executor;
  readonly #analyser: Analyser;
  readonly #tables: CorpusTables;
  readonly #synonyms = new Map<string, { version: number; index: SynonymIndex }>();

  constructor(db: Executor, analyser: Analyser, tables: CorpusTables) {
    this.#db = db;
    this.#analyser = analyser;
    this.#tables = tables;
  }

  /**
   * @param nearOf whether words of the wijk that resemble those typed are looked up
   * @param also stems whose spread is asked for as well
   */
  async of(
    wijkId: string,
    tokens: readonly Token[],
    nearOf: 'all' | 'none',
    also: readonly string[] = [],
  ): Promise<Understood> {
    let synonyms = this.#synonyms.get(wijkId);
    const related = relatedIndex(this.#analyser);
    for (let again = 0; ; again += 1) {
      const concepts = interpret(tokens, {
        synonyms: synonyms ? [synonyms.index, related] : [related],
        stem: (word) => this.#analyser.token(word).stem,
      });
      const stems = [...stemsOf(concepts), ...also];
      const statistics = await readStatistics(this.#db, wijkId, stems, this.#tables);
      if (statistics.synonymsVersion === (synonyms?.version ?? 0) || again === 2) {
        const words = nearOf === 'all' ? concepts.map(({ word }) => word) : [];
        const near = await readNear(this.#db, wijkId, words, this.#analyser, this.#tables);
        return { concepts, statistics, near };
      }
      synonyms = await this.#loadSynonyms(wijkId, statistics.synonymsVersion);
    }
  }

  /** Kept until the wijk's own version goes up, so an edit counts from its commit on, everywhere. */
  async #loadSynonyms(wijkId: string, version: number) {
    const sets = await listSynonyms(this.#db, wijkId);
    const loaded = { version, index: new SynonymIndex(sets, this.#analyser, OWN_SYNONYMS) };
    if (this.#synonyms.size >= WIJKEN_KEPT) this.#synonyms.clear();
    this.#synonyms.set(wijkId, loaded);
    return loaded;
  }
}

/**
 * What was typed with how much each of it matters in this corpus.
 * @param typed whether a word that is not counted yet may stand in what was written a second ago
 */
export function weighed(
  { concepts, statistics, near }: Understood,
  typed: boolean,
): { concepts: WeighedConcept[]; corpus: Corpus; spread: (stem: string) => Spread } {
  const nearSpread = new Map<string, Spread>();
  for (const words of near.values())
    for (const { stem, df } of words) nearSpread.set(stem, { df, high: df });
  const own = new Set(concepts.map(({ stem }) => stem));
  const spread = (stem: string): Spread => {
    const counted = statistics.spread(stem);
    if (counted.df > 0) return counted;
    return nearSpread.get(stem) ?? (own.has(stem) && typed ? FRESH : counted);
  };
  const corpus: Corpus = {
    total: Math.max(1, statistics.documents),
    df: (stem) => spread(stem).df,
  };
  for (const concept of concepts)
    addNear(concept, near.get(concept.word) ?? [], statistics.spread(concept.stem).df > 0);
  return { concepts: weigh(concepts, corpus, (s) => statistics.spread(s).df > 0), corpus, spread };
}

/** What is nowhere says nothing about which of some documents fits better. */
export const telling = (
  concepts: readonly WeighedConcept[],
  statistics: Statistics,
  seen: ReadonlySet<string>,
): WeighedConcept[] =>
  concepts.filter(
    (one) => statistics.spread(one.stem).df > 0 || stemsOf([one]).some((stem) => seen.has(stem)),
  );

/** How well documents fit, by their keys. */
export function fitOf(
  wijkId: string,
  concepts: readonly WeighedConcept[],
  corpus: Corpus,
): (keys: readonly number[]) => Fit {
  const fitter = fitterOf(concepts, corpus);
  const places = fitter.stems.map((stem) => termNumber(wijkId, stem));
  const at = new Map(places.map((number, place) => [number, place]));
  const levels = new Int8Array(places.length);
  return (keys) => {
    levels.fill(-1);
    for (const key of keys) {
      const place = at.get(termOfKey(key));
      if (place !== undefined) levels[place] = levelOfKey(key);
    }
    return fitter.fit(levels);
  };
}
