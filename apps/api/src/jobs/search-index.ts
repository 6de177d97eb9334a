import {
  countWords,
  LISTINGS,
  rebuildStep,
  reindexStale,
  reindexStaleListings,
  renewListingIndex,
} from '@wijk/search';
import type { NamedJob } from './worker.ts';

/**
 * Keeps the search in step: indexes wijken that have no index or one of an older analysis, then what
 * changed without being indexed in its own transaction, then counts words anew. All in small batches.
 */
export const searchJobs: readonly NamedJob[] = [
  {
    name: 'search-index',
    run: async ({ db, clock }) => (await rebuildStep(db, clock.now())) || (await reindexStale(db)),
  },
  { name: 'search-words', run: ({ db }) => countWords(db) },
  {
    name: 'search-listings',
    run: async ({ db }) =>
      (await renewListingIndex(db)) ||
      (await reindexStaleListings(db)) ||
      (await countWords(db, LISTINGS)),
  },
];
