import * as contract from '@wijk/contracts';
import { byLink, may } from '../../http/policy.ts';
import { type App, memberOf } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { discardPhoto } from './commands/attach-photos.ts';
import { describePhoto, removeOwnPhoto, removePhoto } from './commands/change-photo.ts';
import { uploadPhoto } from './commands/upload-photo.ts';
import { tellingWhoWasFirst } from './commands/who-was-first.ts';
import { servePhoto, servePhotoByLink } from './queries/photo.ts';

/** Photos with questions (V1): uploaded, shown, described and taken away. */
export function photoRoutes(app: App, s: Services): void {
  const uploading = may('vraagbaak.upload');
  app.route(
    contract.uploadPhoto,
    { policy: uploading, perMinute: 12 },
    ({ actor, wijk, file, request }) => uploadPhoto(s, wijk, { actor, address: request.ip }, file),
  );
  app.route(
    contract.discardPhoto,
    { policy: uploading, perMinute: 30 },
    ({ wijk, params, request }) =>
      discardPhoto(s, wijk, params.photo, String(request.headers['x-photo-claim'] ?? '')),
  );
  app.route(
    contract.readPhoto,
    { policy: may('vraagbaak.read') },
    ({ actor, wijk, params, request, reply }) =>
      servePhoto(s, actor, wijk, params, { request, reply }),
  );
  app.route(
    contract.readPhotoByLink,
    { policy: byLink('the signed token in the mail is the right to see what it asks about') },
    ({ wijk, params, request, reply }) => servePhotoByLink(s, wijk, params, { request, reply }),
  );
  const own = may('vraagbaak.edit-own');
  app.route(contract.describePhoto, { policy: own }, ({ actor, wijk, params, body }) =>
    describePhoto(s, memberOf(actor), wijk, ofPhoto(params), body.alt),
  );
  app.route(contract.removeOwnPhoto, { policy: own }, ({ actor, wijk, params }) =>
    removeOwnPhoto(s, memberOf(actor), wijk, ofPhoto(params)),
  );
  app.route(
    contract.removePhoto,
    { policy: may('vraagbaak.moderate') },
    tellingWhoWasFirst(s, ({ actor, wijk, params, body }) =>
      removePhoto(s, memberOf(actor), wijk, ofPhoto(params), body),
    ),
  );
}

const ofPhoto = ({ question, photo }: { question: string; photo: string }) => ({
  ref: question,
  photoId: photo,
});
