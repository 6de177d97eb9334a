import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runningEmbedded } from '@wijk/infra/embedded';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { type AppProcess, exitOf, freePort, spawnApp, startApp } from '../support/app-process.ts';

const running: AppProcess[] = [];
const kept = (app: AppProcess) => {
  running.push(app);
  return app;
};

afterEach(async () => {
  // the last one first: it may run on the data folder of the one before
  for (const app of running.splice(0).reverse()) await app.dispose();
});

/** One sentence, no stack, and an exit code that a script notices. */
function expectSentence(ended: { code: number | null; output: string }, words: RegExp): void {
  const lines = ended.output.split('\n').filter((line) => line.trim() && !line.startsWith('{'));
  expect(lines.join('\n')).toMatch(words);
  expect(lines).toHaveLength(1);
  expect(ended.output).not.toMatch(/^\s+at /m);
  expect(ended.code).toBe(1);
}

const refused = async (options: Parameters<typeof spawnApp>[0]) =>
  exitOf(kept(await spawnApp(options)));

describe('a start that cannot be says why in one sentence', () => {
  it('port in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    expectSentence(await refused({ port }), new RegExp(`Port ${port} is in use`));
    taken.close();
  });

  it('a second instance on the same data folder; the first one goes on', async () => {
    const first = kept(await startApp());
    const second = await exitOf(await spawnApp({ dataDir: first.dataDir }));
    expectSentence(second, /in use by a running wijk/);
    expect((await fetch(`${first.url}/api/v1/health/ready`)).status).toBe(200);
  });

  it('unreachable DATABASE_URL', async () => {
    const port = await freePort();
    const url = `postgres://wijk@127.0.0.1:${port}/wijk`;
    expectSentence(
      await refused({ env: { DATABASE_URL: url, WIJK_SECRET: 'x'.repeat(40) } }),
      /database of DATABASE_URL cannot be reached/,
    );
  });

  it('a data folder that is a file', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'wijk-')), 'data');
    writeFileSync(file, 'no folder');
    const ended = await exitOf(await spawnApp({ dataDir: file }));
    expectSentence(ended, /folder|cannot be used/i);
  });

  it('a database whose settings could lose what was confirmed', async () => {
    const first = kept(await startApp());
    const connections = runningEmbedded(first.dataDir);
    if (!connections) throw new Error('no database');
    const client = new pg.Client({ connectionString: connections.ownerUrl() });
    await client.connect();
    await client.query('alter system set full_page_writes = off');
    await client.query('select pg_reload_conf()');
    await client.end();
    const ended = await exitOf(
      await spawnApp({
        env: { DATABASE_URL: connections.ownerUrl(), WIJK_SECRET: 'x'.repeat(40) },
      }),
    );
    expectSentence(ended, /full_page_writes/);
  });

  it('an environment that is not right, naming every variable at fault', async () => {
    expectSentence(
      await refused({ env: { WIJK_MODE: 'productie', DATABASE_POOL: 'veel' } }),
      /WIJK_MODE.*DATABASE_POOL/s,
    );
    expectSentence(await refused({ env: { WIJK_MODE: 'production' } }), /ORIGIN is missing/);
  });

  it('a Node that is too old, told by the bootstrap itself', () => {
    const old = `
      Object.defineProperty(process, 'version', { value: 'v18.20.4' });
      Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } });
      import('./infra/bootstrap/main.mjs');`;
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', old],
      {
        encoding: 'utf8',
      },
    );
    expect(status).toBe(1);
    expect((stderr + stdout).trim().split('\n')).toHaveLength(1);
    expect(stderr + stdout).toMatch(/20\.19/);
  });
});

describe('a stop', () => {
  it('is clean with open sockets, a silent connection and a request under way', async () => {
    const app = kept(await startApp());
    const sockets = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const socket = new WebSocket(`${app.url.replace('http', 'ws')}/live?wijk=elzenhof`, {
          origin: app.url,
        });
        await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
        return socket;
      }),
    );
    const codes = sockets.map(
      (socket) => new Promise<number>((resolve) => socket.once('close', (code) => resolve(code))),
    );
    const silent = connect(app.port, '127.0.0.1');
    await new Promise((resolve) => silent.once('connect', resolve));
    silent.on('error', () => {});
    const requests = Array.from({ length: 20 }, () =>
      fetch(`${app.url}/vragen`).then(
        (r) => r.status,
        () => 0,
      ),
    );
    // the first one is served: the others are under way
    expect(await Promise.race(requests)).toBe(200);
    expect(await app.stop()).toBe(0);
    expect(await Promise.all(codes)).toEqual([1012, 1012, 1012, 1012, 1012]);
    // served, told that we are closing, or not taken any more; never an error of ours
    const statuses = await Promise.all(requests);
    expect(statuses.filter((status) => ![200, 503, 0].includes(status))).toEqual([]);
    silent.destroy();
    expect(runningEmbedded(app.dataDir)).toBeUndefined();
  });

  it('keeps the data, and the next start needs no seeding', async () => {
    const first = kept(await startApp());
    const titles = async (url: string) =>
      (
        (await (await fetch(`${url}/api/v1/wijken/elzenhof/questions?limit=5`)).json()) as {
          items: { ref: string }[];
        }
      ).items.map((q: { ref: string }) => q.ref);
    const before = await titles(first.url);
    expect(before).toHaveLength(5);
    await first.stop();
    const second = kept(await startApp({ dataDir: first.dataDir }));
    expect(await titles(second.url)).toEqual(before);
  });
});
