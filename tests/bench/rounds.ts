import type { Plan, Sample } from './load/plan.ts';
import type { LoadProcess } from './load/run.ts';
import { cpuMilliseconds } from './machine.ts';
import type { Options } from './options.ts';

/** One of the things that are measured in turn. */
export interface Arm {
  name: string;
  plan(seconds: number): Plan;
  /** brings it, before each measurement of so many seconds, to the state that is to be measured */
  prepare?(seconds: number): Promise<void>;
  /** the process that does the work, for its CPU time */
  pid?: number;
  /** waits until what the load left behind is done, so that the next arm has the machine alone */
  settle?(): Promise<void>;
  /** replies that it takes to be warm, where the default would be too many */
  warmReplies?: number;
}

/** A server is as quick as it gets after some thousand replies, however long these take. */
const WARM_REPLIES = 5000;
const WARM_TURNS = 6;

export interface Measured {
  name: string;
  /** one per round, in the order of the rounds */
  samples: Sample[];
  perSecond: number;
  p50: number;
  p99: number;
  /** CPU time of the process per reply: hardly moved by whatever else the machine does */
  cpuMs: number | undefined;
  errors: number;
  faults: Record<string, number>;
}

/**
 * Measures the arms in turn, round after round, so that a machine that grows slower or faster does
 * so for all of them. Every other round runs backwards. Figures are medians over the rounds.
 */
export async function alternate(
  load: LoadProcess,
  arms: readonly Arm[],
  {
    rounds,
    seconds,
    warmUpSeconds,
    thorough,
  }: Pick<Options, 'rounds' | 'seconds' | 'warmUpSeconds' | 'thorough'>,
): Promise<Measured[]> {
  const taken = arms.map((arm) => ({ arm, samples: [] as Sample[], cpu: [] as number[] }));
  const faults = new Map<Arm, Record<string, number>>(arms.map((arm) => [arm, {}]));
  for (const { arm } of taken) {
    const enough = (arm.warmReplies ?? WARM_REPLIES) * (thorough ? 1 : 0);
    let replies = 0;
    for (let turn = 0; turn === 0 || (replies < enough && turn < WARM_TURNS); turn += 1) {
      const sample = await load.run(arm.plan(warmUpSeconds));
      replies += sample.count;
      add(faults.get(arm), sample.faults);
    }
    await arm.settle?.();
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const { arm, samples, cpu } of round % 2 === 0 ? taken : taken.toReversed()) {
      await arm.prepare?.(seconds);
      const before = arm.pid === undefined ? 0 : cpuMilliseconds(arm.pid);
      const sample = await load.run(arm.plan(seconds));
      if (arm.pid !== undefined) cpu.push((cpuMilliseconds(arm.pid) - before) / sample.count);
      samples.push(sample);
      add(faults.get(arm), sample.faults);
      await arm.settle?.();
    }
  }
  return taken.map(({ arm, samples, cpu }) => {
    const all = faults.get(arm) ?? {};
    return {
      name: arm.name,
      samples,
      perSecond: median(samples.map((sample) => sample.perSecond)),
      p50: median(samples.map((sample) => sample.p50)),
      p99: median(samples.map((sample) => sample.p99)),
      cpuMs: cpu.length > 0 ? median(cpu) : undefined,
      errors: Object.values(all).reduce((sum, times) => sum + times, 0),
      faults: all,
    };
  });
}

/** The median over the rounds of one measure divided by another of the same round. */
export function ratioOf(
  subject: Measured,
  baseline: Measured,
  measure: (sample: Sample) => number = (sample) => sample.perSecond,
): number {
  return median(
    subject.samples.map((sample, round) => {
      const other = baseline.samples[round];
      return other ? measure(sample) / measure(other) : Number.NaN;
    }),
  );
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2;
}

function add(into: Record<string, number> | undefined, faults: Record<string, number>): void {
  if (into === undefined) return;
  for (const [what, times] of Object.entries(faults)) into[what] = (into[what] ?? 0) + times;
}
