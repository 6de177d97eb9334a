import type { Server } from 'node:http';
import websocket from '@fastify/websocket';
import { type LiveMessage, liveRequest, wijkSlug } from '@wijk/contracts';
import type { LiveHint } from '@wijk/db/kernel';
import { type Actor, can } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { Services } from '../services.ts';

export const LIVE_PATH = '/live';

const LIMITS = {
  maxPayload: 16 * 1024,
  socketsPerAddress: 40,
  socketsPerAccount: 8,
  topicsPerSocket: 10,
  /** between two rounds of `tend` */
  messagesPerRound: 60,
  pingEveryMs: 30_000,
  verifyEveryMs: 5 * 60_000,
  /** bytes on their way above which a slow reader misses hints, and how many before it is let go */
  skipAbove: 256 * 1024,
  missedInARow: 100,
  stopWithinMs: 2000,
} as const;

interface Viewer {
  socket: WebSocket;
  wijkId: string;
  actor: Actor;
  address: string;
  cookie: string | undefined;
  topics: Set<string>;
  alive: boolean;
  verifiedAt: number;
  /** messages left in this round */
  budget: number;
  /** hints that it missed since it last kept up */
  missed: number;
}

/** May this actor watch this question? The vraagbaak module knows. */
export type MaySee = (wijkId: string, actor: Actor, ref: string) => Promise<boolean>;

/**
 * Open pages that are told when something changes. Messages carry no content: whoever may see it
 * reads the state anew. Hints arrive by NOTIFY, so every process tells its own viewers.
 */
export class LiveHub {
  readonly #viewers = new Set<Viewer>();
  #stopping = false;

  get size(): number {
    return this.#viewers.size;
  }

  /** Tells everyone who watches the topic of this hint. */
  tell(hint: LiveHint): void {
    for (const viewer of this.#viewers) {
      if (viewer.wijkId !== hint.w || !viewer.topics.has(hint.t)) continue;
      if (hint.t === 'desk' && !can(viewer.actor, 'vraagbaak.edit-desk')) continue;
      if (
        hint.t === 'me' &&
        (viewer.actor.kind !== 'member' || viewer.actor.membershipId !== hint.m)
      )
        continue;
      send(viewer, { type: 'changed', topic: hint.t, ref: hint.r ?? null, kind: hint.k ?? '' });
    }
  }

