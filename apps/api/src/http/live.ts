import type { Server } from 'node:http';
import websocket from '@fastify/websocket';
import { wijkSlug } from '@wijk/contracts';
import type { LiveHint } from '@wijk/db/kernel';
import { type Actor, can } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Services } from '../services.ts';
import { handleMessage, LIMITS, type MaySee, mayWatch, send, type Viewer } from './live-viewer.ts';

export type { MaySee } from './live-viewer.ts';

export const LIVE_PATH = '/live';

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
      if (viewer.doubts > 0) {
        viewer.held.push(hint);
        continue;
      }
      this.#tellOne(viewer, hint);
    }
  }

  #tellOne(viewer: Viewer, hint: LiveHint): void {
    const { actor, topics } = viewer;
    if (!topics.has(hint.t)) return;
    if (hint.t === 'desk' && !can(actor, 'vraagbaak.edit-desk')) return;
    if (hint.t === 'me' && (actor.kind !== 'member' || actor.membershipId !== hint.m)) return;
    send(viewer, { type: 'changed', topic: hint.t, ref: hint.r ?? null, kind: hint.k ?? '' });
  }

  /** Ends the sockets of a session that is over (G14). */
  endSession(sessionId: string): void {
    for (const viewer of this.#viewers)
      if (viewer.actor.kind !== 'visitor' && viewer.actor.sessionId === sessionId)
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
        actor.kind !== 'visitor' &&
        viewer.actor.kind !== 'visitor' &&
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
      if (viewer.actor.kind === 'visitor' || Date.now() - viewer.verifiedAt < LIMITS.verifyEveryMs)
        continue;
      await this.#verify(services, viewer);
    }
  }

  /**
   * Roles were given or taken: the open pages of this person, or of everyone, are authorised anew.
   * Hints wait meanwhile, so that nobody hears of what they no longer may watch.
   */
  async recheck(services: Services, personId?: string): Promise<void> {
    const concerned = [...this.#viewers].filter(
      ({ actor }) =>
        actor.kind !== 'visitor' && (personId === undefined || actor.personId === personId),
    );
    await Promise.all(concerned.map((viewer) => this.#verify(services, viewer)));
  }

  /** Session and roles are looked up; topics that are no longer theirs are dropped, and said so. */
  #verify(services: Services, viewer: Viewer): Promise<void> {
    viewer.doubts += 1;
    const look = viewer.verifying.then(() => this.#look(services, viewer));
    viewer.verifying = look.catch(() => {});
    return look;
  }

  async #look(services: Services, viewer: Viewer): Promise<void> {
    try {
      const { actor } = await services.sessions.actor(viewer.cookie, viewer.wijkId, {
        passive: true,
      });
      if (actor.kind === 'visitor') viewer.socket.close(4401, 'session ended');
      viewer.actor = actor;
      for (const topic of [...viewer.topics]) {
        if (await mayWatch(viewer, topic)) continue;
        viewer.topics.delete(topic);
        send(viewer, { type: 'refused', topic, code: 'kernel.forbidden' });
      }
      viewer.verifiedAt = Date.now();
    } catch (error) {
      // who cannot be authorised is not told anything; the page comes back by itself
      viewer.socket.close(1011, 'failed');
      throw error;
    } finally {
      viewer.doubts -= 1;
      if (viewer.doubts === 0)
        for (const hint of viewer.held.splice(0)) this.#tellOne(viewer, hint);
    }
  }

  add(viewer: Viewer, log: FastifyRequest['log']): void {
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
      void handleMessage(viewer, data).catch((err: unknown) => {
        log.error({ err }, 'live message failed');
        socket.close(1011, 'failed');
      });
    });
  }
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
      if (wijk.openedAt === null && !can(actor, 'admin.wijk'))
        throw new DomainError('not-found', 'wijk.not-found');
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
        held: [],
        doubts: 0,
        verifying: Promise.resolve(),
        maySee,
      },
      request.log,
    );
  });
}
