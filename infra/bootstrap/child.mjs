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

/** Long enough for a child that was told to stop by the same signal to have ended. */
const passOnAfterMs = 400;

/**
 * Runs a program in the foreground and takes over its exit code.
 *
 * A signal must reach the child once: it takes a second one as "at once". Ctrl-C in a terminal
 * reaches it directly, as it does us, so there it is only waited for. Elsewhere a signal may have
 * been sent to us alone or to our whole group, and nobody can tell; so it is passed on, once, to
 * a child that is still there after a moment.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<number>} exit code, 128 + n for signal n as shells count
 */
export async function runChild(program, args, options = {}) {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
  const terminal = process.stdin.isTTY === true || process.stdout.isTTY === true;
  let told = false;
  let timer;
  const onSignal = (signal) => {
    if (told) return;
    told = true;
    if (terminal && signal === 'SIGINT') return;
    timer = setTimeout(() => child.kill(signal), passOnAfterMs);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, onSignal);
  const watch = watchParent(() => onSignal('SIGTERM'));
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
    });
  } finally {
    clearInterval(watch);
    clearTimeout(timer);
    for (const signal of signals) process.removeListener(signal, onSignal);
  }
}

/**
 * npm and pnpm put a shell in between, which dies of a SIGTERM without telling us. So where they
 * run us, a parent that is gone means: stop.
 * @param {() => void} onGone
 */
function watchParent(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) onGone();
  }, 250);
  timer.unref();
  return timer;
}
