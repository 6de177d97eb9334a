import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@wijk/domain/kernel';
import { keepNewest, nameOf, saveBackup } from '@wijk/infra/backup';
import { resolveDataDir } from '@wijk/infra/embedded';
import { CommandError } from './command-error.ts';
import { openDatabase } from './database.ts';
import { typedPath } from './typed-path.ts';

export const help = `Writes everything that the database holds into one archive, as it stood at one moment, also while
the application runs. Without a name it goes to the folder 'backups' of the data folder; into a
folder it goes under a name of its own. The file is closed to others: it holds who asked what.
What is not in it: the secret (WIJK_SECRET, or 'secret' in the data folder) and the settings.

--keep <number>  afterwards keep only so many archives in that folder, the newest`;

/** Writes a backup. */
export async function run(words: string[], { keep }: { keep?: string }): Promise<void> {
  const madeAt = systemClock.now();
  const count = keep === undefined ? undefined : readCount(keep);
  const path = placeFor(words[0], madeAt, count !== undefined);
  const database = await openDatabase({ create: false });
  try {
    const saved = await saveBackup(database.ownerUrl, { path, version: version(), madeAt });
    const size = (saved.bytes / 1_000_000).toFixed(1);
    console.log(`Backed up ${saved.rows} rows of ${saved.tables} tables in ${path} (${size} MB).`);
  } finally {
    await database.close();
  }
  if (count === undefined) return;
  const removed = keepNewest(dirname(path), count, madeAt);
  if (removed.length > 0) console.log(`Removed ${removed.length} older: ${removed.join(', ')}.`);
}

function placeFor(typed: string | undefined, madeAt: Date, keeps: boolean): string {
  const given = typed === undefined ? join(resolveDataDir(), 'backups') : typedPath(typed);
  const stats = statSync(given, { throwIfNoEntry: false });
  const folder = typed === undefined || keeps || typed.endsWith(sep) || stats?.isDirectory();
  if (!folder) return given;
  if (stats && !stats.isDirectory())
    throw new CommandError(`${given} is a file; --keep wants the folder where archives are kept.`);
  try {
    mkdirSync(given, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new CommandError(
      `The folder ${given} cannot be made: ${(error as NodeJS.ErrnoException).code}.`,
    );
  }
  return resolve(given, basename(nameOf(madeAt)));
}

function readCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new CommandError(`'${text}' is no number of archives to keep; name 1 or more.`);
}

function version(): string {
  const manifest = fileURLToPath(new URL('../../package.json', import.meta.url));
  return String((JSON.parse(readFileSync(manifest, 'utf8')) as { version: unknown }).version);
}
