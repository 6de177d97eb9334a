import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { DomainError } from '@wijk/domain/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../services.ts';
import { KeptPages, type Page, type Rendered, type VersionOf } from './kept-pages.ts';
import { takesFiles } from './slow-bodies.ts';

/** SvelteKit's Node handler, or Vite's middleware in development. */
export type PageHandler = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

/**
 * SvelteKit's adapter reads address, host and protocol from these internal headers. They are written
 * here for every request, so whatever a visitor sends under these names never reaches a page.
 */
export const INTERNAL_HEADERS = {
  ADDRESS_HEADER: 'x-wijk-address',
  HOST_HEADER: 'x-wijk-host',
  PROTOCOL_HEADER: 'x-wijk-proto',
} as const;

const RENDER_HEADER = 'x-wijk-render';

/** A form that is posted to a page; and the one with four photos, which pages hold in memory whole. */
const FORM_BYTES = 512 * 1024;
const FILES_BYTES = 49 * 1024 * 1024;
const FORMS_WITH_FILES_AT_ONCE = 2;

/** Loads the built pages. Must run once per process: the adapter reads its settings when imported. */
export async function loadPages(): Promise<PageHandler> {
  Object.assign(process.env, INTERNAL_HEADERS, { BODY_SIZE_LIMIT: String(FILES_BYTES) });
  // a build result: its types are those of the adapter, not known before the first build
  const built: string = '@wijk/web/handler';
  const { handler } = (await import(built)) as { handler: PageHandler };
  return handler;
}

/** How pages reach the API and the wijk of a host name, without a network hop. */
export function connectPages(fastify: FastifyInstance, services: Services): void {
  const door = globalThis as Record<symbol, unknown>;
  door[Symbol.for('wijk.inject')] = async (call: {
    method: 'GET';
    url: string;
    headers: Record<string, string>;
    payload?: string | Buffer;
    /** whose request it is; over the network nobody can set this */
    remoteAddress: string;
  }) => {
    const { statusCode, headers, rawPayload } = await fastify.inject(call);
    return { statusCode, headers, rawPayload };
  };
  door[Symbol.for('wijk.tenant')] = (host: string) => services.wijken.slugOfHost(host);
}

const PAGES_FINISH_WITHIN_MS = 2500;

/**
 * Waits for the pages under way. A page asks the API in process, which Fastify refuses as soon as it
 * closes: so they come first, and whoever arrives meanwhile is told that we are closing.
 */
export async function pagesFinished({ state }: Services): Promise<void> {
  const until = performance.now() + PAGES_FINISH_WITHIN_MS;
  while (state.pagesUnderWay > 0 && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Everything that is no API route is a page. */
export async function mountPages(
  fastify: FastifyInstance,
  services: Services,
  pages: PageHandler,
  versionOf: VersionOf,
): Promise<void> {
  const kept = new KeptPages(services, versionOf);
  // known to this process alone: marks the request by which it renders a page to keep
  const rendering = randomUUID();
  // nothing of the visitor but what the page is kept by: host, path and language; the reference shows
  // on a page that is a refusal, which is not kept
  const render = ({ id, url, headers, ip }: FastifyRequest): Promise<Rendered> =>
    fastify.inject({
      method: 'GET',
      url,
      remoteAddress: ip,
      headers: {
        host: headers.host ?? '',
        accept: 'text/html',
        'x-request-id': id,
        'accept-language': headers['accept-language'] ?? '',
        [RENDER_HEADER]: rendering,
      },
    });
  const protocol = new URL(services.config.origins[0] ?? 'http://localhost').protocol.slice(0, -1);
  await fastify.register(async (scope) => {
    // form bodies are read by SvelteKit, from the stream, up to its own limit
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.route({
      method: ['GET', 'POST'],
      url: '/*',
      handler: async (request, reply) => {
        if (/^\/(api|live)(\/|\?|$)/.test(request.url))
          throw Object.assign(new Error('no such route'), { statusCode: 404 });
        if (services.state.stopping) throw new DomainError('unavailable', 'kernel.unavailable');
        services.state.pagesUnderWay += 1;
        reply.raw.once('close', () => {
          services.state.pagesUnderWay -= 1;
        });
        await services.wijken.ready();
        if (request.headers[RENDER_HEADER] !== rendering) {
          const page = await kept.serve(request, () => render(request));
          if (page) return write(reply, page);
        }
        const { raw } = request;
        holdToLimit(request, reply);
        raw.headers['x-wijk-address'] = request.ip;
        raw.headers['x-wijk-host'] = raw.headers.host ?? '';
        raw.headers['x-wijk-proto'] = protocol;
        raw.headers['x-request-id'] = request.id;
        reply.hijack();
        pages(raw, reply.raw, () => {
          reply.raw.statusCode = 404;
          reply.raw.end();
        });
      },
    });
  });
}

let formsWithFiles = 0;

/**
 * SvelteKit knows one limit for all pages, that of the form with photos; it goes by the length that a
 * request announces, and stops reading beyond it. Every other form is told of as too long when it is.
 */
function holdToLimit(request: FastifyRequest, reply: FastifyReply): void {
  const { headers } = request.raw;
  const length = headers['content-length'];
  if (takesFiles(request)) {
    if (formsWithFiles >= FORMS_WITH_FILES_AT_ONCE)
      throw new DomainError('unavailable', 'kernel.unavailable');
    formsWithFiles += 1;
    reply.raw.once('close', () => {
      formsWithFiles -= 1;
    });
  } else if (length === undefined) {
    if (headers['transfer-encoding']) headers['content-length'] = String(FORM_BYTES);
  } else if (Number(length) > FORM_BYTES) headers['content-length'] = String(FILES_BYTES + 1);
}

/** Past Fastify's own sending, like every other page: the headers of the house are set already. */
function write(reply: FastifyReply, { status, headers, body }: Page): void {
  reply.hijack();
  const { raw } = reply;
  for (const [name, value] of headers) raw.setHeader(name, value);
  raw.setHeader('content-length', body.length);
  raw.statusCode = status;
  raw.end(body);
}
