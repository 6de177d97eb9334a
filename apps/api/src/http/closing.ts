import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How long requests under way may go on once the house closes. */
const FINISH_WITHIN_MS = 2500;

/**
 * Lets nobody keep the house from closing. Node closes idle connections, but waits for one that
 * never said anything (browsers open those in advance) and for one that stops in mid-sentence: its
 * own time limits end with the listening.
 */
export function closePromptly(fastify: FastifyInstance): void {
  const { server } = fastify;
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  fastify.addHook('preClose', async () => {
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    setTimeout(() => server.closeAllConnections(), FINISH_WITHIN_MS).unref();
  });
}
