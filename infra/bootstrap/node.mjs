import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, Sentence } from './root.mjs';

/**
 * The Node everything runs on: the pinned one that was installed as a package, or, on systems it
 * is not made for, the current one when that is new enough to run TypeScript.
 *
 * The program itself, not its wrapper in `.bin`: the wrapper stays in between and keeps signals.
 * @returns {string} path
 */
export function pinnedNode() {
  const name = `node-${process.platform}-${process.arch}`;
  const path = join(root, 'node_modules', name, 'bin/node');
  if (existsSync(path) && spawnSync(path, ['--version']).status === 0) return path;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 23 || (major === 22 && minor >= 18) || (major === 23 && minor >= 6))
    return process.execPath;
  const pinned = readFileSync(join(root, '.node-version'), 'utf8').trim();
  throw new Sentence(
    `There is no ready-made Node ${pinned} for ${process.platform}-${process.arch}; install Node ${pinned} yourself and try again.`,
  );
}
