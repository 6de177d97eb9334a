import { createHash } from 'node:crypto';
import pg from 'pg';
import { to } from 'pg-copy-streams';
import { columnList, type Table } from './catalogue.ts';

/**
 * What rows look like as text depends on these, and so does their hash. Nothing is hurried: a
 * backup may take longer than any request.
 */
const SETTINGS = [
  'timezone=UTC',
  'datestyle=ISO',
  'intervalstyle=postgres',
  'extra_float_digits=3',
  'bytea_output=hex',
  'statement_timeout=0',
  'lock_timeout=10s',
  'idle_in_transaction_session_timeout=0',
];

/** Runs `work` on one connection of its own. */
export async function withSession<T>(
  ownerUrl: string,
  name: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    connectionTimeoutMillis: 5000,
    application_name: name,
    options: SETTINGS.map((setting) => `-c ${setting}`).join(' '),
  });
  // what breaks the connection is told by the query that was under way
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** How many rows a table has, and the hash of all of them in order of their key. */
export interface Sum {
  rows: number;
  bytes: number;
  sha256: string;
}

/** Streams all rows of a table, in the text format of COPY and ordered by key. */
export async function readRows(
  client: pg.ClientBase,
  table: Table,
  take: (chunk: Buffer) => Promise<void> | void,
): Promise<Sum> {
  const rows = client.query(
    to(
      `COPY (SELECT ${columnList(table)} FROM ${table.quoted} ORDER BY ${table.order}) TO STDOUT`,
      { highWaterMark: 1 << 20 },
    ),
  );
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of rows as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    const busy = take(chunk);
    if (busy) await busy;
  }
  return { rows: rows.rowCount, bytes, sha256: hash.digest('hex') };
}
