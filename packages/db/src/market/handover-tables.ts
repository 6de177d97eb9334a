import { sql } from 'drizzle-orm';
import { foreignKey, index, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant, wijkId } from '../kernel/columns.ts';
import { wijk } from '../wijk/tables.ts';
import { listing, market } from './tables.ts';

/** Which organisation looks after requests that nobody takes (M7). Rows are added and never changed; the newest holds. */
export const welfare = market.table(
  'welfare',
  {
    wijkId: wijkId().references(() => wijk.id),
    nr: integer('nr').notNull(),
    /** of the wallet's organisations; null: none any more */
    organisationId: uuid('organisation_id'),
    at: instant('at').notNull(),
    by: uuid('by').notNull(),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.nr] })],
);

/** That a request went to the welfare organisation: once for each. Rows are only added. */
export const handover = market.table(
  'handover',
  {
    wijkId: wijkId(),
    listingId: uuid('listing_id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    /** the market master; null: the clock */
    by: uuid('by'),
    /** in the market master's words, for the organisation */
    note: text('note').notNull().default(''),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.listingId] }),
    foreignKey({
      columns: [t.wijkId, t.listingId],
      foreignColumns: [listing.wijkId, listing.id],
      name: 'handover_listing',
    }),
    index('handover_organisation').on(t.wijkId, t.organisationId, sql`${t.at} desc`),
  ],
);
