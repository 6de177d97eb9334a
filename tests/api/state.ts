import { expect } from 'vitest';
import type { House } from '../support/house.ts';

const TABLES = `
  select format('%I.%I', t.table_schema, t.table_name) as name,
    exists (select from information_schema.columns c where c.column_name = 'wijk_id'
      and (c.table_schema, c.table_name) = (t.table_schema, t.table_name)) as of_wijk
  from information_schema.tables t
  where t.table_type = 'BASE TABLE' and t.table_schema not like 'pg\\_%'
    and t.table_schema not in ('information_schema', 'drizzle')
  order by 1`;

/**
 * A fingerprint of every table, or of what belongs to one wijk: it changes when anything does.
 * Sessions are left out, for tests make those as they go.
 */
export async function stateOf(house: House, wijkId?: string): Promise<Record<string, string>> {
  const { rows: tables } = await house.owner.$client.query<{ name: string; of_wijk: boolean }>(
    TABLES,
  );
  const chosen = tables.filter(
    ({ name, of_wijk }) => name !== 'identity.session' && (wijkId === undefined || of_wijk),
  );
  expect(chosen.length).toBeGreaterThan(12);
  const state: Record<string, string> = {};
  for (const { name } of chosen) {
    const { rows } = await house.owner.$client.query<{ hash: string }>(
      `select md5(coalesce(string_agg(t::text, '' order by t::text), '')) as hash from ${name} t
       ${wijkId === undefined ? '' : 'where t.wijk_id = $1'}`,
      wijkId === undefined ? [] : [wijkId],
    );
    state[name] = rows[0]?.hash ?? '';
  }
  return state;
}
