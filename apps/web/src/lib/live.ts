import type { LiveMessage } from '@wijk/contracts/live';

type Changed = Extract<LiveMessage, { type: 'changed' }>;
/** An editor who has a question before them. */
export interface Viewer {
  name: string;
  ref: string;
}
type Message = LiveMessage | { type: 'presence'; viewers: Viewer[] };

/** `null`: the connection was lost for a while, so anything may have changed. */
export type OnChange = (message: Changed | null) => void;

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

const listeners = new Map<string, Set<OnChange>>();
let socket: WebSocket | null = null;
let wijk = '';
let failures = 0;
let viewing: string | null = null;
let onPresence: ((viewers: Viewer[]) => void) | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Listens to a topic of `/live` until the returned function is called. One socket serves the whole
 * page; it comes back by itself, waits longer after each failure, and then everyone reads anew.
 */
export function listen(slug: string, topic: string, onChange: OnChange): () => void {
  wijk = slug;
  const set = listeners.get(topic) ?? new Set();
  set.add(onChange);
  listeners.set(topic, set);
  if (set.size === 1) send('subscribe', topic);
  connect();
  return () => {
    set.delete(onChange);
    if (set.size > 0) return;
    listeners.delete(topic);
    send('unsubscribe', topic);
    if (listeners.size === 0) close();
  };
}

/** Who else looks at which question at the desk, from now on and until the returned function is called. */
export function watchPresence(tell: (viewers: Viewer[]) => void): () => void {
  onPresence = tell;
  return () => {
    if (onPresence === tell) onPresence = null;
  };
}

/** Lets other editors see which question one has before one; null: none. */
export function view(ref: string | null): void {
  if (ref === viewing) return;
  viewing = ref;
  say({ type: 'viewing', ref });
}

/** Whether the site answers, before anything on the page is replaced by what it says. */
export async function isReachable(): Promise<boolean> {
  try {
    const response = await fetch('/api/v1/health/ready', { cache: 'no-store' });
    return response.ok;
  } catch {
    return false;
  }
}

function connect(): void {
  if (socket || timer) return;
  const url = `${location.origin.replace(/^http/, 'ws')}/live?wijk=${encodeURIComponent(wijk)}`;
  const next = new WebSocket(url);
  socket = next;
  next.onopen = () => {
    for (const topic of listeners.keys()) send('subscribe', topic);
    if (viewing) say({ type: 'viewing', ref: viewing });
    if (failures > 0) for (const set of listeners.values()) for (const tell of set) tell(null);
    failures = 0;
  };
  next.onmessage = ({ data }) => receive(String(data));
  next.onclose = () => {
    if (socket !== next) return;
    socket = null;
    // nobody is known to look until the connection is back
    onPresence?.([]);
    if (listeners.size > 0) retry();
  };
}

function retry(): void {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
  failures += 1;
  // between half and the whole of it, so that a restart doesn't bring everyone back at once
  timer = setTimeout(
    () => {
      timer = undefined;
      if (listeners.size > 0) connect();
    },
    wait * (0.5 + Math.random() / 2),
  );
}

function receive(data: string): void {
  const message = parse(data);
  // no longer ours to watch: whoever listens reads anew, and is told what they may see now
  if (message?.type === 'refused' && message.code === 'kernel.forbidden')
    for (const tell of listeners.get(message.topic) ?? []) tell(null);
  if (message?.type === 'presence') onPresence?.(message.viewers);
  if (message?.type !== 'changed') return;
  for (const tell of listeners.get(message.topic) ?? []) tell(message);
}

function parse(data: string): Message | null {
  try {
    return JSON.parse(data) as Message;
  } catch {
    return null;
  }
}

const send = (type: 'subscribe' | 'unsubscribe', topic: string) => say({ type, topic });

function say(message: object): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function close(): void {
  clearTimeout(timer);
  timer = undefined;
  failures = 0;
  const last = socket;
  socket = null;
  last?.close();
}
