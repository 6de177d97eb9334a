import { createHash, randomBytes } from 'node:crypto';
import type { ReplyOf, uploadPhoto as uploadContract } from '@wijk/contracts';
import { countLoosePhotos, insertPhoto } from '@wijk/db/vraagbaak';
import type { Actor } from '@wijk/domain/identity';
import { DomainError, randomUuid } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';

const CLAIM_BYTES = 24;
/** Photos without a question in the whole installation: about half a gigabyte. */
const LOOSE_MAX = 2000;

export const hashOfClaim = (claim: string): string =>
  createHash('sha256').update(claim).digest('hex');

/**
 * Takes a photo in and makes it anew (V1). Its row names nobody and tells of no device: whoever holds
 * the claim puts it with a question.
 * @throws what the room of photos throws
 */
export async function uploadPhoto(
  services: Services,
  wijk: Wijk,
  from: { actor: Actor; address: string },
  file: () => Promise<Buffer>,
): Promise<ReplyOf<typeof uploadContract>> {
  const { db, clock, photos } = services;
  return photos.receive(from, file, {
    mayStore: async () => {
      if ((await countLoosePhotos(db, LOOSE_MAX)) >= LOOSE_MAX)
        throw new DomainError('unavailable', 'vraagbaak.photos-busy');
    },
    store: async (made) => {
      const id = randomUuid();
      const claim = randomBytes(CLAIM_BYTES).toString('base64url');
      await insertPhoto(db, {
        wijkId: wijk.id,
        id,
        claimHash: hashOfClaim(claim),
        ...made,
        uploadedAt: clock.now(),
      });
      return { id, claim, width: made.width, height: made.height };
    },
  });
}
