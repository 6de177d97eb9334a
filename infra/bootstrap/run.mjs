import { existsSync } from 'node:fs';
import { buildWeb } from './build-web.mjs';
import { environmentFor, runChild } from './child.mjs';
import { installDependencies } from './install.mjs';
import { pinnedNode } from './node.mjs';
import { root, Sentence } from './root.mjs';

/**
 * What each command runs on the pinned Node, and whether it needs the pages built first.
 * `test` builds by itself, so that a build that fails is one more failed check.
 */
const commands = {
  start: {
    script: 'apps/api/src/server.ts',
    build: true,
    env: { NODE_ENV: 'production', WIJK_MODE: 'demonstration' },
  },
  dev: {
    script: 'apps/api/src/dev.ts',
    // a change in the API starts it anew; pages are reloaded by Vite
    flags: ['--watch', '--watch-preserve-output'],
    env: { NODE_ENV: 'development', WIJK_MODE: 'demonstration' },
  },
  bench: { script: 'tests/bench/main.ts', build: true, env: { NODE_ENV: 'production' } },
  'bench:search': { script: 'tests/bench/search/main.ts', env: { NODE_ENV: 'production' } },
  'bench:ledger': {
    script: 'tests/bench/ledger/main.ts',
    build: true,
    env: { NODE_ENV: 'production' },
  },
  wijk: { script: 'infra/cli/main.ts' },
  test: { script: 'infra/bootstrap/test.mjs' },
  check: { script: 'infra/bootstrap/test.mjs' },
};

/**
 * Runs a command: installs and builds only what changed, then hands over to the pinned Node.
 * @param {string[]} argv command and its arguments
 * @returns {Promise<number>} exit code
 */
export async function run(argv) {
  const [name = '', ...args] = argv;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    throw new Sentence(`Unknown command '${name}'; there are ${Object.keys(commands).join(', ')}.`);
  }
  await installDependencies();
  const node = pinnedNode();
  if (command.build === true) await buildWeb(node);
  if (!existsSync(`${root}/${command.script}`)) {
    throw new Sentence(`The command '${name}' has nothing to run: ${command.script} is missing.`);
  }
  // Settings given by whoever types the command win, except that `start` is always production.
  const env = { ...command.env, ...environmentFor(node) };
  if (command.env?.NODE_ENV !== undefined) env.NODE_ENV = command.env.NODE_ENV;
  return runChild(node, [...(command.flags ?? []), command.script, ...args], { env });
}
