import { connect, type Database, migrate } from '@wijk/db/kernel';
import { systemClock } from '@wijk/domain/kernel';
import { finishRebuild, MeilisearchIndex, requestRebuild } from '@wijk/search';
import { CommandError } from './command-error.ts';
import { openDatabase, withClient } from './database.ts';

export const help = `Indexes all questions of a wijk, or of all wijken, anew for the search, in batches and
while the application runs; what was indexed keeps working meanwhile. The application does this by
itself when a new version reads texts in another way. With SEARCH_ENGINE=meilisearch the indexes of
that server (MEILI_URL, MEILI_KEY) are made anew as well, beside the ones in use.`;

/** Makes the index of the search anew. */
export async function run([what, slug]: string[]): Promise<void> {
  if (what !== 'rebuild') throw new CommandError('It is: pnpm wijk search rebuild [wijk]');
  const database = await openDatabase({ create: false });
  try {
    await migrate(database.ownerUrl);
    const db = connect({ url: database.ownerUrl, max: 2, applicationName: 'wijk search' });
    try {
      const { rows } = await withClient(database.ownerUrl, (client) =>
        client.query<{ id: string }>(
          'select id from wijk.wijk where $1::text is null or slug = $1',
          [slug ?? null],
        ),
      );
      if (slug !== undefined && rows.length === 0)
        throw new CommandError(`There is no wijk '${slug}'.`);
      const now = systemClock.now();
      await requestRebuild(db, slug === undefined ? null : (rows[0]?.id ?? null));
      await finishRebuild(db, now);
      await rebuildMeilisearch(
        db,
        rows.map((row) => row.id),
        now,
      );
      console.log(
        `The search of ${rows.length === 1 ? 'one wijk' : `${rows.length} wijken`} is indexed.`,
      );
    } finally {
      await db.$client.end();
    }
  } finally {
    await database.close();
  }
}

async function rebuildMeilisearch(db: Database, wijken: string[], now: Date): Promise<void> {
  const { SEARCH_ENGINE, MEILI_URL: url, MEILI_KEY: key } = process.env;
  if (SEARCH_ENGINE !== 'meilisearch') return;
  if (!url || !key)
    throw new CommandError('SEARCH_ENGINE is meilisearch: MEILI_URL and MEILI_KEY are missing.');
  const index = new MeilisearchIndex({ url, key });
  for (const wijkId of wijken) {
    try {
      await index.rebuild(db, wijkId, now);
    } catch (error) {
      // of the client's own errors the name says what it is; their text may hold the address with its key
      throw new CommandError(
        `Meilisearch could not be filled: ${error instanceof Error ? error.name : 'unknown error'}; is MEILI_URL right and the server running?`,
      );
    }
  }
}
