import { timingSafeEqual } from 'node:crypto';
import type { ClaimedPhoto } from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import { attachPhoto, deletePhoto, lockPhotos, type PhotoPlace } from '@wijk/db/vraagbaak';
import { DomainError, type FieldError } from '@wijk/domain/kernel';
import { PHOTOS_MAX } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { hashOfClaim } from './upload-photo.ts';

/** Takes as long whatever is claimed. */
export function holdsClaim(photo: Pick<PhotoPlace, 'claimHash'>, claim: string): boolean {
  return timingSafeEqual(Buffer.from(photo.claimHash), Buffer.from(hashOfClaim(claim)));
}

/** Loose, there, and theirs who claims it. */
const isFree = (photo: PhotoPlace | undefined, claim: string): photo is PhotoPlace =>
  photo !== undefined &&
  holdsClaim(photo, claim) &&
  photo.questionId === null &&
  photo.removedAt === null;

/**
 * Which of these can be put with a question, in the order given; the others as fields at fault. A wrong
 * claim, a photo of another wijk, one that is gone and one that is with a question all look the same.
 */
async function sort(
  tx: Transaction,
  wijkId: string,
  photos: readonly ClaimedPhoto[],
): Promise<{ free: ClaimedPhoto[]; errors: FieldError[] }> {
  const rows = await lockPhotos(
    tx,
    wijkId,
    photos.map(({ id }) => id),
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  const free: ClaimedPhoto[] = [];
  const errors: FieldError[] = [];
  photos.forEach((photo, at) => {
    // named twice it is there once
    const double = photos.findIndex(({ id }) => id === photo.id) < at;
    if (!double && isFree(found.get(photo.id), photo.claim)) free.push(photo);
    else errors.push({ pointer: `photos.${at}`, code: 'photo-gone' });
  });
  return { free: free.slice(0, PHOTOS_MAX), errors };
}

/**
 * Before a guest's draft is kept: whether its photos will go with it. Nothing is changed.
 * @throws fields at fault `photos.<n>`: `photo-gone`
 */
export async function assertPhotosFree(
  tx: Transaction,
  wijkId: string,
  photos: readonly ClaimedPhoto[],
): Promise<void> {
  const { errors } = await sort(tx, wijkId, photos);
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

/**
 * Puts photos with a question that is asked in the same transaction, in the order given; at most four.
 * @param gone 'refuse' where whoever asks has the form before them; 'skip' where the words have left it
 * @throws fields at fault `photos.<n>`: `photo-gone`
 */
export async function attachPhotos(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  photos: readonly ClaimedPhoto[],
  gone: 'refuse' | 'skip' = 'refuse',
): Promise<void> {
  if (photos.length === 0) return;
  const { free, errors } = await sort(tx, wijkId, photos);
  if (errors.length > 0 && gone === 'refuse')
    throw new DomainError('invalid', 'kernel.invalid', { errors });
  for (const [position, { id, alt }] of free.entries())
    await attachPhoto(tx, wijkId, id, { questionId, position, alt });
}

/** Deletes a photo that is with no question yet; deleting it twice changes nothing. */
export async function discardPhoto(
  services: Services,
  wijk: Wijk,
  id: string,
  claim: string,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    const [photo] = await lockPhotos(tx, wijk.id, [id]);
    if (isFree(photo, claim)) await deletePhoto(tx, wijk.id, id);
  });
}
