import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Plan, Sample } from './plan.ts';

/** The process that makes the load. */
export interface LoadProcess {
  /** One plan at a time. */
  run(plan: Plan): Promise<Sample>;
  stop(): Promise<void>;
}

export function startLoad(): LoadProcess {
  const child = fork(fileURLToPath(new URL('worker.ts', import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return {
    run: (plan) => ordered(child, plan),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function ordered(child: ChildProcess, plan: Plan): Promise<Sample> {
  const ended = new AbortController();
  child.send(plan);
  const [report] = (await Promise.race([
    once(child, 'message', { signal: ended.signal }),
    once(child, 'exit', { signal: ended.signal }).then(() => [{ error: 'the load process ended' }]),
  ])) as [{ sample?: Sample; error?: string }];
  ended.abort();
  if (!report.sample) throw new Error(`${plan.kind}: ${report.error}`);
  return report.sample;
}
