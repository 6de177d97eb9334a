import type { Ranked } from '@wijk/domain/market';

/**
 * What pages ask of a search engine, whichever it is. An engine knows public text only: questions that
 * anyone may read, with their answers in view. It returns ids; the caller reads the questions by their
 * own rule, so what an index still holds of a question that left view is never shown.
 */
export interface SearchPort {
  /**
   * A page of questions that fit what somebody looks for, best first.
   * @param query as typed: misspelt, compounds split or joined, stop words and all
   */
  search(wijkId: string, query: SearchQuery): Promise<SearchResult>;

  /**
   * Questions that ask the same as a text that is being written, best first; none when nothing is near
   * enough to be worth somebody's eyes.
   */
  similar(wijkId: string, text: string, limit: number): Promise<SearchHit[]>;
}

export interface SearchQuery {
  text: string;
  theme?: string | undefined;
  /** at most 50 */
  limit: number;
  offset: number;
}

export interface SearchHit {
  questionId: string;
  /** higher fits better; comparable within one reply only */
  score: number;
}

export interface SearchResult {
  hits: SearchHit[];
  /** all that fit, counted up to a limit of the engine's own */
  total: number;
  /** the words as they were understood, where a typing error was mended; null when nothing was */
  corrected: string | null;
}

/** What pages ask of a search engine about listings. It knows what stands on the market, and nothing else. */
export interface ListingSearchPort {
  /**
   * Listings that fit the words, or the newest where there are none, with what they are filtered by: the
   * caller sifts, counts and puts them in order (`@wijk/domain/market`).
   */
  find(wijkId: string, query: ListingQuery): Promise<ListingResult>;
  /**
   * `all` is what there is without the filters, for the figures beside them. Where that is more than is
   * looked at and something is filtered by, `narrowed` is what is found with them.
   */
  findBoth(
    wijkId: string,
    query: ListingQuery,
  ): Promise<{ all: ListingResult; narrowed: ListingResult | null }>;
}

export interface ListingQuery {
  /** as typed; '' for all of them */
  text: string;
  /** words of `filterStems`: of each list a listing has one */
  filters: readonly (readonly string[])[];
  /** minor units: what costs more is left out; null: whatever it costs */
  maxRate: number | null;
}

/** `words` is 1 for what fits best, and 0 where no words were typed. */
export type FoundListing = Ranked;

export interface ListingResult {
  found: FoundListing[];
  /** there are more than were looked at */
  isCapped: boolean;
  /** the words as they were understood, where a typing error was mended */
  corrected: string | null;
}
