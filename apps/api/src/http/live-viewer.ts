import { type LiveMessage, liveRequest } from '@wijk/contracts';
import { type Actor, can } from '@wijk/domain/identity';
import type { WebSocket } from 'ws';

export const LIMITS = {
  maxPayload: 16 * 1024,
  socketsPerAddress: 40,
  socketsPerAccount: 8,
  topicsPerSocket: 10,
  /** between two rounds of `tend` */
  messagesPerRound: 60,
  pingEveryMs: 30_000,
  verifyEveryMs: 5 * 60_000,
  /** of those who watch the desk: a role that ends by itself ends there soon */
  verifyDeskEveryMs: 25_000,
  /** bytes on their way above which a slow reader misses hints, and how many before it is let go */
  skipAbove: 256 * 1024,
  missedInARow: 100,
  stopWithinMs: 2000,
} as const;

/** An open page. */
export interface Viewer {
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
  /** messages are taken one after the other */
  turn: Promise<void>;
  /** the question in the reading pane of the desk */
  viewing: string | null;
  /** as others at the desk see it; known once something was viewed */
  name: string | null;
  /** the list of others that it was told last */
  told: string;
}

/** May this actor watch this question? The vraagbaak module knows. */
export type MaySee = (wijkId: string, actor: Actor, ref: string) => Promise<boolean>;

/** What a message of a page can set off. */
export interface Desk {
  maySee: MaySee;
  /** somebody began or ceased to look at a question, or to watch the desk */
  moved(viewer: Viewer): void;
  nameOf(viewer: Viewer): Promise<string | null>;
}

/** Watches the desk and still may. */
export const atDesk = ({ topics, actor }: Viewer): boolean =>
  topics.has('desk') && can(actor, 'vraagbaak.edit-desk');

export async function handleMessage(viewer: Viewer, data: Buffer, desk: Desk): Promise<void> {
  const request = liveRequest.safeParse(parseJson(data));
  if (!request.success) return viewer.socket.close(1008, 'not understood');
  if (request.data.type === 'viewing') return view(viewer, request.data.ref, desk);
  const { type, topic } = request.data;
  if (type === 'unsubscribe') {
    if (topic === 'desk') leaveDesk(viewer, desk);
    viewer.topics.delete(topic);
    return;
  }
  if (viewer.topics.size >= LIMITS.topicsPerSocket && !viewer.topics.has(topic))
    return send(viewer, { type: 'refused', topic, code: 'kernel.too-many' });
  if (!(await mayWatch(viewer, topic, desk.maySee)))
    return send(viewer, { type: 'refused', topic, code: 'kernel.forbidden' });
  viewer.topics.add(topic);
  send(viewer, { type: 'subscribed', topic });
  if (topic === 'desk') desk.moved(viewer);
}

async function view(viewer: Viewer, ref: string | null, desk: Desk): Promise<void> {
  if (!atDesk(viewer))
    return send(viewer, { type: 'refused', topic: 'desk', code: 'kernel.forbidden' });
  if (viewer.viewing === ref) return;
  viewer.name ??= await desk.nameOf(viewer);
  viewer.viewing = ref;
  desk.moved(viewer);
}

/** No longer seen by others; the list of others starts anew with the next subscription. */
export function leaveDesk(viewer: Viewer, desk: Pick<Desk, 'moved'>): void {
  viewer.told = '[]';
  if (viewer.viewing === null) return;
  viewer.viewing = null;
  desk.moved(viewer);
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
export function send(viewer: Viewer, message: LiveMessage): void {
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
