import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  assertSafeSettings,
  type EmbeddedDatabase,
  type EmbeddedDatabaseErrorCode,
  runningEmbedded,
  startEmbedded,
} from '@wijk/infra/embedded';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { removeDataDir, tempDataDir } from '../support/temp-dir.ts';
import { isAlive, note, notes, Owner, rows, stateOf, until } from './embedded-harness.ts';

const root = process.getuid?.() === 0;
let dataDir: string;
let database: EmbeddedDatabase | undefined;
let owner: Owner | undefined;

beforeEach(() => {
  dataDir = tempDataDir();
});

afterEach(async () => {
  await owner?.kill9();
  await database?.stop();
  owner = undefined;
  database = undefined;
  await removeDataDir(dataDir);
});

describe('a data folder', () => {
  test('keeps data, port and passwords over a restart, closed to others', async () => {
    database = await start();
    const { port } = database;
    const [ownerUrl, appUrl] = [database.ownerUrl(), database.appUrl()];
    await note(ownerUrl, 'before');
    expect(
      await rows(
        appUrl,
        'SELECT current_user AS role, usesuper FROM pg_user WHERE usename = current_user',
      ),
    ).toEqual([{ role: 'wijk_app', usesuper: false }]);
    await database.stop();
    expect(isAlive(database.pid)).toBe(false);

    database = await start();
    expect(database.port).toBe(port);
    expect([database.ownerUrl(), database.appUrl()]).toEqual([ownerUrl, appUrl]);
    expect(await notes(ownerUrl)).toEqual(['before']);
    for (const name of ['', 'owner-password', 'app-password']) {
      expect(statSync(join(dataDir, 'postgres', name)).mode & 0o077).toBe(0);
    }
  });

  test('listens on loopback only, with checksums and UTF-8, and takes one start', async () => {
    database = await start();
    await expect(start()).rejects.toMatchObject({ code: 'in-use' });
    const settings = await rows(
      database.ownerUrl(),
      `SELECT name, setting FROM pg_settings WHERE name IN
         ('listen_addresses', 'unix_socket_directories', 'data_checksums', 'server_encoding', 'password_encryption')
       ORDER BY name COLLATE "C"`,
    );
    expect(settings).toEqual([
      { name: 'data_checksums', setting: 'on' },
      { name: 'listen_addresses', setting: '127.0.0.1' },
      { name: 'password_encryption', setting: 'scram-sha-256' },
      { name: 'server_encoding', setting: 'UTF8' },
      { name: 'unix_socket_directories', setting: '' },
    ]);
    await expect(
      rows(database.appUrl().replace(/:[^:@]+@/, ':wrong@'), 'SELECT'),
    ).rejects.toMatchObject({ code: '28P01' });
  });

  test('is refused to a second process, and another command finds who runs it', async () => {
    owner = await Owner.start(dataDir);
    expect(await refusal(start())).toBe('in-use');
    expect(runningEmbedded(dataDir)?.pid).toBe(owner.child.pid);
    expect(runningEmbedded(dataDir)?.ownerUrl()).toBe(owner.ownerUrl);
    expect(await rows(owner.ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('that is a file is refused', async () => {
    const path = join(dataDir, 'file');
    writeFileSync(path, '');
    expect(await refusal(start({ dataDir: path }))).toBe('folder-unusable');
    expect(await refusal(start({ dataDir: join(path, 'below') }))).toBe('folder-unusable');
  });

  test('that cannot be reached or written is refused', async () => {
    const closed = join(dataDir, 'closed');
    mkdirSync(closed, { mode: root ? 0o700 : 0o500 });
    expect(await refusal(start({ dataDir: join(closed, 'data') }))).toBe('folder-unusable');
    chmodSync(closed, 0o700);
  });

  test('made by another major version is refused', async () => {
    database = await start();
    await database.stop();
    writeFileSync(join(dataDir, 'postgres/cluster/PG_VERSION'), '15\n');
    expect(await refusal(start())).toBe('folder-unusable');
  });

  test('with a cluster that was only half made is made anew', async () => {
    const half = join(dataDir, 'postgres/cluster.new-123');
    mkdirSync(half, { recursive: true });
    writeFileSync(join(half, 'PG_VERSION'), '18\n');
    database = await start();
    expect(existsSync(half)).toBe(false);
    expect(await rows(database.ownerUrl(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

describe('after kill -9', () => {
  test('of the database: it runs again on the same port with everything confirmed', async () => {
    const events: string[] = [];
    let restored = () => {};
    const back = new Promise<void>((resolve) => {
      restored = resolve;
    });
    database = await start({
      onLost: () => events.push('lost'),
      onRestored: () => {
        events.push('restored');
        restored();
      },
    });
    const [url, pid] = [database.ownerUrl(), database.pid];
    await note(url, 'confirmed');
    process.kill(pid, 'SIGKILL');
    await back;
    expect(events).toEqual(['lost', 'restored']);
    expect(database.pid).not.toBe(pid);
    expect(await notes(url)).toEqual(['confirmed']);
  });

  test('of the database again and again: every time it comes back', async () => {
    let restored = () => {};
    database = await start({ onRestored: () => restored() });
    const url = database.ownerUrl();
    for (const text of ['one', 'two', 'three']) {
      await note(url, text);
      const back = new Promise<void>((resolve) => {
        restored = resolve;
      });
      process.kill(database.pid, 'SIGKILL');
      await back;
    }
    expect(await notes(url)).toEqual(['one', 'two', 'three']);
  });

  test('of the application: the next start takes the folder over', async () => {
    owner = await Owner.start(dataDir);
    await note(owner.ownerUrl, 'confirmed');
    await owner.kill9();
    expect(isAlive(owner.pid)).toBe(true);
    expect(runningEmbedded(dataDir)).toBeUndefined();
    database = await start();
    expect(isAlive(owner.pid)).toBe(false);
    expect(await notes(database.ownerUrl())).toEqual(['confirmed']);
  });

  test('of both in the middle of a query: the backend that still runs does not stand in the way', async () => {
    owner = await Owner.start(dataDir);
    await note(owner.ownerUrl, 'confirmed');
    const busy = new pg.Client({ connectionString: owner.ownerUrl });
    busy.on('error', () => undefined);
    await busy.connect();
    const backend = Number((await busy.query('SELECT pg_backend_pid() AS pid')).rows[0].pid);
    // Computes without waiting for anything, so it does not notice that its server is gone.
    const query = busy
      .query('SELECT count(*) FROM generate_series(1, 1e11::bigint)')
      .catch(() => 'ended');
    await until(() => stateOf(backend).startsWith('R'));
    await owner.kill9();
    process.kill(owner.pid, 'SIGKILL');
    database = await start();
    expect(await query).toBe('ended');
    expect(isAlive(backend)).toBe(false);
    expect(await notes(database.ownerUrl())).toEqual(['confirmed']);
  });

  test('a process number that somebody else has by now does not stand in the way', async () => {
    database = await start();
    const pidFile = join(dataDir, 'postgres/cluster/postmaster.pid');
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    await note(database.ownerUrl(), 'confirmed');
    await database.stop();
    writeFileSync(pidFile, [String(process.ppid), ...lines.slice(1)].join('\n'));
    writeFileSync(
      join(dataDir, 'postgres/lock'),
      JSON.stringify({ pid: process.ppid, identity: 'earlier' }),
    );
    database = await start();
    expect(isAlive(process.ppid)).toBe(true);
    expect(await notes(database.ownerUrl())).toEqual(['confirmed']);
  });
});

test('Ctrl-C in a terminal reaches the application only, which stops in order', async () => {
  owner = await Owner.start(dataDir);
  process.kill(-owner.group, 'SIGINT');
  expect(await owner.exit()).toBe(0);
  expect(isAlive(owner.pid)).toBe(false);
  expect(owner.lines.some((line) => 'lost' in line)).toBe(false);
  expect(readFileSync(join(dataDir, 'postgres/server.log'), 'utf8')).toContain(
    'database system is shut down',
  );
});

describe('unsafe settings', () => {
  test('that can lose what was confirmed are refused, whichever it is', async () => {
    for (const name of ['fsync', 'full_page_writes', 'synchronous_commit']) {
      expect(await refusal(start({ settings: { [name]: 'off' } }))).toBe('unsafe-settings');
      expect(runningEmbedded(dataDir)).toBeUndefined();
    }
  });

  test('a session of the application that would not wait for the disk is refused', async () => {
    database = await start();
    await rows(database.ownerUrl(), 'ALTER ROLE wijk_app SET synchronous_commit = off');
    const client = new pg.Client({ connectionString: database.appUrl() });
    await client.connect();
    const check = assertSafeSettings(client).finally(() => client.end());
    await expect(check).rejects.toMatchObject({
      code: 'unsafe-settings',
      message: expect.stringContaining('synchronous_commit'),
    });
  });

  test('a server without checksums is refused', async () => {
    const on = ['fsync', 'full_page_writes', 'synchronous_commit'].map((name) => ({
      name,
      setting: 'on',
    }));
    const client = {
      query: async () => ({ rows: [...on, { name: 'data_checksums', setting: 'off' }] }),
    };
    await expect(assertSafeSettings(client as unknown as pg.ClientBase)).rejects.toThrow(
      'data_checksums is off',
    );
  });
});

function start(
  options: Partial<Parameters<typeof startEmbedded>[0]> = {},
): Promise<EmbeddedDatabase> {
  return startEmbedded({ dataDir, log: () => undefined, ...options });
}

/** The code of the refusal; a start that succeeds is stopped and makes the test fail. */
async function refusal(starting: Promise<EmbeddedDatabase>): Promise<EmbeddedDatabaseErrorCode> {
  try {
    database = await starting;
  } catch (error) {
    expect(error).toMatchObject({
      name: 'EmbeddedDatabaseError',
      message: expect.stringMatching(/^[^\n]+\.$/),
    });
    return (error as { code: EmbeddedDatabaseErrorCode }).code;
  }
  throw new Error('it started');
}
