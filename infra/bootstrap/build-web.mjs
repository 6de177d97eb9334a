import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFor, runChild } from './child.mjs';
import { root, Sentence } from './root.mjs';
import { hashOf, isCurrent, stamped } from './stamps.mjs';

/** Everything that ends up in the pages. */
const sources = [
  'apps/web',
  'packages/contracts',
  'packages/domain',
  'packages/i18n',
  'pnpm-lock.yaml',
];

/**
 * Builds the pages, unless they were built from exactly these sources.
 * @param {string} node path of the Node to run
 */
export async function buildWeb(node) {
  const web = join(root, 'apps/web');
  const stamp = join(web, 'build/.wijk-built');
  const hash = hashOf(root, sources);
  if (isCurrent(stamp, hash)) return;
  console.log('Building the pages (only after a change) …');
  await stamped(stamp, hash, async () => {
    const vite = join(web, 'node_modules/vite/bin/vite.js');
    const env = { ...environmentFor(node), NODE_ENV: 'production' };
    const code = await runChild(node, [vite, 'build', '--logLevel', 'warn'], { cwd: web, env });
    if (code !== 0 || !existsSync(join(web, 'build/handler.js'))) {
      throw new Sentence('Building the pages failed, for the reason above.');
    }
  });
}
