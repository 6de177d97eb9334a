import type { Server } from 'node:http';
import websocket from '@fastify/websocket';
import { wijkSlug } from '@wijk/contracts';
import type { LiveHint } from '@wijk/db/kernel';
import { type Actor, can } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Services } from '../services.ts';
import {
  atDesk,
  handleMessage,
  LIMITS,
  leaveDesk,
  type MaySee,
  send,
  type Viewer,
} from './live-viewer.ts';
import { PresenceBoard } from './presence.ts';

export const LIVE_PATH = '/live';

export type { MaySee } from './live-viewer.ts';

/** What the hub needs of the house. */
export interface LiveParts {
  now(): Date;
  /** sends a hint to all processes, this one too */
  announce(hint: LiveHint): Promise<void>;
  /** who the cookie stands for now, without making the session last longer */
  actorOf(cookie: string | undefined, wijkId: string): Promise<Actor>;
  nameOf(wijkId: string, membershipId: string): Promise<string | null>;
  onError(error: unknown): void;
}

/**
 * Open pages that are told when something changes. Messages carry no content: whoever may see it
 * reads the state anew. Hints arrive by NOTIFY, so every process tells its own viewers.
 */
export class LiveHub {
  readonly #viewers = new Set<Viewer>();
  readonly #parts: LiveParts;
  readonly #presence: PresenceBoard;
  #stopping = false;

  constructor(parts: LiveParts) {
    this.#parts = parts;
    this.#presence = new PresenceBoard({
      now: () => parts.now().getTime(),
      announce: (hint) => parts.announce(hint).catch(parts.onError),
      viewers: () => this.#viewers,
    });
  }

  get size(): number {
    return this.#viewers.size;
  }

  /** Tells everyone who watches the topic of this hint. */
  tell(hint: LiveHint): void {
    if (hint.t === 'presence') this.#presence.hear(hint);
    if (hint.t === 'roles') void this.#recheck(hint.p ?? '').catch(this.#parts.onError);
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

  /** Roles of this person changed: whoever is no longer an editor leaves the desk at once. */
  async #recheck(personId: string): Promise<void> {
    for (const viewer of this.#viewers)
      if (viewer.actor.kind === 'member' && viewer.actor.personId === personId)
        await this.#verify(viewer);
  }

  async #verify(viewer: Viewer): Promise<void> {
    viewer.verifiedAt = this.#parts.now().getTime();
    viewer.actor = await this.#parts.actorOf(viewer.cookie, viewer.wijkId);
    if (viewer.actor.kind === 'visitor') viewer.socket.close(4401, 'session ended');
    if (!viewer.topics.has('desk') || can(viewer.actor, 'vraagbaak.edit-desk')) return;
    leaveDesk(viewer, this.#presence);
    viewer.topics.delete('desk');
    send(viewer, { type: 'refused', topic: 'desk', code: 'kernel.forbidden' });
  }

  /** Tells other processes who looks at what here, and forgets those that no longer do; every 10 s. */
  beat(): Promise<void> {
    return this.#presence.beat();
  }

  /** Asks every viewer to come back elsewhere; whoever does not hang up is cut off within 2 s. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const { socket } of this.#viewers) socket.close(1012, 'restarting');
    const until = Date.now() + LIMITS.stopWithinMs;
    while (this.#viewers.size > 0 && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 20));
    for (const { socket } of this.#viewers) socket.terminate();
    await this.#presence.leave();
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
  async tend(): Promise<void> {
    const now = this.#parts.now().getTime();
    for (const viewer of this.#viewers) {
      if (!viewer.alive) {
        viewer.socket.terminate();
        continue;
      }
      viewer.alive = false;
      viewer.budget = LIMITS.messagesPerRound;
      viewer.socket.ping();
      const every = atDesk(viewer) ? LIMITS.verifyDeskEveryMs : LIMITS.verifyEveryMs;
      if (viewer.actor.kind === 'member' && now - viewer.verifiedAt >= every)
        await this.#verify(viewer);
    }
  }

  add(viewer: Viewer, maySee: MaySee, log: FastifyRequest['log']): void {
    this.#viewers.add(viewer);
    const { socket } = viewer;
    const desk = {
      maySee,
      moved: (who: Viewer) => this.#presence.moved(who),
      nameOf: async ({ actor, wijkId }: Viewer) =>
        actor.kind === 'member' ? this.#parts.nameOf(wijkId, actor.membershipId) : null,
    };
    socket.on('close', () => {
      this.#viewers.delete(viewer);
      leaveDesk(viewer, desk);
    });
    socket.on('error', () => socket.terminate());
    socket.on('pong', () => {
      viewer.alive = true;
    });
    // attached at once, and never rejecting: an unhandled rejection would end the process
    socket.on('message', (data: Buffer) => {
      viewer.budget -= 1;
      if (viewer.budget < 0) return socket.close(1008, 'too many messages');
      viewer.turn = viewer.turn
        .then(() => handleMessage(viewer, data, desk))
        .catch((err: unknown) => {
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
        verifiedAt: services.clock.now().getTime(),
        budget: LIMITS.messagesPerRound,
        missed: 0,
        turn: Promise.resolve(),
        viewing: null,
        name: null,
        told: '[]',
      },
      maySee,
      request.log,
    );
  });
}
