import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Machine, repository } from './machine.ts';
import type { Options } from './options.ts';
import type { Row } from './row.ts';

const DOCUMENT = join(repository, 'docs/benchmarks.md');
const BEGIN = '<!-- bench:begin -->';
const END = '<!-- bench:end -->';

const TITLES: Record<string, string> = {
  page: 'Question page with ten answers, rendered',
  read: 'The same question as JSON',
  desk: 'First screen of the desk, as JSON',
  live: 'Live',
  ask: 'Asking',
  ladder: 'Steps of the promise that are due',
  memory: 'Memory of the process',
  bytes: 'What a question page transfers',
  start: 'Starting and stopping',
};

export interface Result {
  machine: Machine;
  options: Pick<Options, 'rounds' | 'seconds' | 'connections' | 'sizes'>;
  rows: Row[];
}

/** The whole result in Markdown, which reads well in a terminal too. */
export function markdown({ machine, options, rows }: Result): string {
  const { rounds, seconds, connections } = options;
  const figures = [...new Set(rows.map((row) => row.figure))];
  return [
    `Measured on ${machine.date} UTC at commit ${machine.commit}: ${rounds} rounds of ${seconds} s, ${connections} connections, load generator on the same machine.`,
    '',
    `- ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, Linux ${machine.kernel}`,
    `- Node ${machine.node}, PostgreSQL ${machine.postgres} (${machine.durability})`,
    `- load average at the start (1, 5, 15 minutes): ${machine.loadAtStart}`,
    ...figures.flatMap((figure) => [
      '',
      `### ${TITLES[figure] ?? figure}`,
      '',
      ...tableOf(rows, figure),
    ]),
    '',
  ].join('\n');
}

const COLUMNS: readonly [head: string, cell: (row: Row) => string][] = [
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
function tableOf(rows: Row[], figure: string): string[] {
  const own = rows.filter((row) => row.figure === figure);
  const columns = COLUMNS.map(([head, cell]) => [head, ...own.map(cell)]).filter(([, ...cells]) =>
    cells.some(Boolean),
  );
  const widths = columns.map((cells) => Math.max(3, ...cells.map((cell) => cell.length)));
  const line = (index: number) =>
    `| ${columns.map((cells, n) => (cells[index] ?? '').padEnd(widths[n] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(0), rule, ...own.map((_, index) => line(index + 1))];
}

function amount(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(value >= 10 ? 1 : 2);
}

const optional = (value: number | undefined): string => (value === undefined ? '' : amount(value));

/** Puts the result between the marks of the document. */
export function writeDocument(text: string): void {
  const document = readFileSync(DOCUMENT, 'utf8');
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error(`docs/benchmarks.md has no ${BEGIN} … ${END} to write between.`);
  writeFileSync(DOCUMENT, `${before}${BEGIN}\n${text}\n${END}${after}`);
}
