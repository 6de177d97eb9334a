import type { Database } from '@wijk/db/kernel';
import type { Clock } from '@wijk/domain/kernel';
import { FallbackSearch, MeilisearchSearch, PostgresSearch } from '@wijk/search';
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../../config.ts';
import type { Search } from './search.ts';

interface Parts {
  config: Pick<Config, 'meilisearch'>;
  db: Database;
  clock: Clock;
  log: FastifyBaseLogger;
}

/** The configured search. Themes are proposed by the database whichever engine finds questions. */
export function composeSearch({ config, db, clock, log }: Parts): Search {
  const postgres = new PostgresSearch(db);
  if (!config.meilisearch) return postgres;
  const found = new FallbackSearch(new MeilisearchSearch(config.meilisearch), postgres, {
    now: () => clock.now(),
    // the name of the error alone: its text may quote what somebody looked for
    onChange: ({ available }, error) =>
      available
        ? log.info('Meilisearch is back')
        : log.error(
            { reason: error instanceof Error ? error.name : 'unknown' },
            'Meilisearch is away or slow; the database searches',
          ),
  });
  return {
    search: (wijkId, query) => found.search(wijkId, query),
    similar: (wijkId, text, limit) => found.similar(wijkId, text, limit),
    proposeTheme: (wijkId, text) => postgres.proposeTheme(wijkId, text),
    state: () => found.state,
  };
}
