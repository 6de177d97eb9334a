import { existsSync } from 'node:fs';
import { loadBackup } from '@wijk/infra/backup';
import { CommandError } from './command-error.ts';
import { openDatabase } from './database.ts';
import { typedPath } from './typed-path.ts';

export const help = `Puts an archive of 'pnpm wijk backup' back, whole or not at all, compares every table with it, and
brings the tables up to date. Stop the application first. The database must be empty; a new
embedded one is made where there is none.

--replace  throw away what the database holds now`;

/** Puts a backup back. */
export async function run(words: string[], { replace }: { replace?: boolean }): Promise<void> {
  const path = typedPath(words[0] ?? '');
  if (!existsSync(path)) throw new CommandError(`There is no archive ${path}.`);
  const database = await openDatabase({ create: true, alone: true });
  try {
    const { rows, tables, madeAt } = await loadBackup(database.ownerUrl, {
      path,
      replace: replace === true,
    });
    console.log(
      `Put back ${rows} rows of ${tables} tables as they stood at ${madeAt}; every table was compared.`,
    );
  } finally {
    await database.close();
  }
}
