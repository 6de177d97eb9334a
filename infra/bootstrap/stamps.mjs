import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const leftOut = new Set(['node_modules', 'build', '.svelte-kit', '.git']);

/**
 * One hash over files and folders, by name and content; the same on every machine. Tests do not
 * count, nor do the results of earlier builds.
 * @param {string} base folder the names are relative to
 * @param {string[]} paths files or folders below it; an absent one counts as absent
 * @param {string[]} [words] whatever else the result depends on
 */
export function hashOf(base, paths, words = []) {
  const hash = createHash('sha256');
  for (const word of words) hash.update(`${word}\0`);
  for (const path of paths) {
    for (const file of filesBelow(join(base, path))) {
      hash.update(`${relative(base, file).split(sep).join('/')}\0`);
      hash.update(createHash('sha256').update(readFileSync(file)).digest());
    }
  }
  return hash.digest('hex');
}

/**
 * True when the work behind this stamp is done for exactly this hash.
 * @param {string} stamp file
 * @param {string} hash
 */
export function isCurrent(stamp, hash) {
  try {
    return readFileSync(stamp, 'utf8').trim() === hash;
  } catch {
    return false;
  }
}

/**
 * Does the work with no stamp in place and writes the stamp last, so that work broken off half-way
 * is done again.
 * @param {string} stamp file
 * @param {string} hash
 * @param {() => Promise<void>} work
 */
export async function stamped(stamp, hash, work) {
  rmSync(stamp, { force: true });
  await work();
  writeFileSync(stamp, `${hash}\n`);
}

/** @param {string} path @returns {string[]} files in a fixed order */
function filesBelow(path) {
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  return entries
    .filter((entry) => !leftOut.has(entry.name) && !/\.test\.[cm]?[jt]s$/.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const child = join(path, entry.name);
      if (entry.isDirectory()) return filesBelow(child);
      return entry.isFile() ? [child] : [];
    });
}
