import { randomInt } from 'node:crypto';
import type { Bare } from '../baseline/start.ts';
import type { Arm } from '../rounds.ts';
import { type Measured, ratioOf } from '../rounds.ts';
import type { Row } from '../row.ts';
import { atMost, rowOf } from '../row.ts';
import { type Stage, TPCB_SCALE } from '../stage.ts';

const READS = 200;

interface Reading {
  name: string;
  url: string;
  paths: string[];
  headers?: Record<string, string>;
  pid: number;
}

/** An arm that reads paths over HTTP. */
export function reading(stage: Stage, { name, url, paths, headers = {}, pid }: Reading): Arm {
  const { connections } = stage.options;
  return {
    name,
    pid,
    plan: (seconds) => ({ kind: 'get', url, paths, headers, connections, seconds }),
  };
}

/** The baseline of reads: one row by its primary key, as JSON. */
export function bareRead(stage: Stage, bare: Bare): Arm {
  const paths = Array.from(
    { length: READS },
    () => `/read/${randomInt(1, TPCB_SCALE * 100_000 + 1)}`,
  );
  return reading(stage, { name: 'bare indexed read', url: bare.url, paths, pid: bare.pid });
}

export const thousands = (n: number): string => n.toLocaleString('en');

/** How much slower the largest size is than the smallest; flat is 1. */
export function flatness(figure: string, sizes: readonly Measured[]): Row[] {
  const [smallest, largest] = [sizes[0], sizes.at(-1)];
  if (!smallest || !largest || smallest === largest) return [];
  const times = ratioOf(smallest, largest);
  const row = rowOf(figure, largest, {
    what: `${smallest.name} to ${largest.name.replace(/.*, /, '')}`,
    ratio: times,
    against: 'time per reply, smallest size',
    aim: atMost('≤ 1.3', times, 1.3),
  });
  return [row];
}

/** Proves that what is to be measured is what it should be, before it is. */
export async function requirePage(
  address: string,
  headers: Record<string, string>,
  holds: (text: string) => boolean,
): Promise<string> {
  const response = await fetch(address, { headers, redirect: 'manual' });
  const text = await response.text();
  if (response.status !== 200 || !holds(text))
    throw new Error(
      `${address} is not what should be measured: ${response.status} ${text.slice(0, 300)}`,
    );
  return text;
}
