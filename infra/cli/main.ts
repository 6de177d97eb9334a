import { parseArgs } from 'node:util';
import { EmbeddedDatabaseError } from '@wijk/infra/embedded';
import { CommandError } from './command-error.ts';
import { grantRole, grantRoleHelp } from './grant-role.ts';
import { jobsHelp, jobsStatus } from './jobs.ts';
import { migrateDatabase, migrateHelp } from './migrate.ts';
import { seed, seedHelp } from './seed.ts';

interface Command {
  /** One line for the list. */
  readonly summary: string;
  readonly usage: string;
  readonly help: string;
  /** Names of the words after the command, all needed. */
  readonly words: readonly string[];
  run(words: string[]): Promise<void>;
}

const commands: Record<string, Command> = {
  migrate: {
    summary: 'bring the database up to date',
    usage: 'migrate',
    help: migrateHelp,
    words: [],
    run: migrateDatabase,
  },
  seed: {
    summary: 'fill the demonstration wijk',
    usage: 'seed',
    help: seedHelp,
    words: [],
    run: seed,
  },
  'grant-role': {
    summary: 'give somebody a role in a wijk',
    usage: 'grant-role <wijk> <email> <role>',
    help: grantRoleHelp,
    words: ['wijk', 'email', 'role'],
    run: grantRole,
  },
  jobs: {
    summary: 'show work that waits, is late or gave up',
    usage: 'jobs status',
    help: jobsHelp,
    words: ['status'],
    run: jobsStatus,
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
    console.log(`Usage: pnpm wijk ${command.usage}\n\n${command.help}\n\n${databaseHelp}`);
    return;
  }
  if (words.length !== command.words.length) {
    throw new CommandError(`It is: pnpm wijk ${command.usage}`);
  }
  await command.run(words);
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
  const told = error instanceof CommandError || error instanceof EmbeddedDatabaseError;
  console.error(told ? error.message : error);
  process.exitCode = 1;
}
