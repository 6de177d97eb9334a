export { dutchAnalyser } from './analysis/analyse.ts';
export type { SearchDocument } from './analysis/document.ts';
export { LISTINGS } from './corpus.ts';
export { countWords } from './count-words.ts';
export { type EngineState, FallbackSearch } from './fallback.ts';
export {
  forgetQuestion,
  indexQuestion,
  reindexIfStale,
  reindexQuestions,
  reindexStale,
} from './index-question.ts';
export { filterStems } from './listings/facets.ts';
export {
  reindexListings,
  reindexStaleListings,
  renewListingIndex,
} from './listings/index-listing.ts';
export { LISTINGS_AT_MOST, PostgresListingSearch } from './listings/search.ts';
export { indexOf, type MeilisearchOptions, MeilisearchSearch } from './meilisearch.ts';
export { MeilisearchIndex } from './meilisearch-index.ts';
export type * from './port.ts';
export { PostgresSearch } from './postgres.ts';
export type { ThemeProposal } from './ranking/theme.ts';
export { finishRebuild, rebuildStep, requestRebuild } from './rebuild.ts';
export {
  deleteSynonyms,
  listSynonyms,
  type PutSynonyms,
  putSynonyms,
  SYNONYM_LIMITS,
  type SynonymSet,
} from './synonym-store.ts';
export { ANALYSIS_VERSION } from './version.ts';
