import { parseArgs } from 'node:util';

export const FIGURES = [
  'page',
  'read',
  'list',
  'find',
  'desk',
  'live',
  'ask',
  'ladder',
  'memory',
  'bytes',
  'start',
] as const;
export type FigureName = (typeof FIGURES)[number];

export interface Options {
  figures: ReadonlySet<FigureName>;
  /** numbers of questions, smallest first */
  sizes: readonly number[];
  /** pairs of baseline and subject; figures are medians over them */
  rounds: number;
  /** of each measurement */
  seconds: number;
  warmUpSeconds: number;
  /** warm up until the compiler is done, too */
  thorough: boolean;
  connections: number;
  /** also a clone of this commit, from nothing to the first page */
  full: boolean;
  json: string | undefined;
  writeDocs: boolean;
  /** folder for a CPU profile of the question page */
  profile: string | undefined;
  /** results of earlier runs to put together; nothing is measured then */
  merge: readonly string[];
}

export const HELP = `pnpm bench [options]

  --quick             two short rounds: says whether it works, not how fast it is
  --only <name>       ${FIGURES.join(', ')}; may be repeated
  --sizes 1000,20000  numbers of questions
  --rounds 5          pairs of baseline and subject
  --seconds 6         of each measurement
  --connections 10    that ask at the same time
  --full              start times also from a clone, with installing and building
  --json <file>       everything measured, for machines
  --write-docs        puts the tables into docs/benchmarks.md
  --merge a.json b.json
                      measures nothing: puts together what runs with --json wrote
  --profile <folder>  a CPU profile of the application under the question page
`;

/** @throws Error with a sentence for whoever typed the command */
export function readOptions(argv: string[]): Options | 'help' {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      sizes: { type: 'string', default: '1000,20000' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      connections: { type: 'string', default: '10' },
      full: { type: 'boolean', default: false },
      json: { type: 'string' },
      merge: { type: 'boolean', default: false },
      'write-docs': { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  });
  if (values.help) return 'help';
  const { quick } = values;
  if (positionals.length > 0 !== values.merge)
    throw new Error('Files are named with --merge, and with nothing else.');
  return {
    figures: figuresOf(values.only),
    sizes: values.sizes
      .split(',')
      .map((text) => positive('sizes', text))
      .sort((a, b) => a - b),
    rounds: positive('rounds', values.rounds ?? (quick ? '2' : '5')),
    seconds: positive('seconds', values.seconds ?? (quick ? '2' : '6')),
    warmUpSeconds: quick ? 2 : 5,
    thorough: !quick,
    connections: positive('connections', values.connections),
    full: values.full,
    json: values.json,
    writeDocs: values['write-docs'],
    profile: values.profile,
    merge: positionals,
  };
}

function figuresOf(only: string[] | undefined): ReadonlySet<FigureName> {
  if (only === undefined) return new Set(FIGURES);
  const unknown = only.find((name) => !FIGURES.some((figure) => figure === name));
  if (unknown !== undefined) throw new Error(`--only ${unknown}: there are ${FIGURES.join(', ')}.`);
  return new Set(FIGURES.filter((figure) => only.includes(figure)));
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`--${name}: "${text}" is not a whole number above zero.`);
  return number;
}
