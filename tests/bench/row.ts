import type { Measured } from './rounds.ts';

export interface Aim {
  text: string;
  met: boolean;
}

/** One line of the result. */
export interface Row {
  figure: string;
  what: string;
  value: number;
  unit: 'per second' | 'ms' | 's' | 'MB' | 'kB';
  /** milliseconds */
  p50?: number;
  p99?: number;
  /** CPU milliseconds of the application's process per reply */
  cpuMs?: number;
  errors?: number;
  faults?: Record<string, number>;
  /** value divided by the baseline's, of the same rounds */
  ratio?: number;
  /** what the ratio is to; absent on baselines */
  against?: string;
  aim?: Aim;
  note?: string;
  /** value of each round */
  rounds?: number[];
}

/** Throughput and times of something that was measured in rounds. */
export function rowOf(figure: string, measured: Measured, more: Partial<Row> = {}): Row {
  const { name, perSecond, p50, p99, cpuMs, errors, faults, samples } = measured;
  return {
    figure,
    what: name,
    value: perSecond,
    unit: 'per second',
    p50,
    p99,
    ...(cpuMs === undefined ? {} : { cpuMs }),
    errors,
    faults,
    rounds: samples.map((sample) => sample.perSecond),
    ...more,
  };
}

export const atLeast = (text: string, value: number, floor: number): Aim => ({
  text,
  met: value >= floor,
});
export const atMost = (text: string, value: number, ceiling: number): Aim => ({
  text,
  met: value <= ceiling,
});
