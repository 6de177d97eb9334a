import type { Events, EventType } from '@wijk/contracts';
import { run } from '@wijk/db/kernel';
import { MeilisearchIndex } from '@wijk/search';
import { sql } from 'drizzle-orm';
import { type Services, type Subscriber, subscribe } from '../../services.ts';

const NAME = 'search-meilisearch';

/** What changes the text of a question or who may read it. */
const CHANGES: readonly EventType[] = [
  'question.submitted.v1',
  'question.withdrawn.v1',
  'question.edited.v1',
  'question.undone.v1',
  'question.marked-duplicate.v1',
  'question.flagged.v1',
  'moderation.decided.v1',
  'appeal.decided.v1',
  'answer.published.v1',
  'answer.edited.v1',
  'answer.removed.v1',
  'twin.decided.v1',
];

/**
 * Meilisearch follows the outbox: a question is sent as it is now, or taken out, whatever the event
 * was, so order and repetition don't matter. Without that engine what still waits for it is let go.
 */
export function keepInStep(services: Services): void {
  const { meilisearch } = services.config;
  if (!meilisearch) {
    services.subscribers.set(NAME, async () => undefined);
    return;
  }
  const index = new MeilisearchIndex(meilisearch);
  const follow: Subscriber = async (tx, { wijkId, payload }) => {
    const { questionId } = payload;
    if (!questionId) return index.syncSynonyms(tx, wijkId);
    // duplicates stand by themselves again when their original goes, without an event of their own
    const { rows } = await run<{ id: string }>(
      tx,
      sql`select q.id from vraagbaak.desk_action a
        join vraagbaak.question q on q.wijk_id = a.wijk_id and q.id = a.question_id
        where a.wijk_id = ${wijkId} and a.after ->> 'duplicateOf' = ${questionId}`,
    );
    await index.sync(tx, wijkId, [...new Set([questionId, ...rows.map(({ id }) => id)])]);
  };
  const types: readonly (keyof Events)[] = [...CHANGES, 'synonyms.changed.v1'];
  subscribe(services, NAME, types, follow);
}

export interface SearchReport {
  engine: 'postgres' | 'meilisearch';
  /** false: it is away or slow, and the database searches */
  available: boolean;
  /** changes that it does not know yet */
  waiting: number;
  /** moment of the oldest of these */
  behindSince: string | null;
}

/** How the search is doing, for whoever runs the installation. */
export async function reportOf(services: Services, wijkId: string): Promise<SearchReport> {
  const state = services.search.state?.();
  if (!state) return { engine: 'postgres', available: true, waiting: 0, behindSince: null };
  const { rows } = await run<{ n: number; oldest: Date | null }>(
    services.db,
    sql`select count(*)::int as n, min(e.occurred_at) as oldest from kernel.delivery d
      join kernel.event e on e.wijk_id = d.wijk_id and e.id = d.event_id
      where d.wijk_id = ${wijkId} and d.subscriber = ${NAME} and d.status <> 'done'`,
  );
  const { n: waiting = 0, oldest = null } = rows[0] ?? {};
  return {
    engine: 'meilisearch',
    available: state.available,
    waiting,
    behindSince: oldest ? new Date(oldest).toISOString() : null,
  };
}
