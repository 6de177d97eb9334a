import * as contract from '@wijk/contracts';
import { emptyPhotosOfEnded, findListingPhoto, readListingPhotoBytes } from '@wijk/db/market';
import type { Actor } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { ENDED_PHOTOS_MS } from '@wijk/domain/market';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../../../http/policy.ts';
import { type App, memberOf } from '../../../http/route.ts';
import type { Services } from '../../../services.ts';
import { allowKeeping, sendPhoto } from '../../photos/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { assertMaySee } from '../listings/access.ts';
import {
  addListingPhoto,
  changeListingPhoto,
  photoNotFound,
  removeListingPhoto,
} from './change.ts';
import { takeListingPhoto } from './take.ts';

/** Photos with listings (M1). */
export function registerMarketPhotos(app: App, s: Services): void {
  const policy = may('market.list');
  app.route(
    contract.addListingPhoto,
    { policy, perMinute: 12 },
    ({ actor, wijk, params, file, request }) =>
      addListingPhoto(s, memberOf(actor), wijk, params.listing, { address: request.ip, file }),
  );
  app.route(
    contract.changeListingPhoto,
    { policy, perMinute: 60 },
    ({ actor, wijk, params, body }) =>
      changeListingPhoto(s, memberOf(actor), wijk, ofPicture(params), body),
  );
  app.route(contract.removeListingPhoto, { policy }, ({ actor, wijk, params }) =>
    removeListingPhoto(s, memberOf(actor), wijk, ofPicture(params)),
  );
  app.route(
    contract.readListingPhoto,
    { policy: may('market.read') },
    ({ actor, wijk, params, request, reply }) =>
      servePhoto(s, actor, wijk, params, { request, reply }),
  );
  app.route(
    contract.takeListingPhoto,
    { policy: may('market.master') },
    ({ actor, wijk, params, body }) =>
      takeListingPhoto(s, memberOf(actor), wijk, ofPicture(params), body),
  );
}

const ofPicture = ({ listing, picture }: { listing: string; picture: string }) => ({
  ref: listing,
  id: picture,
});

/** By the rule of its listing, asked each time. @throws `vraagbaak.photo-not-found` to whoever may not see it */
async function servePhoto(
  { db }: Services,
  actor: Actor,
  wijk: Wijk,
  { picture: id, size }: { picture: string; size: 'large' | 'small' },
  http: { request: FastifyRequest; reply: FastifyReply },
): Promise<Uint8Array> {
  const listing = await findListingPhoto(db, wijk.id, id);
  if (!listing) throw photoNotFound();
  await assertMaySee(db, actor, listing).catch((error: unknown) => {
    throw error instanceof DomainError ? photoNotFound() : error;
  });
  allowKeeping(http, listing.state === 'published' ? 'all' : 'some');
  const read = () => readListingPhotoBytes(db, wijk.id, id, size);
  return sendPhoto(http, { id, size }, read, photoNotFound);
}

/** Deletes photos of listings that ended long ago and that nobody placed once more. */
export async function cleanMarket({ db, clock }: Services): Promise<void> {
  const now = clock.now();
  await emptyPhotosOfEnded(db, new Date(now.getTime() - ENDED_PHOTOS_MS), now);
}
