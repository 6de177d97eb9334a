import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction } from '../kernel/index.ts';
import { listingPhoto } from './photo-tables.ts';
import { listing } from './tables.ts';

/** A photo as pages name it. */
export interface ShownListingPhoto {
  id: string;
  alt: string;
  width: number;
  height: number;
}

const there = (wijkId: string, listingId: string) =>
  and(
    eq(listingPhoto.wijkId, wijkId),
    eq(listingPhoto.listingId, listingId),
    isNull(listingPhoto.removedAt),
  );

/** What is with a listing, in its author's order, with the place that each takes. */
export async function listListingPhotos(
  db: Executor,
  wijkId: string,
  listingId: string,
): Promise<(ShownListingPhoto & { place: number; position: number })[]> {
  const { id, alt, width, height, place, position } = listingPhoto;
  return db
    .select({ id, alt, width, height, place, position })
    .from(listingPhoto)
    .where(there(wijkId, listingId))
    .orderBy(asc(position), asc(id));
}

export async function insertListingPhoto(
  tx: Transaction,
  row: typeof listingPhoto.$inferInsert,
): Promise<void> {
  await tx.insert(listingPhoto).values(row);
}

/** Changes the words or the position of one that is there. @returns whether it was */
export async function changeListingPhoto(
  tx: Transaction,
  of: { wijkId: string; listingId: string; id: string },
  change: { alt?: string; position?: number },
): Promise<boolean> {
  const rows = await tx
    .update(listingPhoto)
    .set(change)
    .where(and(there(of.wijkId, of.listingId), eq(listingPhoto.id, of.id)))
    .returning({ id: listingPhoto.id });
  return rows.length > 0;
}

/** Takes the bytes and the words away for good, of one or of all. @returns how many there were */
export async function emptyListingPhotos(
  tx: Transaction,
  of: { wijkId: string; listingId: string; id?: string },
  now: Date,
): Promise<number> {
  const rows = await tx
    .update(listingPhoto)
    .set({ large: null, small: null, alt: '', removedAt: now })
    .where(
      and(
        there(of.wijkId, of.listingId),
        of.id === undefined ? undefined : eq(listingPhoto.id, of.id),
      ),
    )
    .returning({ id: listingPhoto.id });
  return rows.length;
}

/** Of listings that ended before then: what nobody placed once more. */
export async function emptyPhotosOfEnded(
  db: Executor,
  endedBefore: Date,
  now: Date,
): Promise<void> {
  await run(
    db,
    sql`update market.photo f set large = null, small = null, alt = '', removed_at = ${now}
      from market.listing l
      where l.wijk_id = f.wijk_id and l.id = f.listing_id and f.removed_at is null
        and l.state = 'ended' and l.ended_at < ${endedBefore}`,
  );
}

/** Whose photo it is and how that listing stands; undefined: there is none, or it was taken away. */
export async function findListingPhoto(db: Executor, wijkId: string, id: string) {
  const [row] = await db
    .select({
      membershipId: listing.membershipId,
      organisationId: listing.organisationId,
      state: listing.state,
      publishedAt: listing.publishedAt,
      ending: listing.ending,
    })
    .from(listingPhoto)
    .innerJoin(
      listing,
      and(eq(listing.wijkId, listingPhoto.wijkId), eq(listing.id, listingPhoto.listingId)),
    )
    .where(
      and(eq(listingPhoto.wijkId, wijkId), eq(listingPhoto.id, id), isNull(listingPhoto.removedAt)),
    );
  return row;
}

/** WebP; undefined once it was taken away. */
export async function readListingPhotoBytes(
  db: Executor,
  wijkId: string,
  id: string,
  size: 'large' | 'small',
): Promise<Buffer | undefined> {
  const column = size === 'large' ? listingPhoto.large : listingPhoto.small;
  const [row] = await db
    .select({ bytes: column })
    .from(listingPhoto)
    .where(and(eq(listingPhoto.wijkId, wijkId), eq(listingPhoto.id, id)));
  return row?.bytes ?? undefined;
}
