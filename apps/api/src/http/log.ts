import { sqlState, violatedConstraint } from '@wijk/db/kernel';

/** What a log line keeps of an error: what went wrong and where, never with which values. */
export interface LoggedError {
  type: string;
  message: string;
  code?: string;
  constraint?: string;
  stack: string;
  cause?: LoggedError;
  [more: string]: unknown;
}

const CAUSES = 3;

/**
 * The first line of a message without what was typed: the parameters of a query, and whatever
 * stands between quotes, as in `invalid input syntax for type uuid: "…"`.
 */
export function withoutValues(message: string): string {
  return (message.split('\n')[0] ?? '')
    .replace(/params:.*/, '')
    .replace(/"[^"]*"?/g, '"…"')
    .replace(/'[^']*'?/g, "'…'")
    .replace(/\S+@\S+/g, '…')
    .slice(0, 300);
}

/**
 * An error for the log. A database error quotes what someone typed in its message, its stack and
 * its own fields, so only names, places and codes are taken over.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: withoutValues(String(error)), stack: '' };
  const code = sqlState(error) ?? (error as { code?: unknown }).code;
  const constraint = violatedConstraint(error);
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message: withoutValues(error.message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(constraint ? { constraint } : {}),
    stack: frames.join('\n'),
    ...(error.cause instanceof Error && depth < CAUSES
      ? { cause: loggedError(error.cause, depth + 1) }
      : {}),
  };
}
