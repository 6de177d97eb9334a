import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { root, Sentence } from './root.mjs';

/**
 * The Node everything runs on: the pinned one that was installed as a package, or, on systems it
 * is not made for, the current one when that is new enough to run TypeScript.
 * @returns {string} path
 */
export function pinnedNode() {
  const name = `node-${process.platform}-${process.arch}`;
  const path = join(root, 'node_modules', name, 'bin/node');
  if (existsSync(path) && spawnSync(path, ['--version']).status === 0) {
    linkFromBin(`../${name}/bin/node`);
    return path;
  }
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 23 || (major === 22 && minor >= 18) || (major === 23 && minor >= 6))
    return process.execPath;
  const pinned = readFileSync(join(root, '.node-version'), 'utf8').trim();
  throw new Sentence(
    `There is no ready-made Node ${pinned} for ${process.platform}-${process.arch}; install Node ${pinned} yourself and try again.`,
  );
}

/**
 * Makes `node_modules/.bin/node`, which leads in `npm run` and `pnpm run`, the program itself. The
 * script pnpm puts there stays in between, and a signal sent to it never arrives.
 * @param {string} target
 */
function linkFromBin(target) {
  const bin = join(root, 'node_modules/.bin/node');
  const stats = lstatSync(bin, { throwIfNoEntry: false });
  if (stats?.isSymbolicLink()) return;
  try {
    rmSync(bin, { force: true });
    symlinkSync(target, bin);
  } catch {
    // Somebody else's installation, which we may read only: it works as it is.
  }
}
