import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { root, Sentence } from './root.mjs';
import { hashOf, isCurrent, stamped } from './stamps.mjs';

/** Installs exactly what the lock file says, unless that was done before. */
export async function installDependencies() {
  const stamp = join(root, 'node_modules/.wijk-installed');
  const manifests = [
    'package.json',
    'infra/package.json',
    ...manifestsIn('apps'),
    ...manifestsIn('packages'),
  ];
  const platform = `${process.platform}-${process.arch}`;
  const hash = hashOf(root, ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests], [platform]);
  if (isCurrent(stamp, hash) && existsSync(join(root, 'node_modules/.modules.yaml'))) return;
  console.log('Installing what wijk needs (only after a change; this uses the network) …');
  await stamped(stamp, hash, install);
}

async function install() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const args = ['--yes', packageManager, 'install', '--frozen-lockfile', '--prod=false'];
  const code = await runChild('npx', args, { env: installEnvironment() }).catch((error) => {
    if (error.code === 'ENOENT')
      throw new Sentence('wijk needs npm, and there is no npx on this machine.');
    throw error;
  });
  if (code !== 0) {
    throw new Sentence(
      'Installing failed, for the reason above; the first start needs the network.',
    );
  }
}

function installEnvironment() {
  // CI: pnpm then never asks a question, with or without a terminal.
  const env = { ...process.env, CI: 'true' };
  // The build needs what "production" would leave out.
  delete env.NODE_ENV;
  return env;
}

/** @param {string} folder */
function manifestsIn(folder) {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .sort()
    .map((name) => `${folder}/${name}/package.json`);
}
