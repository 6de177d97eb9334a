import { findPhoto, readPhotoBytes } from '@wijk/db/vraagbaak';
import type { Actor } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { PhotoSize } from '@wijk/domain/vraagbaak';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../../../services.ts';
import { allowKeeping, sendPhoto } from '../../photos/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { maySeeById } from '../access.ts';
import { questionOfLink } from '../commands/answer-by-link.ts';
import { holdsClaim } from '../commands/attach-photos.ts';

const NOT_FOUND = () => new DomainError('not-found', 'vraagbaak.photo-not-found');

/**
 * The bytes of a photo, for whoever may see its question now; without a question for whoever holds the
 * claim. Whether it may be seen is asked each time, so what is hidden or deleted is gone within the
 * minute that a browser keeps it; the bytes of an id never change, so asking again is cheap.
 * @throws `vraagbaak.photo-not-found`, also where it exists but is not theirs to see
 */
export async function servePhoto(
  services: Services,
  actor: Actor,
  wijk: Wijk,
  { photo: id, size }: { photo: string; size: PhotoSize },
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<Uint8Array> {
  const found = await findPhoto(services.db, wijk.id, id);
  if (!found || found.removedAt) throw NOT_FOUND();
  const { questionId, question } = found;
  const claim = request.headers['x-photo-claim'];
  if (questionId && question) {
    // whoever comes with a claim asks for one that still waits
    if (claim !== undefined) throw NOT_FOUND();
    const seen = await maySeeById(services, wijk.id, { id: questionId, ...question }, actor);
    if (seen === 'no') throw NOT_FOUND();
    allowKeeping({ request, reply }, seen);
  } else if (!holdsClaim(found, String(claim ?? ''))) throw NOT_FOUND();
  return send(services, wijk, { id, size }, { request, reply });
}

/**
 * The same for an expert who came by the link of a mail and has no session: photos of that question.
 * @throws `vraagbaak.photo-not-found`, and what the link is refused for
 */
export async function servePhotoByLink(
  services: Services,
  wijk: Wijk,
  { token, photo: id, size }: { token: string; photo: string; size: PhotoSize },
  http: { request: FastifyRequest; reply: FastifyReply },
): Promise<Uint8Array> {
  const questionId = await questionOfLink(services, wijk, token);
  const found = await findPhoto(services.db, wijk.id, id);
  if (found?.questionId !== questionId || found.removedAt) throw NOT_FOUND();
  if (!['open', 'answered'].includes(found.question?.status ?? '')) throw NOT_FOUND();
  return send(services, wijk, { id, size }, http);
}

const send = (
  { db }: Services,
  wijk: Wijk,
  of: { id: string; size: PhotoSize },
  http: { request: FastifyRequest; reply: FastifyReply },
): Promise<Uint8Array> =>
  sendPhoto(http, of, () => readPhotoBytes(db, wijk.id, of.id, of.size), NOT_FOUND);
