import pg from 'pg';

/** Every row of every table, as JSON, by the name of the table; `ownerUrl` may read them all. */
export async function allRows(ownerUrl: string): Promise<Map<string, string[]>> {
  const client = new pg.Client({ connectionString: ownerUrl, options: '-c timezone=UTC' });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ schema: string; name: string; owner: string }>(
      `SELECT schemaname AS schema, tablename AS name, tableowner AS owner FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2`,
    );
    const found = new Map<string, string[]>();
    for (const { schema, name, owner } of tables) {
      await client.query(`SET ROLE ${pg.escapeIdentifier(owner)}`);
      const { rows } = await client.query<{ row: string }>(
        `SELECT to_jsonb(t)::text AS row FROM ${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)} t
         ORDER BY to_jsonb(t)::text COLLATE "C"`,
      );
      found.set(
        `${schema}.${name}`,
        rows.map(({ row }) => row),
      );
      await client.query('RESET ROLE');
    }
    return found;
  } finally {
    await client.end();
  }
}

/** Where two databases differ: tables that only one has, and rows that are not in both. */
export function differences(
  left: ReadonlyMap<string, readonly string[]>,
  right: ReadonlyMap<string, readonly string[]>,
): string[] {
  const names = new Set([...left.keys(), ...right.keys()]);
  return [...names].sort().flatMap((name) => {
    const [a, b] = [left.get(name), right.get(name)];
    if (!a || !b) return [`${name}: only on one side`];
    const [inA, inB] = [new Set(a), new Set(b)];
    return [
      ...a.filter((row) => !inB.has(row)).map((row) => `${name}: lost ${row}`),
      ...b.filter((row) => !inA.has(row)).map((row) => `${name}: new ${row}`),
      ...(a.length === b.length ? [] : [`${name}: ${a.length} and ${b.length} rows`]),
    ];
  });
}
