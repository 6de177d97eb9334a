import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const NAME = /^wijk-\d{8}T\d{6}Z\.tar$/;
const REMAINS = /^\.wijk-\d{8}T\d{6}Z\.tar\.partial-\d+$/;
const REMAINS_AFTER_MS = 24 * 60 * 60 * 1000;

/** The name of an archive made at that moment; by name they stand in order of time. */
export const nameOf = (madeAt: Date): string =>
  `wijk-${madeAt.toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '')}.tar`;

/**
 * Removes all but the newest archives of a folder, and what a backup that was cut off left behind
 * more than a day ago. Only files that bear such a name are touched.
 * @returns the names of the archives that were removed
 */
export function keepNewest(folder: string, count: number, now: Date): string[] {
  const names = readdirSync(folder).sort();
  for (const name of names.filter((entry) => REMAINS.test(entry))) {
    const { mtimeMs } = statSync(join(folder, name));
    if (now.getTime() - mtimeMs > REMAINS_AFTER_MS) rmSync(join(folder, name), { force: true });
  }
  const archives = names.filter((name) => NAME.test(name));
  const old = archives.slice(0, Math.max(0, archives.length - count));
  for (const name of old) rmSync(join(folder, name), { force: true });
  return old;
}
