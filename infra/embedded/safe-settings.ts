import type pg from 'pg';
import { EmbeddedDatabaseError } from './errors.ts';

/** Settings without which a confirmed answer can be lost or a broken page go unseen. */
const required = ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums'];

/**
 * Refuses a database that may lose what was confirmed. Called at every start, for the embedded
 * database and for a server of one's own alike; the settings are those of this client's session.
 * @throws EmbeddedDatabaseError `unsafe-settings`, naming every setting that is off
 */
export async function assertSafeSettings(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    'SELECT name, setting FROM pg_catalog.pg_settings WHERE name = ANY ($1)',
    [required],
  );
  const settings = new Map(rows.map((row) => [row.name, row.setting]));
  const off = required.filter((name) => (settings.get(name) ?? 'off') === 'off');
  if (off.length === 0) return;
  throw new EmbeddedDatabaseError(
    'unsafe-settings',
    `The database may lose confirmed data: ${off.join(', ')} ${off.length === 1 ? 'is' : 'are'} off; switch ${off.length === 1 ? 'it' : 'them'} on before starting.`,
  );
}
