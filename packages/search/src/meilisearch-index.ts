import { type Database, type Executor, run } from '@wijk/db/kernel';
import { sql } from 'drizzle-orm';
import { type EnqueuedTaskPromise, Meilisearch, type Settings } from 'meilisearch';
import { dutchAnalyser } from './analysis/analyse.ts';
import type { SearchDocument } from './analysis/document.ts';
import { STOP_WORDS } from './analysis/stop-words.ts';
import { indexOf, type MeilisearchOptions } from './meilisearch.ts';
import { questionsAfter, readSources } from './sources.ts';
import { listSynonyms, type SynonymSet } from './synonym-store.ts';

/** All that is ever sent of a question: public text, and no name of anybody. */
interface MeilisearchDocument {
  id: string;
  wijk: string;
  theme: string;
  title: string;
  body: string;
  answers: readonly string[];
  /** the parts of its compounds: Meilisearch does not take Dutch words apart */
  parts: readonly string[];
}

const AT_ONCE = 500;
const REQUEST_MS = 10_000;
const TASK_MS = 120_000;

function documentOf(wijk: string, source: SearchDocument): MeilisearchDocument {
  const { questionId: id, theme, title, body, answers } = source;
  const tokens = dutchAnalyser().tokens([title, body, ...answers].join('\n'));
  const parts = new Set(tokens.flatMap((token) => token.parts.map(({ word }) => word)));
  return { id, wijk, theme, title, body, answers, parts: [...parts] };
}

/** Of a set, each word means all the others. */
export function synonymsOf(sets: readonly Pick<SynonymSet, 'words'>[]): Record<string, string[]> {
  const synonyms = new Map<string, Set<string>>();
  for (const { words } of sets)
    for (const word of words) {
      const others = synonyms.get(word.toLowerCase()) ?? new Set();
      for (const other of words) if (other !== word) others.add(other.toLowerCase());
      synonyms.set(word.toLowerCase(), others);
    }
  return Object.fromEntries([...synonyms].map(([word, others]) => [word, [...others]]));
}

const settingsOf = (sets: readonly SynonymSet[]): Settings => ({
  searchableAttributes: ['title', 'body', 'answers', 'parts'],
  filterableAttributes: ['wijk', 'theme'],
  displayedAttributes: ['id'],
  stopWords: [...STOP_WORDS],
  synonyms: synonymsOf(sets),
  typoTolerance: { enabled: true, minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 } },
  localizedAttributes: [{ attributePatterns: ['*'], locales: ['nld'] }],
});

/**
 * Keeps the indexes of a Meilisearch server in step. What it takes in it does in order, so a question
 * that was added and then removed is removed.
 */
export class MeilisearchIndex {
  readonly #client: Meilisearch;

  constructor({ url, key }: MeilisearchOptions) {
    const wait = { timeout: TASK_MS, interval: 100 };
    this.#client = new Meilisearch({
      host: url,
      apiKey: key,
      timeout: REQUEST_MS,
      defaultWaitOptions: wait,
    });
  }

  /** Sends these questions as this connection sees them; what may not be found is taken out. */
  async sync(db: Executor, wijkId: string, questionIds: readonly string[]): Promise<void> {
    const sources = await readSources(db, wijkId, questionIds);
    const found = new Set(sources.map(({ questionId }) => questionId));
    const index = this.#client.index(indexOf(wijkId));
    const gone = questionIds.filter((id) => !found.has(id));
    if (gone.length > 0) await index.deleteDocuments([...gone]);
    if (sources.length > 0)
      await index.addDocuments(
        sources.map((source) => documentOf(wijkId, source)),
        { primaryKey: 'id' },
      );
  }

  /** Sends the synonyms of the wijk as they are now. */
  async syncSynonyms(db: Executor, wijkId: string): Promise<void> {
    const synonyms = synonymsOf(await listSynonyms(db, wijkId));
    await this.#client.index(indexOf(wijkId)).updateSynonyms(synonyms);
  }

  /**
   * Makes the index of a wijk anew beside the one that is in use, and then puts it in its place. What
   * changed meanwhile is sent once more.
   * @returns how many questions it holds
   */
  async rebuild(db: Database, wijkId: string, now: Date): Promise<number> {
    const live = indexOf(wijkId);
    const fresh = `${live}_nieuw`;
    await this.#client.deleteIndexIfExists(fresh);
    await done(this.#client.createIndex(fresh, { primaryKey: 'id' }));
    const index = this.#client.index(fresh);
    await done(index.updateSettings(settingsOf(await listSynonyms(db, wijkId))));
    let count = 0;
    for (let after: string | null = null; ; ) {
      const ids: string[] = await questionsAfter(db, wijkId, after, AT_ONCE);
      const sources = await readSources(db, wijkId, ids);
      if (sources.length > 0)
        await done(index.addDocuments(sources.map((source) => documentOf(wijkId, source))));
      count += sources.length;
      after = ids.at(-1) ?? null;
      if (ids.length < AT_ONCE) break;
    }
    // there is nothing to change places with at the first time; that it is there already is no fault
    await this.#client.createIndex(live, { primaryKey: 'id' }).waitTask();
    await done(this.#client.swapIndexes([{ indexes: [live, fresh], rename: false }]));
    await done(this.#client.deleteIndex(fresh));
    await this.sync(db, wijkId, await changedSince(db, wijkId, now));
    await this.syncSynonyms(db, wijkId);
    return count;
  }
}

/** Waits for a task and tells of its failure. */
async function done(task: EnqueuedTaskPromise): Promise<void> {
  const { status, error } = await task.waitTask();
  if (status !== 'succeeded')
    throw new Error(`Meilisearch did not do what it was asked: ${error?.code ?? status}`);
}

async function changedSince(db: Executor, wijkId: string, at: Date): Promise<string[]> {
  const { rows } = await run<{ id: string }>(
    db,
    sql`select distinct e.payload ->> 'questionId' as id from kernel.event e
      where e.wijk_id = ${wijkId} and e.occurred_at >= ${at} and e.payload ? 'questionId'`,
  );
  return rows.map(({ id }) => id);
}
