/** Why a backup or a restore was refused or failed, in one sentence for whoever typed the command. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** The archive is not what it was when it was made. */
export function damaged(path: string, why: string, cause?: unknown): BackupError {
  return new BackupError(
    `The archive ${path} is damaged or was cut off (${why}); nothing was changed; take another one.`,
    { cause },
  );
}

/** A sentence for what the file system or the database refuses; else the error as it is. */
export function told(error: unknown, what: string): unknown {
  if (!(error instanceof Error) || error instanceof BackupError) return error;
  const { code } = error as { code?: unknown };
  const why = typeof code === 'string' ? REASONS[code] : undefined;
  return why === undefined ? error : new BackupError(`${what}: ${why}.`, { cause: error });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is a file',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  '42501': 'the login of DATABASE_OWNER_URL does not own the tables, or may not act as wijk_sealed',
  '53100': 'the disk of the database is full',
  '55P03': 'somebody else is changing its tables; try again in a while',
  '57P01': 'the database was stopped',
  ECONNREFUSED: 'the database cannot be reached',
  ECONNRESET: 'the connection to the database was lost',
};
