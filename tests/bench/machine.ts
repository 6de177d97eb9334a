import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, version } from 'node:os';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

export interface Machine {
  date: string;
  commit: string;
  cpu: string;
  cores: number;
  memoryGb: number;
  kernel: string;
  node: string;
  postgres: string;
  /** settings of the database that cost or save writes */
  durability: string;
  loadAtStart: string;
}

export async function describeMachine(databaseUrl: string, load: string): Promise<Machine> {
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 16).replace('T', ' '),
    commit: commit(),
    cpu: processorName() ?? processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    kernel: `${release()} (${version()})`,
    node: process.versions.node,
    ...(await describeDatabase(databaseUrl)),
    loadAtStart: load,
  };
}

/** Load average over one, five and fifteen minutes. */
export const loadNow = (): string =>
  loadavg()
    .map((load) => load.toFixed(2))
    .join(', ');

/** User and system time that a process has used so far. */
export function cpuMilliseconds(pid: number): number {
  // the name, in brackets, may hold spaces; time is counted in hundredths of a second everywhere
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Memory of a process in MB: now, and the most it has ever had. */
export function memoryMb(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN) / 1024;
  return { now: of('VmRSS'), peak: of('VmHWM') };
}

/** A process and all that it started, the youngest last. */
export function withDescendants(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
  );
  return [pid, ...children.flatMap((child) => withDescendants(Number(child)))];
}

/** Program and arguments of a process. */
export const commandOf = (pid: number): string[] =>
  readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');

function processorName(): string | undefined {
  try {
    const info = readFileSync('/proc/cpuinfo', 'utf8');
    return /^model name\s*: (.+)$/m.exec(info)?.[1];
  } catch {
    return undefined;
  }
}

function commit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no') === '' ? '' : ', changed';
    return git('rev-parse', '--short=10', 'HEAD') + changed;
  } catch {
    return 'unknown';
  }
}

async function describeDatabase(
  databaseUrl: string,
): Promise<Pick<Machine, 'postgres' | 'durability'>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string; settings: string }>(`
      select current_setting('server_version') as version,
        (select string_agg(name || ' ' || setting, ', ' order by name) from pg_settings
         where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums')) as settings`);
    return { postgres: rows[0]?.version ?? '', durability: rows[0]?.settings ?? '' };
  } finally {
    await client.end();
  }
}
