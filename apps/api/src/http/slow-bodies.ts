import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** takes files: sending those by telephone takes longer than a form may */
    takesFiles?: boolean;
  }
}

/** A form, a call of the API: all of it within ten seconds. */
const BODY_MS = 10_000;
/** Photos: 12 MB over a telephone that sends one megabit a second. What Node allows at most. */
export const UPLOAD_MS = 120_000;

/** The page on which photos are sent along without JavaScript. */
const UPLOAD_PAGE = /^(?:\/w\/[a-z0-9-]{1,40})?\/vragen\/nieuw(?:\?|$)/;

/** Whether the body of this request may be large and slow: a form with files, where one is expected. */
export function takesFiles({ method, url, headers, routeOptions }: FastifyRequest): boolean {
  if (method !== 'POST' || !headers['content-type']?.startsWith('multipart/form-data'))
    return false;
  return routeOptions.config.takesFiles === true || UPLOAD_PAGE.test(url);
}

/** Node has one limit for all requests, so the short one is kept here. */
export function cutOffSlowBodies(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request, reply) => {
    const { raw } = request;
    const hasBody =
      raw.headers['transfer-encoding'] !== undefined || Number(raw.headers['content-length']) > 0;
    if (!hasBody || takesFiles(request)) return;
    const timer = setTimeout(() => {
      if (!raw.complete) raw.socket.destroy();
    }, BODY_MS);
    timer.unref();
    const done = () => clearTimeout(timer);
    raw.once('end', done);
    reply.raw.once('close', done);
  });
}
