import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect as connectSocket, type Socket } from 'node:net';
import WebSocket from 'ws';
import { freePort } from '../support/app-process.ts';
import { type Guest, type House, type HouseOptions, ORIGIN, openHouse } from '../support/house.ts';

/** The house behind a real port, for what only shows on the wire. */
export interface ServedHouse extends House {
  port: number;
  origin: string;
  host: string;
  /** a cookie of a session that was just made */
  cookieOf(who: Guest): Promise<string>;
  send(request: Sent): Promise<Answer>;
  /** opens a WebSocket as a page of the site would, or as the headers say */
  open(options?: { wijk?: string; headers?: Record<string, string> }): Promise<Page>;
  /** an open TCP connection to the port */
  raw(): Promise<Socket>;
}

export interface Sent {
  method?: string;
  path: string;
  headers?: Record<string, string | undefined>;
  body?: string;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** the problem's or reply's fields; empty where there is no JSON */
  json: Record<string, unknown>;
}

export interface Page {
  socket: WebSocket;
  heard: Record<string, unknown>[];
  say(message: unknown): void;
  /** waits until so many messages were heard */
  hears(count: number): Promise<Record<string, unknown>[]>;
  /** code with which it was closed; waits for that */
  closed: Promise<number>;
}

export async function serveHouse(options: HouseOptions = {}): Promise<ServedHouse> {
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const origin = `http://${host}`;
  const env = { ...options.env, ORIGIN: `${ORIGIN},${origin}` };
  const house = await openHouse({ ...options, env });
  await house.app.fastify.listen({ host: '127.0.0.1', port });
  return {
    ...house,
    port,
    origin,
    host,
    cookieOf: async (who) => {
      const { sessions, db } = house.services;
      const { setCookie } = await sessions.issue(db, who.personId, { device: 'test' });
      return setCookie.split(';')[0] ?? '';
    },
    send: (sent) => send(port, { host, ...sent.headers }, sent),
    open: ({ wijk = house.wijk.slug, headers = {} } = {}) =>
      openPage(`ws://${host}/live?wijk=${wijk}`, { origin, ...headers }),
    raw: async () => {
      const socket = connectSocket(port, '127.0.0.1');
      socket.on('error', () => {});
      await once(socket, 'connect');
      return socket;
    },
  };
}

function send(port: number, headers: Sent['headers'], sent: Sent): Promise<Answer> {
  // said explicitly: Node leaves it out for DELETE
  const length = sent.body === undefined ? undefined : String(Buffer.byteLength(sent.body));
  const all = { 'content-length': length, ...headers };
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        port,
        host: '127.0.0.1',
        method: sent.method ?? 'GET',
        path: sent.path,
        headers: Object.fromEntries(given) as Record<string, string>,
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => {
          const isJson = /json/.test(response.headers['content-type'] ?? '') && text !== '';
          const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
        });
        response.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(sent.body);
  });
}

export async function openPage(url: string, headers: Record<string, string>): Promise<Page> {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false });
  const heard: Record<string, unknown>[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data)) as Record<string, unknown>));
  const closed = new Promise<number>((resolve) => {
    socket.on('close', (code) => resolve(code));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => {});
  return {
    socket,
    heard,
    closed,
    say: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    hears: async (count) => {
      await until(() => heard.length >= count);
      return heard;
    },
  };
}

/** Waits for something to become true; fails after five seconds. */
export async function until(isTrue: () => boolean | Promise<boolean>, withinMs = 5000) {
  const end = Date.now() + withinMs;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`not true within ${withinMs} ms: ${isTrue}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** How the server answers a handshake, to the letter; `101` is an upgrade. */
export async function handshake(
  house: ServedHouse,
  path: string,
  headers: Record<string, string | undefined>,
): Promise<{ status: number; socket: Socket; text: string }> {
  const socket = await house.raw();
  const all = {
    Host: house.host,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  const [first] = (await once(socket, 'data')) as [Buffer];
  const text = first.toString();
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), socket, text };
}
