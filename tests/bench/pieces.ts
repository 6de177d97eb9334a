import { readFileSync } from 'node:fs';
import type { Machine } from './machine.ts';
import { FIGURES } from './options.ts';
import type { Result } from './report.ts';

/** What must be the same, or figures of different pieces say nothing beside each other. */
const SAME = ['cpu', 'cores', 'memoryGb', 'kernel', 'node', 'postgres', 'durability'] as const;

/**
 * Reads what runs with `--json` wrote, in the order of the figures.
 * @throws Error with a sentence: pieces of different machines, or a figure that was measured twice, of
 * which one could be chosen
 */
export function readPieces(files: readonly string[]): Result[] {
  const pieces = files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Result);
  const [first] = pieces;
  if (!first) throw new Error('--merge: name the files that --json wrote.');
  const seen = new Set<string>();
  for (const { machine, rows } of pieces) {
    const other = SAME.find((name) => machine[name] !== first.machine[name]);
    if (other) throw new Error(`--merge: ${other} differs: ${differing(other, pieces)}`);
    for (const figure of figuresOf(rows)) {
      if (seen.has(figure)) throw new Error(`--merge: "${figure}" is in more than one piece.`);
      seen.add(figure);
    }
  }
  return pieces.toSorted((a, b) => rank(a) - rank(b));
}

/** The figures of these rows, each once. */
export const figuresOf = (rows: Result['rows']): string[] => [
  ...new Set(rows.map((row) => row.figure)),
];

const rank = ({ rows }: Result): number => FIGURES.map(String).indexOf(rows[0]?.figure ?? '');

const differing = (name: keyof Machine, pieces: readonly Result[]): string =>
  [...new Set(pieces.map(({ machine }) => String(machine[name])))].join(' and ');
