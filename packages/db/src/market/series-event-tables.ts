import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  integer,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant, wijkId } from '../kernel/columns.ts';
import { order } from './order-tables.ts';
import { series } from './series-tables.ts';
import { market } from './tables.ts';

/**
 * One step of a series. Rows are only added; the id is made by whoever pressed. Of each time something comes once:
 * an order, or that it was skipped or missed.
 */
export const seriesEvent = market.table(
  'series_event',
  {
    wijkId: wijkId(),
    seriesId: uuid('series_id').notNull(),
    /** the version of the series after it */
    nr: integer('nr').notNull(),
    pressId: uuid('press_id').notNull(),
    step: text('step').notNull(),
    actor: text('actor', { enum: ['receiver', 'helper', 'master', 'clock'] }).notNull(),
    /** whose step it was; of a time that waits or was missed: whose wallet it waited for */
    side: text('side', { enum: ['receiver', 'helper'] }),
    /** who pressed; null: the clock */
    by: uuid('by'),
    /** which time it is about, and the order that it became */
    number: smallint('number'),
    orderId: uuid('order_id'),
    /** the price that was agreed to or proposed */
    rate: integer('rate'),
    /** for the two of them and the market master; emptied by erasure */
    note: text('note').notNull().default(''),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.seriesId, t.nr] }),
    unique('series_event_press').on(t.wijkId, t.pressId),
    foreignKey({
      columns: [t.wijkId, t.seriesId],
      foreignColumns: [series.wijkId, series.id],
      name: 'series_event_series',
    }),
    foreignKey({
      columns: [t.wijkId, t.orderId],
      foreignColumns: [order.wijkId, order.id],
      name: 'series_event_order',
    }),
    uniqueIndex('series_time_once')
      .on(t.wijkId, t.seriesId, t.number)
      .where(sql`${t.step} in ('begin', 'make', 'skip', 'miss')`),
    check('series_event_by', sql`(${t.actor} = 'clock') = (${t.by} is null)`),
    check(
      'series_event_order_made',
      sql`(${t.step} in ('begin', 'make')) = (${t.orderId} is not null)`,
    ),
    check(
      'series_event_number',
      sql`(${t.step} in ('begin', 'make', 'skip', 'miss', 'wait')) = (${t.number} is not null)`,
    ),
  ],
);
