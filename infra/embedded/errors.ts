export type EmbeddedDatabaseErrorCode =
  | 'folder-unusable'
  | 'in-use'
  | 'unsafe-settings'
  | 'binaries-missing'
  | 'start-failed';

/** What went wrong with the database; the message is one sentence for whoever typed the command. */
export class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError';
  readonly code: EmbeddedDatabaseErrorCode;

  constructor(code: EmbeddedDatabaseErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The short reason inside any thrown value, for use in a sentence. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message || error.name : String(error);
}

/** True for a system error with one of these codes (`ENOENT`, …) or a PostgreSQL error (`28P01`, …). */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && codes.includes(code);
}
