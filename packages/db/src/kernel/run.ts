import { createHash } from 'node:crypto';
import type { SQL } from 'drizzle-orm';
import type { Executor } from './database.ts';

/** The part of drizzle (pinned) that a named statement needs and that it does not export. */
interface Inside {
  dialect: { sqlToQuery(query: SQL): { sql: string; params: unknown[] } };
  session: {
    prepareQuery(
      query: { sql: string; params: unknown[] },
      fields: undefined,
      name: string,
      arrayMode: boolean,
    ): { execute(): Promise<unknown> };
  };
}

const names = new Map<string, string>();
const NAMES_AT_MOST = 500;

function nameOf(text: string): string {
  const known = names.get(text);
  if (known) return known;
  if (names.size >= NAMES_AT_MOST) names.clear();
  const name = `w${createHash('sha1').update(text).digest('base64url').slice(0, 20)}`;
  names.set(text, name);
  return name;
}

/**
 * Runs a read as a named prepared statement: the server plans it once per connection. Planning our
 * page queries takes longer than running them, so this is what keeps reads cheap. The text must not
 * hold values, only parameters; every text stays prepared for as long as the connection lives.
 */
export async function run<T extends Record<string, unknown>>(
  db: Executor,
  query: SQL,
): Promise<{ rows: T[] }> {
  const { dialect, session } = db as unknown as Inside;
  const built = dialect.sqlToQuery(query);
  const prepared = session.prepareQuery(built, undefined, nameOf(built.sql), false);
  return (await prepared.execute()) as { rows: T[] };
}
