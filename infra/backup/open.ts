import { knownMigrations, type Migration } from '@wijk/db/kernel';
import { checkSeal, membersOf } from './archive.ts';
import { BackupError, damaged } from './backup-error.ts';
import { FORMAT, MANIFEST, type Manifest, readManifest } from './manifest.ts';

/** An archive that is whole and that this code can put back. */
export interface OpenedArchive {
  readonly path: string;
  readonly manifest: Manifest;
  /** those that bring an empty database to the state of the archive */
  readonly migrations: readonly Migration[];
}

/**
 * Reads an archive from end to end before anything else is done with it.
 * @throws BackupError when it is damaged, or made by a later version of the code
 */
export async function openArchive(path: string): Promise<OpenedArchive> {
  await checkSeal(path);
  const manifest = await findManifest(path);
  const known = knownMigrations();
  if (manifest.format > FORMAT || manifest.migrations.length > known.length)
    throw new BackupError(
      `The archive ${path} was made by version ${manifest.version ?? 'unknown'}, which is newer than this code; update the application first.`,
    );
  const migrations = known.slice(0, manifest.migrations.length);
  if (migrations.some(({ hash }, place) => manifest.migrations[place] !== hash))
    throw new BackupError(
      `The archive ${path} was made by another line of this code (version ${manifest.version}); put it back with that one.`,
    );
  return { path, manifest, migrations };
}

async function findManifest(path: string): Promise<Manifest> {
  for await (const { name, data } of membersOf(path))
    if (name === MANIFEST) return readManifest(path, data);
  throw damaged(path, 'it has no manifest');
}
