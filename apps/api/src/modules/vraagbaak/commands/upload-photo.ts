import { createHash, randomBytes } from 'node:crypto';
import type { ReplyOf, uploadPhoto as uploadContract } from '@wijk/contracts';
import { countLoosePhotos, insertPhoto } from '@wijk/db/vraagbaak';
import type { Actor } from '@wijk/domain/identity';
import { DomainError, randomUuid } from '@wijk/domain/kernel';
import { PHOTOS_PER_DAY } from '@wijk/domain/vraagbaak';
import { perAccount } from '../../../limits.ts';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import type { DayCount, PhotoDoor } from '../photos/door.ts';
import { makePhoto } from '../photos/make-photo.ts';

const CLAIM_BYTES = 24;
/** Photos without a question in the whole installation: about half a gigabyte. */
const LOOSE_MAX = 2000;

export const hashOfClaim = (claim: string): string =>
  createHash('sha256').update(claim).digest('hex');

/** What keeps uploading within bounds; in the memory of this process. */
export interface PhotoBounds {
  door: PhotoDoor;
  counts: DayCount;
}

/**
 * Takes a photo in and makes it anew (V1). Its row names nobody and tells of no device: whoever holds
 * the claim puts it with a question. The count for an account lives in memory, apart from the photo.
 * @throws a field at fault; `vraagbaak.too-many-photos` with the hours to wait;
 *   `vraagbaak.photos-busy` when too many come at once
 */
export async function uploadPhoto(
  services: Services,
  { door, counts }: PhotoBounds,
  wijk: Wijk,
  from: { actor: Actor; address: string },
  file: () => Promise<Buffer>,
): Promise<ReplyOf<typeof uploadContract>> {
  const senders = sendersOf(services, from);
  const leave = door.enter(from.address);
  try {
    const now = services.clock.now();
    for (const { who, limit } of senders) {
      const until = counts.waitUntil(who, limit, now);
      if (until) throw tooMany(limit, until.getTime() - now.getTime());
    }
    if ((await countLoosePhotos(services.db, LOOSE_MAX)) >= LOOSE_MAX)
      throw new DomainError('unavailable', 'vraagbaak.photos-busy');
    const bytes = await file();
    const made = await door.inTurn(() => makePhoto(bytes));
    const id = randomUuid();
    const claim = randomBytes(CLAIM_BYTES).toString('base64url');
    await insertPhoto(services.db, {
      wijkId: wijk.id,
      id,
      claimHash: hashOfClaim(claim),
      ...made,
      uploadedAt: now,
    });
    for (const { who } of senders) counts.add(who, now);
    return { id, claim, width: made.width, height: made.height };
  } finally {
    leave();
  }
}

function sendersOf(
  { config }: Services,
  { actor, address }: { actor: Actor; address: string },
): { who: string; limit: number }[] {
  const byAddress = { who: `address ${address}`, limit: PHOTOS_PER_DAY.address };
  const all =
    actor.kind === 'visitor'
      ? [byAddress]
      : [byAddress, { who: `person ${actor.personId}`, limit: PHOTOS_PER_DAY.account }];
  return all.map(({ who, limit }) => ({ who, limit: perAccount(config, limit) }));
}

const tooMany = (limit: number, waitMs: number) =>
  new DomainError('too-many', 'vraagbaak.too-many-photos', {
    params: { limit, hours: Math.max(1, Math.ceil(waitMs / 3_600_000)) },
  });
