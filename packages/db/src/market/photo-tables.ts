import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  integer,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, instant, wijkId } from '../kernel/columns.ts';
import { listing, market } from './tables.ts';

/**
 * A photo with a listing, made anew as those of questions are. It needs no claim: whoever sends it has the listing,
 * which names them anyway. One that was taken away keeps its row without bytes and words.
 */
export const listingPhoto = market.table(
  'photo',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    listingId: uuid('listing_id').notNull(),
    /** which of the places of its listing it takes; there are so many and no more */
    place: smallint('place').notNull(),
    /** where it stands among the others; the lowest is on cards in lists */
    position: integer('position').notNull(),
    /** what is on it, in its author's words */
    alt: text('alt').notNull().default(''),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    /** WebP; null once it was taken away */
    large: bytes('large'),
    small: bytes('small'),
    addedAt: instant('added_at').notNull(),
    removedAt: instant('removed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    foreignKey({
      columns: [t.wijkId, t.listingId],
      foreignColumns: [listing.wijkId, listing.id],
      name: 'photo_listing',
    }),
    uniqueIndex('photo_place')
      .on(t.wijkId, t.listingId, t.place)
      .where(sql`${t.removedAt} is null`),
    check('photo_places', sql`${t.place} between 0 and 4`),
    check(
      'photo_there',
      sql`(${t.removedAt} is null) = (${t.large} is not null and ${t.small} is not null)`,
    ),
  ],
);
