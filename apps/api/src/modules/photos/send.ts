import type { FastifyReply, FastifyRequest } from 'fastify';

/** How long a page that is open may go on showing what was taken away meanwhile. */
const FRESH_S = 60;
const NOTHING = Buffer.alloc(0);

interface Http {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Only what everybody sees is kept anywhere, and by a shared cache only where no cookie came along. */
export function allowKeeping({ request, reply }: Http, seen: 'all' | 'some'): void {
  const shared = request.headers.cookie === undefined ? 'public' : 'private';
  reply.header('vary', 'cookie');
  reply.header(
    'cache-control',
    seen === 'all' ? `${shared}, max-age=${FRESH_S}, must-revalidate` : 'no-store',
  );
}

/**
 * The bytes of a photo that may be seen. Those of an id never change, so asking again by its tag is cheap.
 * @param read called only where they are needed; undefined: it is gone since
 * @param gone thrown then
 */
export async function sendPhoto(
  { request, reply }: Http,
  { id, size }: { id: string; size: string },
  read: () => Promise<Buffer | undefined>,
  gone: () => Error,
): Promise<Uint8Array> {
  const tag = `"${id}-${size}"`;
  reply.headers({
    etag: tag,
    'content-disposition': 'inline; filename="foto.webp"',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  if (request.headers['if-none-match'] === tag) {
    reply.code(304);
    return NOTHING;
  }
  const bytes = await read();
  if (!bytes) throw gone();
  return bytes;
}
