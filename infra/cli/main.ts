import { parseArgs } from 'node:util';
import { CommandError } from './command-error.ts';

/** What the module of a command exports. */
interface CommandModule {
  readonly help: string;
  run(words: string[], options: Options): Promise<void>;
}

/** Options of commands, all of them; which command takes which stands in the list. */
interface Options {
  keep?: string;
  replace?: boolean;
  wijk?: string;
  source?: string;
  'dry-run'?: boolean;
  all?: boolean;
}

interface Command {
  readonly usage: string;
  /** One line for the list. */
  readonly summary: string;
  /** How many words come after the command, or at least and at most. */
  readonly words: number | readonly [number, number];
  readonly options?: readonly (keyof Options)[];
  /** Loaded when asked for: a refusal or an overview need not wait for the database's code. */
  load(): Promise<CommandModule>;
}

const commands: Record<string, Command> = {
  migrate: {
    usage: 'migrate',
    summary: 'bring the database up to date',
    words: 0,
    load: () => import('./migrate.ts'),
  },
  seed: {
    usage: 'seed',
    summary: 'fill the demonstration wijk',
    words: 0,
    load: () => import('./seed.ts'),
  },
  'create-wijk': {
    usage: 'create-wijk <slug> <name>',
    summary: 'make a wijk of your own',
    words: 2,
    load: () => import('./create-wijk.ts'),
  },
  'grant-role': {
    usage: 'grant-role <wijk> <email> <role>',
    summary: 'give somebody a role in a wijk',
    words: 3,
    load: () => import('./grant-role.ts'),
  },
  backup: {
    usage: 'backup [file or folder] [--keep <number>]',
    summary: 'write everything in the database into one archive',
    words: [0, 1],
    options: ['keep'],
    load: () => import('./backup.ts'),
  },
  restore: {
    usage: 'restore <file> [--replace]',
    summary: 'put such an archive back',
    words: 1,
    options: ['replace'],
    load: () => import('./restore.ts'),
  },
  search: {
    usage: 'search rebuild [wijk]',
    summary: 'index all questions anew for the search',
    words: [1, 2],
    load: () => import('./search.ts'),
  },
  questions: {
    usage: 'questions export|import [file] --wijk <slug>',
    summary: 'write questions and answers to a file, or take them in',
    words: [1, 2],
    options: ['wijk', 'source', 'dry-run', 'all'],
    load: () => import('./questions.ts'),
  },
  ledger: {
    usage: 'ledger verify [--wijk <slug>]',
    summary: 'read the book of wijk-credits through and name what is broken',
    words: 1,
    options: ['wijk'],
    load: () => import('./ledger.ts'),
  },
  jobs: {
    usage: 'jobs status',
    summary: 'show work that waits, is late or gave up',
    words: 1,
    load: () => import('./jobs.ts'),
  },
};

const databaseHelp = `The database is the one named by DATABASE_OWNER_URL (or DATABASE_URL), else the
embedded one in WIJK_DATA_DIR, also while the application runs on it.`;

function overview(): string {
  const width = Math.max(...Object.values(commands).map((command) => command.usage.length)) + 2;
  const lines = Object.values(commands).map(
    (command) => `  ${command.usage.padEnd(width)}${command.summary}`,
  );
  return `Usage: pnpm wijk <command>\n\n${lines.join('\n')}\n\n${databaseHelp}\nMore about one: pnpm wijk <command> --help`;
}

async function run(argv: string[]): Promise<void> {
  const { values, positionals } = parse(argv);
  const [name, ...words] = positionals;
  if (name === undefined) {
    console.log(overview());
    return;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    throw new CommandError(
      `There is no command '${name}'; there are ${Object.keys(commands).join(', ')}.`,
    );
  }
  if (values.help === true) {
    console.log(
      `Usage: pnpm wijk ${command.usage}\n\n${(await command.load()).help}\n\n${databaseHelp}`,
    );
    return;
  }
  const { help: _, ...options } = values;
  const taken: readonly string[] = command.options ?? [];
  const [least, most] =
    typeof command.words === 'number' ? [command.words, command.words] : command.words;
  const strange = Object.keys(options).some((option) => !taken.includes(option));
  if (words.length < least || words.length > most || strange) {
    throw new CommandError(`It is: pnpm wijk ${command.usage}`);
  }
  await (await command.load()).run(words, options);
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        keep: { type: 'string' },
        replace: { type: 'boolean' },
        wijk: { type: 'string' },
        source: { type: 'string' },
        'dry-run': { type: 'boolean' },
        all: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new CommandError(
      `${error instanceof Error ? error.message : error} See pnpm wijk --help.`,
    );
  }
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  // By name, so that the database's code is not loaded just to compare.
  const told =
    error instanceof Error &&
    ['CommandError', 'EmbeddedDatabaseError', 'BackupError'].includes(error.name);
  console.error(told ? error.message : error);
  process.exitCode = 1;
}
