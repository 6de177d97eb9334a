import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Machine, repository } from './machine.ts';
import type { Options } from './options.ts';
import { figuresOf } from './pieces.ts';
import type { Row } from './row.ts';

const DOCUMENT = join(repository, 'docs/benchmarks.md');

const TITLES: Record<string, string> = {
  page: 'Question page with ten answers, rendered',
  read: 'The same question as JSON',
  list: 'The list of questions',
  find: 'Searching and suggestions',
  desk: 'First screen of the desk, as JSON',
  live: 'Live',
  ask: 'Asking',
  ladder: 'Steps of the promise that are due',
  memory: 'Memory of the process',
  bytes: 'What pages transfer',
  start: 'Starting and stopping',
};

export interface Result {
  machine: Machine;
  options: Pick<Options, 'rounds' | 'seconds' | 'connections' | 'sizes'>;
  rows: Row[];
}

/** The whole result in Markdown, which reads well in a terminal too; of one run, or of several. */
export function markdown(results: readonly Result[]): string {
  const [first] = results;
  if (!first) throw new Error('there is no result');
  const { machine } = first;
  const rows = results.flatMap((result) => result.rows);
  return [
    ...(results.length === 1 ? ofOneRun(first) : ofPieces(results)),
    '',
    `- ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, Linux ${machine.kernel}`,
    `- Node ${machine.node}, PostgreSQL ${machine.postgres} (${machine.durability})`,
    ...figuresOf(rows).flatMap((figure) => [
      '',
      `### ${TITLES[figure] ?? figure}`,
      '',
      ...tableOf(
        COLUMNS,
        rows.filter((row) => row.figure === figure),
      ),
    ]),
    '',
  ].join('\n');
}

function ofOneRun({ machine, options }: Result): string[] {
  const { rounds, seconds, connections } = options;
  return [
    `Measured on ${machine.date} UTC at commit ${machine.commit}: ${rounds} rounds of ${seconds} s, ${connections} connections, load generator on the same machine; load average at the start (1, 5, 15 minutes) ${machine.loadAtStart}.`,
  ];
}

/** Each piece has its own baselines, so ratios hold; figures of two pieces compare less well. */
function ofPieces(results: readonly Result[]): string[] {
  return [
    `Measured in ${results.length} runs, each with baselines of its own, so that ratios hold; figures of different runs compare less well. Load generator on the same machine.`,
    '',
    ...tableOf(PIECE_COLUMNS, results),
  ];
}

export type Columns<T> = readonly [head: string, cell: (row: T) => string][];

const PIECE_COLUMNS: Columns<Result> = [
  ['run', ({ rows }) => figuresOf(rows).join(', ')],
  ['at (UTC)', ({ machine }) => machine.date],
  ['commit', ({ machine }) => machine.commit],
  ['questions', ({ options }) => options.sizes.map((size) => size.toLocaleString('en')).join(', ')],
  ['rounds', ({ options }) => `${options.rounds} of ${options.seconds} s`],
  ['connections', ({ options }) => String(options.connections)],
  ['load at the start (1, 5, 15 min)', ({ machine }) => machine.loadAtStart],
];

const COLUMNS: Columns<Row> = [
  ['', (row) => row.what],
  ['figure', (row) => `${amount(row.value)} ${row.unit}`],
  ['p50 ms', (row) => optional(row.p50)],
  ['p99 ms', (row) => optional(row.p99)],
  ['CPU ms each', (row) => optional(row.cpuMs)],
  ['errors', (row) => (row.errors === undefined ? '' : String(row.errors))],
  ['ratio', (row) => (row.ratio === undefined ? '' : `${row.ratio.toFixed(2)} × ${row.against}`)],
  ['aim', (row) => (row.aim ? `${row.aim.text}: ${row.aim.met ? 'met' : 'not met'}` : '')],
  ['note', (row) => row.note ?? ''],
];

/** Columns that are empty in every row are left out, and the rest are made equally wide. */
export function tableOf<T>(wanted: Columns<T>, rows: readonly T[]): string[] {
  const columns = wanted
    .map(([head, cell]) => [head, ...rows.map(cell)])
    .filter(([, ...cells]) => cells.some(Boolean));
  const widths = columns.map((cells) => Math.max(3, ...cells.map((cell) => cell.length)));
  const line = (index: number) =>
    `| ${columns.map((cells, n) => (cells[index] ?? '').padEnd(widths[n] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(0), rule, ...rows.map((_, index) => line(index + 1))];
}

export function amount(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(value >= 10 ? 1 : 2);
}

const optional = (value: number | undefined): string => (value === undefined ? '' : amount(value));

/** Puts the result between the marks of the document, those of this bench. */
export function writeDocument(text: string, bench = 'bench'): void {
  const [begin, end] = [`<!-- ${bench}:begin -->`, `<!-- ${bench}:end -->`];
  const document = readFileSync(DOCUMENT, 'utf8');
  const [before, rest] = document.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`docs/benchmarks.md has no ${begin} … ${end} to write between.`);
  writeFileSync(DOCUMENT, `${before}${begin}\n${text}\n${end}${after}`);
}
