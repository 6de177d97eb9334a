import type { Server } from 'node:http';
import websocket from '@fastify/websocket';
import { wijkSlug } from '@wijk/contracts';
import { type Actor, can } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Services } from '../services.ts';
import { LIMITS, type MaySee } from './live-viewer.ts';

export const LIVE_PATH = '/live';

/** `/live?wijk=<slug>`: everything that can refuse does so before the upgrade (G15). */
export async function registerLive(
  fastify: FastifyInstance,
  services: Services,
  maySee: MaySee,
  upgrades?: Server,
): Promise<void> {
  await fastify.register(websocket, {
    options: {
      maxPayload: LIMITS.maxPayload,
      perMessageDeflate: false,
      // in development Vite has sockets of its own on the same port
      ...(upgrades ? { server: upgrades } : {}),
    },
    preClose: () => services.live.stop(),
  });
  // Node hands the socket of a handshake over and then forgets it: one that is refused would stay
  // open for ever, and keep the house from closing
  fastify.addHook('onResponse', async ({ headers, raw }) => {
    if (headers.upgrade !== undefined) raw.socket.destroySoon();
  });
  const admitted = new WeakMap<FastifyRequest, { wijkId: string; actor: Actor; asOf: number }>();
  const options = {
    websocket: true as const,
    preValidation: async (request: FastifyRequest) => {
      const slug = wijkSlug.safeParse((request.query as { wijk?: unknown }).wijk);
      const wijk = slug.success ? await services.wijken.bySlug(slug.data) : undefined;
      if (!wijk) throw new DomainError('not-found', 'wijk.not-found');
      const asOf = services.live.rechecks;
      const { actor } = await services.sessions.actor(request.headers.cookie, wijk.id, {
        passive: true,
      });
      if (wijk.openedAt === null && !can(actor, 'admin.wijk'))
        throw new DomainError('not-found', 'wijk.not-found');
      if (services.live.refuses(request.ip, actor))
        throw new DomainError('too-many', 'kernel.too-many');
      admitted.set(request, { wijkId: wijk.id, actor, asOf });
    },
  };
  fastify.get(LIVE_PATH, options, (socket, request) => {
    const admission = admitted.get(request);
    if (!admission) return socket.close(1008, 'not admitted');
    services.live.add(
      {
        wijkId: admission.wijkId,
        actor: admission.actor,
        socket,
        address: request.ip,
        cookie: request.headers.cookie,
        topics: new Set(),
        alive: true,
        verifiedAt: services.clock.now().getTime(),
        budget: LIMITS.messagesPerRound,
        missed: 0,
        held: [],
        doubts: 0,
        verifying: Promise.resolve(),
        turn: Promise.resolve(),
        viewing: null,
        name: null,
        told: '[]',
        maySee,
      },
      admission.asOf,
      request.log,
    );
  });
}
