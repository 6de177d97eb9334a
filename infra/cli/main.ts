import { parseArgs } from 'node:util';
import { CommandError } from './command-error.ts';

/** What the module of a command exports. */
interface CommandModule {
  readonly help: string;
  run(words: string[]): Promise<void>;
}

interface Command {
  readonly usage: string;
  /** One line for the list. */
  readonly summary: string;
  /** How many words come after the command. */
  readonly words: number;
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
  if (words.length !== command.words) {
    throw new CommandError(`It is: pnpm wijk ${command.usage}`);
  }
  await (await command.load()).run(words);
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' } },
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
    error instanceof Error && ['CommandError', 'EmbeddedDatabaseError'].includes(error.name);
  console.error(told ? error.message : error);
  process.exitCode = 1;
}
