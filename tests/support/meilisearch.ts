import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Sent {
  method: string;
  path: string;
  body: unknown;
}

export interface Meilisearch {
  url: string;
  /** everything that was ever sent, in order */
  sent: Sent[];
  /** what an index holds now */
  held(index: string): Record<string, unknown>[];
  /** how it answers searches from now on */
  behave(how: 'well' | 'slowly' | 'with a fault'): void;
  close(): Promise<void>;
}

const SLOW_MS = 1500;

/**
 * A server that speaks as much of Meilisearch's HTTP as the house uses, over a real socket: it takes
 * documents in, gives back what holds any of the words, and remembers every request. It ranks nothing.
 */
export async function meilisearchDouble(): Promise<Meilisearch> {
  const indexes = new Map<string, Map<string, Record<string, unknown>>>();
  const sent: Sent[] = [];
  let mood: Parameters<Meilisearch['behave']>[0] = 'well';
  let tasks = 0;
  const failed = new Set<number>();
  const indexAt = (uid: string) => {
    const there = indexes.get(uid) ?? new Map<string, Record<string, unknown>>();
    indexes.set(uid, there);
    return there;
  };

  const task = (fails = false) => {
    tasks += 1;
    if (fails) failed.add(tasks);
    const enqueuedAt = '2026-11-18T10:00:00Z';
    return { taskUid: tasks, indexUid: null, status: 'enqueued', type: 'any', enqueuedAt };
  };

  function search(uid: string, { q = '', filter = [], limit = 20, offset = 0 }: Query) {
    const words = q.toLowerCase().split(/\s+/).filter(Boolean);
    const wijk = /^wijk = "(.*)"$/.exec(filter[0] ?? '')?.[1];
    const hits = [...indexAt(uid).values()]
      .filter((document) => document.wijk === wijk)
      .filter((document) =>
        words.some((word) => JSON.stringify(document).toLowerCase().includes(word)),
      )
      .map(({ id }) => ({ id, _rankingScore: 0.9 }));
    return { hits: hits.slice(offset, offset + limit), estimatedTotalHits: hits.length };
  }

  function reply(method: string, path: string, body: unknown): [number, unknown] {
    const [, part, uid = '', what = ''] = path.split('?')[0]?.split('/') ?? [];
    if (part === 'tasks')
      return [200, { uid: Number(uid), status: failed.has(Number(uid)) ? 'failed' : 'succeeded' }];
    if (part === 'swap-indexes') {
      const [one = '', two = ''] = (body as { indexes: string[] }[])[0]?.indexes ?? [];
      const [first, second] = [indexAt(one), indexAt(two)];
      indexes.set(one, second);
      indexes.set(two, first);
      return [202, task()];
    }
    if (part !== 'indexes') return [404, { code: 'not_found' }];
    if (method === 'POST' && uid === '') {
      indexAt((body as { uid: string }).uid);
      return [202, task()];
    }
    if (what === 'search') return [200, search(uid, body as Query)];
    if (method === 'DELETE' && what === '') {
      indexes.delete(uid);
      return [202, task()];
    }
    if (what === 'documents') {
      const index = indexAt(uid);
      if (path.endsWith('/delete-batch')) for (const id of body as string[]) index.delete(id);
      else for (const document of body as { id: string }[]) index.set(document.id, document);
      return [202, task()];
    }
    return [202, task()];
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const body = text ? (JSON.parse(text) as unknown) : null;
    const { method = '', url = '' } = request;
    if (!url.startsWith('/tasks')) sent.push({ method, path: url, body });
    const looks = url.includes('/search');
    if (looks && mood === 'slowly') await new Promise((done) => setTimeout(done, SLOW_MS).unref());
    const [status, answer] =
      looks && mood === 'with a fault' ? [500, { code: 'internal' }] : reply(method, url, body);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    sent,
    held: (uid) => [...(indexes.get(uid)?.values() ?? [])],
    behave: (how) => {
      mood = how;
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

interface Query {
  q?: string;
  filter?: string[];
  limit?: number;
  offset?: number;
}
