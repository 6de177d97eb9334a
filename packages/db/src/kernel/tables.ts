import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgSchema, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant, wijkId } from './columns.ts';

export const kernel = pgSchema('kernel');

/** What happened, ids only; written in the transaction of the change (N1). */
export const event = kernel.table(
  'event',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    type: text('type').notNull(),
    payload: jsonb('payload').$type<Record<string, string>>().notNull(),
    occurredAt: instant('occurred_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.id] })],
);

/** One row per event and subscriber: the effect happens in the transaction that closes it. */
export const delivery = kernel.table(
  'delivery',
  {
    wijkId: wijkId(),
    eventId: uuid('event_id').notNull(),
    subscriber: text('subscriber').notNull(),
    id: uuid('id').notNull(),
    status: text('status', { enum: ['pending', 'done', 'dead'] }).notNull(),
    dueAt: instant('due_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    lastError: text('last_error'),
    doneAt: instant('done_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.eventId, t.subscriber] }),
    index('delivery_due').on(t.dueAt).where(sql`${t.status} = 'pending'`),
    index('delivery_dead').on(t.wijkId, t.dueAt).where(sql`${t.status} = 'dead'`),
  ],
);

/**
 * Replies of writes that succeeded. `scope` is a keyed hash over person, route and the client's
 * UUID, so a row names nobody (an asker least of all).
 */
export const idempotency = kernel.table(
  'idempotency',
  {
    wijkId: wijkId(),
    scope: text('scope').notNull(),
    requestHash: text('request_hash').notNull(),
    reply: jsonb('reply').$type<unknown>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.scope] }), index('idempotency_age').on(t.createdAt)],
);
