import { type ClientBase, escapeIdentifier } from 'pg';

/** A table as it stands in the database. */
export interface Table {
  /** `schema.table`, as people write it */
  readonly name: string;
  /** the same, as SQL wants it */
  readonly quoted: string;
  readonly owner: string;
  /** without generated columns: those are computed anew */
  readonly columns: readonly string[];
  /** the order of rows, the same in every database whatever its collation */
  readonly order: string;
  /** names of other tables that its foreign keys refer to */
  readonly refersTo: readonly string[];
}

interface TableRow {
  schema: string;
  name: string;
  owner: string;
  columns: string[];
  key: { name: string; sorted: boolean }[] | null;
  refers_to: string[];
}

/** The tables of these schemas, each after those that it refers to. */
export async function readTables(client: ClientBase, schemas: readonly string[]): Promise<Table[]> {
  const { rows } = await client.query<TableRow>(
    `SELECT n.nspname AS schema, c.relname AS name, pg_get_userbyid(c.relowner) AS owner,
       (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
       ) AS columns,
       (SELECT json_agg(json_build_object('name', a.attname, 'sorted', a.attcollation <> 0) ORDER BY k.place)
        FROM pg_index i
        CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
        WHERE i.indrelid = c.oid AND i.indisprimary) AS key,
       (SELECT coalesce(json_agg(DISTINCT fn.nspname || '.' || fc.relname), '[]') FROM pg_constraint f
        JOIN pg_class fc ON fc.oid = f.confrelid JOIN pg_namespace fn ON fn.oid = fc.relnamespace
        WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS refers_to
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
     ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`,
    [schemas],
  );
  return inOrder(rows.map(tableOf));
}

/** Where the sequences of these schemas stand. */
export async function readSequences(client: ClientBase, schemas: readonly string[]) {
  const { rows } = await client.query<{ name: string; last: string | null }>(
    `SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename) AS name, last_value::text AS last
     FROM pg_sequences WHERE schemaname = ANY ($1) ORDER BY 1`,
    [schemas],
  );
  return rows.map(({ name, last }) => ({ name, lastValue: last }));
}

/** Does `work` as the owner of the table, inside a transaction: the sealed one has another owner. */
export async function asOwner<T>(
  client: ClientBase,
  table: Table,
  work: () => Promise<T>,
): Promise<T> {
  await client.query(`SET LOCAL ROLE ${escapeIdentifier(table.owner)}`);
  const done = await work();
  await client.query('SET LOCAL ROLE NONE');
  return done;
}

export const columnList = (table: Pick<Table, 'columns'>): string =>
  table.columns.map(escapeIdentifier).join(', ');

function tableOf(row: TableRow): Table {
  const name = `${row.schema}.${row.name}`;
  if (!row.key) throw new Error(`${name} has no primary key, so its rows have no order`);
  const byLetters = (sorted: boolean) => (sorted ? ' COLLATE "C"' : '');
  return {
    name,
    quoted: `${escapeIdentifier(row.schema)}.${escapeIdentifier(row.name)}`,
    owner: row.owner,
    columns: row.columns,
    order: row.key
      .map((column) => `${escapeIdentifier(column.name)}${byLetters(column.sorted)}`)
      .join(', '),
    refersTo: row.refers_to,
  };
}

function inOrder(tables: readonly Table[]): Table[] {
  const ordered: Table[] = [];
  const waiting = new Set(tables);
  while (waiting.size > 0) {
    const names = new Set([...waiting].map(({ name }) => name));
    const next = [...waiting].filter((table) => !table.refersTo.some((name) => names.has(name)));
    if (next.length === 0) throw new Error(`tables refer to each other: ${[...names].join(', ')}`);
    for (const table of next) {
      ordered.push(table);
      waiting.delete(table);
    }
  }
  return ordered;
}
