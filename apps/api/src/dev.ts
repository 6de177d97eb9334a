import { EventEmitter } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { PageHandler } from './http/web.ts';
import { main } from './server.ts';

const WEB = join(dirname(fileURLToPath(import.meta.url)), '../../web');

interface Vite {
  createServer(options: object): Promise<{ middlewares: PageHandler; close(): Promise<void> }>;
}

/** Vite inside Fastify: one port for pages, API, live changes and Vite's own reload socket. */
async function viteIn(fastify: FastifyInstance) {
  const resolve = createRequire(join(WEB, 'package.json')).resolve;
  const { createServer } = (await import(pathToFileURL(resolve('vite')).href)) as Vite;
  // SvelteKit reads its settings from the folder it runs in
  process.chdir(WEB);
  const vite = await createServer({
    root: WEB,
    appType: 'custom',
    server: { middlewareMode: true, hmr: { server: fastify.server } },
  });
  return {
    pages: vite.middlewares,
    upgrades: ourUpgrades(fastify.server),
    close: () => vite.close(),
  };
}

/** The upgrades that are not Vite's. */
function ourUpgrades(server: Server): Server {
  const ours = new EventEmitter();
  server.on('upgrade', (request: IncomingMessage, ...rest: unknown[]) => {
    if (!request.headers['sec-websocket-protocol']?.startsWith('vite-'))
      ours.emit('upgrade', request, ...rest);
  });
  return ours as Server;
}

await main(viteIn);
