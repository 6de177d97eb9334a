import type { LiveHint } from '@wijk/db/kernel';
import { type Actor, can } from '@wijk/domain/identity';
import type { FastifyRequest } from 'fastify';
import {
  atDesk,
  handleMessage,
  LIMITS,
  leaveDesk,
  mayWatch,
  send,
  type Viewer,
} from './live-viewer.ts';
import { PresenceBoard } from './presence.ts';

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
  #rechecks = 0;

  constructor(parts: LiveParts) {
    this.#parts = parts;
    this.#presence = new PresenceBoard({
      now: () => parts.now().getTime(),
      announce: (hint) => parts.announce(hint).catch(parts.onError),
      viewers: () => this.#viewers,
    });
  }

  /** How often roles were thought over; who was looked up before the last time may hold others now. */
  get rechecks(): number {
    return this.#rechecks;
  }

  get size(): number {
    return this.#viewers.size;
  }

  /** Tells everyone who watches the topic of this hint. */
  tell(hint: LiveHint): void {
    if (hint.t === 'presence') this.#presence.hear(hint);
    for (const viewer of this.#viewers) {
      if (viewer.wijkId !== hint.w || !viewer.topics.has(hint.t)) continue;
      if (viewer.doubts > 0) viewer.held.push(hint);
      else this.#tellOne(viewer, hint);
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

  /**
   * Roles were given or taken: the open pages of this person, or of everyone, are authorised anew.
   * Hints wait meanwhile, so that nobody hears of what they no longer may watch.
   */
  async recheck(personId?: string): Promise<void> {
    this.#rechecks += 1;
    const concerned = [...this.#viewers].filter(
      ({ actor }) =>
        actor.kind !== 'visitor' && (personId === undefined || actor.personId === personId),
    );
    await Promise.all(concerned.map((viewer) => this.#verify(viewer)));
  }

  /** Session and roles are looked up; topics that are no longer theirs are dropped, and said so. */
  #verify(viewer: Viewer): Promise<void> {
    viewer.doubts += 1;
    const look = viewer.verifying.then(() => this.#look(viewer));
    viewer.verifying = look.catch(() => {});
    return look;
  }

  async #look(viewer: Viewer): Promise<void> {
    try {
      viewer.verifiedAt = this.#parts.now().getTime();
      viewer.actor = await this.#parts.actorOf(viewer.cookie, viewer.wijkId);
      if (viewer.actor.kind === 'visitor') viewer.socket.close(4401, 'session ended');
      for (const topic of [...viewer.topics]) {
        if (await mayWatch(viewer, topic)) continue;
        if (topic === 'desk') leaveDesk(viewer, this.#presence);
        viewer.topics.delete(topic);
        send(viewer, { type: 'refused', topic, code: 'kernel.forbidden' });
      }
    } catch (error) {
      // who cannot be authorised is not told anything; the page comes back by itself
      viewer.socket.close(1011, 'failed');
      throw error;
    } finally {
      viewer.doubts -= 1;
      if (viewer.doubts === 0) {
        for (const hint of viewer.held.splice(0)) this.#tellOne(viewer, hint);
        if (atDesk(viewer)) this.#presence.show(viewer.wijkId);
      }
    }
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
        actor.kind !== 'visitor' &&
        viewer.actor.kind !== 'visitor' &&
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
      if (viewer.actor.kind !== 'visitor' && now - viewer.verifiedAt >= every)
        await this.#verify(viewer);
    }
  }

  /** @param asOf what `rechecks` was before its session and roles were looked up */
  add(viewer: Viewer, asOf: number, log: FastifyRequest['log']): void {
    this.#viewers.add(viewer);
    if (asOf !== this.#rechecks)
      this.#verify(viewer).catch((err: unknown) => log.error({ err }, 'live viewer not verified'));
    const { socket } = viewer;
    const desk = {
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
