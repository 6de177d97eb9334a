import { type Database, inTransaction, run, type Transaction } from '@wijk/db/kernel';
import { daysOf, type Findable, isFree } from '@wijk/domain/market';
import { sql } from 'drizzle-orm';
import { dutchAnalyser } from '../analysis/analyse.ts';
import { postingsOf } from '../analysis/document.ts';
import { keyOf, termNumber } from '../analysis/keys.ts';
import { numbers, texts } from '../literal.ts';
import { ANALYSIS_VERSION } from '../version.ts';
import { facetStems, facetsText } from './facets.ts';

/** A listing as it is indexed: what is published, and no name of anybody. */
export interface ListingSource extends Findable {
  id: string;
  title: string;
  body: string;
  /** for whom, when, how one gets in, and what its theme is called */
  notes: string[];
  publishedAt: Date;
}

interface SourceRow extends Record<string, unknown> {
  id: string;
  kind: Findable['kind'];
  theme: string;
  theme_name: string;
  area: string;
  mode: Findable['mode'];
  rate: number;
  periods: { weekday: number }[];
  languages: string[];
  foreign_account: boolean;
  title: string;
  body: string;
  audience: string;
  accessibility: string;
  availability: string;
  published_at: string;
}

/** Of these listings the ones that stand on the market. */
export async function readListingSources(
  db: Transaction,
  wijkId: string,
  ids: readonly string[],
): Promise<ListingSource[]> {
  const { rows } = await run<SourceRow>(
    db,
    sql`select l.id, l.kind, l.theme, t.name as theme_name, l.area, l.mode, l.rate, l.periods, l.languages,
        l.foreign_account, l.title, l.body, l.audience, l.accessibility, l.availability, l.published_at
      from market.listing l join market.theme t on t.wijk_id = l.wijk_id and t.slug = l.theme
      where l.wijk_id = ${wijkId} and l.id = any(${texts(ids)}::uuid[]) and l.state = 'published'`,
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    theme: row.theme,
    area: row.area,
    mode: row.mode,
    rate: isFree(row) ? 0 : row.rate,
    days: daysOf(row.periods),
    languages: row.languages,
    foreignAccount: row.foreign_account,
    title: row.title,
    body: row.body,
    notes: [row.theme_name, row.audience, row.availability, row.accessibility],
    publishedAt: new Date(row.published_at),
  }));
}

/** The keys of a listing with its facets among them, and the words as they are written. */
export function listingRow(wijkId: string, source: ListingSource) {
  const byNumber = new Map<number, { key: number; surface: string }>();
  const add = (stem: string, surface: string, level: number) => {
    const number = termNumber(wijkId, stem);
    const there = byNumber.get(number);
    if (!there || (there.key & 7) < level)
      byNumber.set(number, { key: keyOf(number, level), surface });
  };
  const document = {
    ...{ questionId: source.id, theme: source.theme, title: source.title, body: source.body },
    answers: source.notes,
  };
  for (const { stem, surface, level } of postingsOf(document, dutchAnalyser()))
    add(stem, surface, level);
  for (const stem of facetStems(source)) add(stem, '', 0);
  const sorted = [...byNumber.values()].sort((a, b) => a.key - b.key);
  return { keys: sorted.map(({ key }) => key), words: sorted.map(({ surface }) => surface) };
}

/**
 * Brings the index in step with these listings as this transaction sees them. What left the market, or is
 * worded anew, a trigger has taken out already. Call it in the transaction of the change; what nobody
 * indexed a worker does.
 */
export async function reindexListings(
  tx: Transaction,
  wijkId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const sources = await readListingSources(tx, wijkId, ids);
  const given = JSON.stringify(
    sources.map((source) => {
      const { keys, words } = listingRow(wijkId, source);
      return {
        ...{ id: source.id, keys: numbers(keys), words: texts(words), facets: facetsText(source) },
        ...{ rate: source.rate, at: source.publishedAt },
      };
    }),
  );
  if (sources.length > 0)
    await run(
      tx,
      sql`with given as materialized (
          select g.id, g.keys::int[] as keys, g.words::text[] as words, g.facets, g.rate, g.at
          from jsonb_to_recordset(${given}::jsonb)
            as g (id uuid, keys text, words text, facets text, rate int, at timestamptz)
        ), written as (
          insert into search.listing_document as d (wijk_id, listing_id, keys, facets, rate, published_at)
          select ${wijkId}::uuid, g.id, g.keys, g.facets, g.rate, g.at from given g
          on conflict (wijk_id, listing_id) do update set keys = excluded.keys, facets = excluded.facets,
            rate = excluded.rate, published_at = excluded.published_at
        ), begun as (
          insert into search.listing_state (wijk_id, analysis_version, documents)
          values (${wijkId}::uuid, ${ANALYSIS_VERSION}::int, 0) on conflict do nothing
        )
        insert into search.listing_tally as t (wijk_id, listing_id, words, counted, changed)
        select ${wijkId}::uuid, g.id, g.words, '{}', true from given g
        on conflict (wijk_id, listing_id) do update set words = excluded.words, changed = true`,
    );
  await run(
    tx,
    sql`delete from search.listing_stale
      where wijk_id = ${wijkId} and listing_id = any(${texts(ids)}::uuid[])`,
  );
}

const STALE_AT_ONCE = 50;

/** Indexes listings that a change left stale, a batch at a time; says whether there were any. */
export async function reindexStaleListings(db: Database): Promise<boolean> {
  const some = await run(db, sql`select from search.listing_stale limit 1`);
  if (some.rows.length === 0) return false;
  return inTransaction(db, async (tx) => {
    const { rows } = await run<{ wijk_id: string; listing_id: string }>(
      tx,
      sql`select wijk_id, listing_id from search.listing_stale
        order by wijk_id, listing_id limit ${STALE_AT_ONCE} for update skip locked`,
    );
    for (const wijkId of new Set(rows.map((row) => row.wijk_id)))
      await reindexListings(
        tx,
        wijkId,
        rows.filter((row) => row.wijk_id === wijkId).map((row) => row.listing_id),
      );
    return rows.length > 0;
  });
}

/** Notes a wijk's market as to be indexed anew where another analysis made its index. */
export async function renewListingIndex(db: Database): Promise<boolean> {
  const { rows } = await run<{ wijk_id: string }>(
    db,
    sql`select wijk_id from search.listing_state where analysis_version <> ${ANALYSIS_VERSION} limit 1`,
  );
  const wijkId = rows[0]?.wijk_id;
  if (!wijkId) return false;
  await inTransaction(db, async (tx) => {
    await run(
      tx,
      sql`insert into search.listing_stale (wijk_id, listing_id)
        select l.wijk_id, l.id from market.listing l
        where l.wijk_id = ${wijkId} and l.state = 'published' on conflict do nothing`,
    );
    await run(
      tx,
      sql`update search.listing_state set analysis_version = ${ANALYSIS_VERSION} where wijk_id = ${wijkId}`,
    );
  });
  return true;
}