  /** Ends the sockets of a session that is over (G14). */
  endSession(sessionId: string): void {
    for (const viewer of this.#viewers)
      if (viewer.actor.kind === 'member' && viewer.actor.sessionId === sessionId)
        viewer.socket.close(4401, 'session ended');
  }

  /** Asks every viewer to come back elsewhere; whoever does not hang up is cut off within 2 s. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const { socket } of this.#viewers) socket.close(1012, 'restarting');
    const until = Date.now() + LIMITS.stopWithinMs;
    while (this.#viewers.size > 0 && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 20));
    for (const { socket } of this.#viewers) socket.terminate();
  }

  /** Whether one more socket is too many for this address or account, or the house is closing. */
  refuses(address: string, actor: Actor): boolean {
    if (this.#stopping) return true;
    let fromAddress = 0;
    let ofAccount = 0;
    for (const viewer of this.#viewers) {
      if (viewer.address === address) fromAddress += 1;
      if (
        actor.kind === 'member' &&
        viewer.actor.kind === 'member' &&
        viewer.actor.personId === actor.personId
      )
        ofAccount += 1;
    }
    return fromAddress >= LIMITS.socketsPerAddress || ofAccount >= LIMITS.socketsPerAccount;
  }

  /** Pings, fills message budgets and checks sessions again; call it every 30 seconds. */
  async tend(services: Services): Promise<void> {
    for (const viewer of this.#viewers) {
      if (!viewer.alive) {
        viewer.socket.terminate();
        continue;
      }
      viewer.alive = false;
      viewer.budget = LIMITS.messagesPerRound;
      viewer.socket.ping();
      if (viewer.actor.kind !== 'member' || Date.now() - viewer.verifiedAt < LIMITS.verifyEveryMs)
        continue;
      const { actor } = await services.sessions.actor(viewer.cookie, viewer.wijkId, {
        passive: true,
      });
      if (actor.kind === 'visitor') viewer.socket.close(4401, 'session ended');
      viewer.actor = actor;
      viewer.verifiedAt = Date.now();
    }
  }

  add(viewer: Viewer, maySee: MaySee, log: FastifyRequest['log']): void {
    this.#viewers.add(viewer);
    const { socket } = viewer;
    socket.on('close', () => this.#viewers.delete(viewer));
    socket.on('error', () => socket.terminate());
    socket.on('pong', () => {
      viewer.alive = true;
    });
    // attached at once, and never rejecting: an unhandled rejection would end the process
    socket.on('message', (data: Buffer) => {
      viewer.budget -= 1;
      if (viewer.budget < 0) return socket.close(1008, 'too many messages');
      void handleMessage(viewer, data, maySee).catch((err: unknown) => {
        log.error({ err }, 'live message failed');
        socket.close(1011, 'failed');
      });
    });
  }
}

async function handleMessage(viewer: Viewer, data: Buffer, maySee: MaySee): Promise<void> {
  const request = liveRequest.safeParse(parseJson(data));
  if (!request.success) return viewer.socket.close(1008, 'not understood');
  const { type, topic } = request.data;
  if (type === 'unsubscribe') {
    viewer.topics.delete(topic);
    return;
  }
  if (viewer.topics.size >= LIMITS.topicsPerSocket && !viewer.topics.has(topic))
    return send(viewer, { type: 'refused', topic, code: 'kernel.too-many' });
  if (!(await mayWatch(viewer, topic, maySee)))
    return send(viewer, { type: 'refused', topic, code: 'kernel.forbidden' });
  viewer.topics.add(topic);
  send(viewer, { type: 'subscribed', topic });
}

async function mayWatch(
  { actor, wijkId }: Viewer,
  topic: string,
  maySee: MaySee,
): Promise<boolean> {
  if (topic === 'desk') return can(actor, 'vraagbaak.edit-desk');
  if (topic === 'me') return actor.kind === 'member';
  return maySee(wijkId, actor, topic.slice('question:'.length));
}

function parseJson(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** A reader that cannot keep up misses hints, and is let go when it falls far behind. */
function send(viewer: Viewer, message: LiveMessage): void {
  const { socket } = viewer;
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > LIMITS.skipAbove) {
    viewer.missed += 1;
    // a close frame would wait behind what is not read
    if (viewer.missed > LIMITS.missedInARow) socket.terminate();
    return;
  }
  viewer.missed = 0;
  socket.send(JSON.stringify(message));
}

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
  const admitted = new WeakMap<FastifyRequest, { wijkId: string; actor: Actor }>();
  const options = {
    websocket: true as const,
    preValidation: async (request: FastifyRequest) => {
      const slug = wijkSlug.safeParse((request.query as { wijk?: unknown }).wijk);
      const wijk = slug.success ? await services.wijken.bySlug(slug.data) : undefined;
      if (!wijk) throw new DomainError('not-found', 'wijk.not-found');
      const { actor } = await services.sessions.actor(request.headers.cookie, wijk.id, {
        passive: true,
      });
      if (services.live.refuses(request.ip, actor))
        throw new DomainError('too-many', 'kernel.too-many');
      admitted.set(request, { wijkId: wijk.id, actor });
    },
  };
  fastify.get(LIVE_PATH, options, (socket, request) => {
    const viewer = admitted.get(request);
    if (!viewer) return socket.close(1008, 'not admitted');
    services.live.add(
      {
        ...viewer,
        socket,
        address: request.ip,
        cookie: request.headers.cookie,
        topics: new Set(),
        alive: true,
        verifiedAt: Date.now(),
        budget: LIMITS.messagesPerRound,
        missed: 0,
      },
      maySee,
      request.log,
    );
  });
}
