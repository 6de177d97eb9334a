import type { Machine } from '../machine.ts';
import { amount, type Columns, tableOf } from '../report.ts';
import type { Aim } from '../row.ts';
import type { LedgerOptions } from './measure.ts';

export interface LedgerRow {
  what: string;
  perSecond?: number;
  /** milliseconds */
  p50: number;
  p99: number;
  errors: number;
  faults: Record<string, number>;
  /** times the throughput of TPC-B, and of the same payments row by row, in the same rounds */
  toTpcb?: number;
  toRows?: number;
  /** times as long as without what stands in the book */
  slower?: number;
  aims?: Aim[];
  /** per second, of each round */
  rounds: number[];
}

export interface LedgerTable {
  title: string;
  rows: LedgerRow[];
}

export interface LedgerResult {
  machine: Machine;
  options: LedgerOptions;
  tables: LedgerTable[];
  /** what does not add up in the books afterwards */
  wrong: string[];
  minutes: number;
  loadAtEnd: string;
}

const times = (value: number | undefined) => (value === undefined ? '' : `${value.toFixed(2)} ×`);

const COLUMNS: Columns<LedgerRow> = [
  ['', (row) => row.what],
  ['per second', ({ perSecond }) => (perSecond === undefined ? '' : amount(perSecond))],
  ['p50 ms', (row) => amount(row.p50)],
  ['p99 ms', (row) => amount(row.p99)],
  ['errors', (row) => String(row.errors)],
  ['TPC-B', (row) => times(row.toTpcb)],
  ['row by row', (row) => times(row.toRows)],
  ['time', (row) => times(row.slower)],
  [
    'aim',
    ({ aims = [] }) =>
      aims.map(({ text, met }) => `${text}: ${met ? 'met' : 'not met'}`).join('; '),
  ],
];

export function markdown({ machine, options, tables, minutes, loadAtEnd }: LedgerResult): string {
  const { rounds, seconds, clients, connections } = options;
  return [
    `Measured on ${machine.date} UTC at commit ${machine.commit} in ${minutes.toFixed(0)} minutes: ${rounds} rounds of ${seconds} s, ${clients} clients on ${connections} connections, all on one machine; load average (1, 5, 15 minutes) at the start ${machine.loadAtStart}, at the end ${loadAtEnd}.`,
    '',
    `- ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, Linux ${machine.kernel}`,
    `- Node ${machine.node}, PostgreSQL ${machine.postgres} (${machine.durability})`,
    ...tables.flatMap(({ title, rows }) => ['', `#### ${title}`, '', ...tableOf(COLUMNS, rows)]),
    '',
  ].join('\n');
}
