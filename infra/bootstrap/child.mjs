import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { root } from './root.mjs';

/**
 * The environment of a child that runs on the pinned Node: tools it starts find the same Node,
 * and compiled modules are kept, which makes the second start quick.
 * @param {string} node path of the Node to run
 */
export function environmentFor(node) {
  return {
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compile'),
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
  };
}

/**
 * Runs a program in the foreground and takes over its exit code.
 *
 * Ctrl-C in a terminal reaches the child directly, as it does us, so it is only waited for here:
 * passing it on would make it the second Ctrl-C. Without a terminal it is passed on, once; a
 * SIGTERM always comes to us alone.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<number>} exit code, 128 + n for signal n as shells count
 */
export async function runChild(program, args, options = {}) {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
  const terminal = process.stdin.isTTY === true || process.stdout.isTTY === true;
  const passedOn = new Set();
  const passOn = (signal) => {
    if (passedOn.has(signal) || (terminal && signal === 'SIGINT')) return;
    passedOn.add(signal);
    child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, passOn);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
    });
  } finally {
    for (const signal of signals) process.removeListener(signal, passOn);
  }
}
