import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** Another process that owns the database of a folder, in a process group of its own. */
export class Owner {
  readonly lines: Record<string, unknown>[] = [];
  readonly child: ChildProcess;
  readonly #exited: Promise<unknown[]>;
  pid = 0;
  ownerUrl = '';

  private constructor(child: ChildProcess) {
    this.child = child;
    this.#exited = once(child, 'exit');
  }

  static async start(folder: string): Promise<Owner> {
    const script = fileURLToPath(new URL('./embedded-owner.ts', import.meta.url));
    const child = spawn(process.execPath, [script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const owning = new Owner(child);
    if (child.stdout === null) throw new Error('no output');
    for await (const line of createInterface(child.stdout)) {
      const told: Record<string, unknown> = JSON.parse(line);
      owning.lines.push(told);
      if (typeof told.pid !== 'number') continue;
      owning.pid = told.pid;
      owning.ownerUrl = String(told.ownerUrl);
      break;
    }
    if (owning.pid === 0) throw new Error('the owner did not start');
    return owning;
  }

  get group(): number {
    return this.child.pid ?? 0;
  }

  async exit(): Promise<unknown> {
    return (await this.#exited)[0];
  }

  async kill9(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.#exited;
  }
}

export async function note(url: string, text: string): Promise<void> {
  await rows(url, 'CREATE TABLE IF NOT EXISTS note (id bigserial PRIMARY KEY, text text)');
  await rows(url, `INSERT INTO note (text) VALUES ('${text}')`);
}

export async function notes(url: string): Promise<unknown[]> {
  return (await rows(url, 'SELECT text FROM note ORDER BY id')).map((row) => row.text);
}

export async function rows(
  connectionString: string,
  text: string,
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** One letter, from /proc or, where there is none, from ps; empty when there is no such process. */
export function stateOf(pid: number): string {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  }
  const file = `/proc/${pid}/stat`;
  return existsSync(file) ? (readFileSync(file, 'utf8').split(') ').at(-1) ?? '') : '';
}

/** A zombie that nobody has collected yet counts as dead. */
export function isAlive(pid: number): boolean {
  return /^[^ZX]/.test(stateOf(pid));
}

export async function until(done: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!done()) {
    if (performance.now() > deadline) throw new Error('it did not happen');
    await pause(10);
  }
}
