import { setTimeout as pause } from 'node:timers/promises';
import { loadPages } from '../../apps/api/src/http/web.ts';
import { main } from '../../apps/api/src/server.ts';

/**
 * The application with one thing wrong: whoever pays is told that it is done, and it is done a moment later. A
 * test that kills it must find payments that were confirmed and are not there.
 */
const LATER_MS = 150;
const AGAIN = 'x-hasty';

await main(async (fastify) => {
  fastify.addHook('preHandler', async (request, reply) => {
    const pays = request.method === 'POST' && request.url.endsWith('/wallet/payments');
    if (!pays || request.headers[AGAIN]) return;
    // past the check of replies by their schema
    reply.hijack();
    reply.raw.writeHead(201, { 'content-type': 'application/json' }).end('{}');
    const { method, url, headers, body } = request;
    const { 'content-length': _, ...kept } = headers;
    void pause(LATER_MS).then(() =>
      fastify.inject({
        method: method as 'POST',
        url,
        headers: { ...kept, [AGAIN]: 'yes' },
        payload: JSON.stringify(body),
      }),
    );
  });
  return { pages: await loadPages() };
});
