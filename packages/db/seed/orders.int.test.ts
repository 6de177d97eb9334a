import { ORDER_STATES } from '@wijk/domain/market';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import { seedDemonstration } from './index.ts';
import { OFFERED, ORDERS } from './orders-plan.ts';
import { playOrder } from './orders-play.ts';

/** The orders of the demonstration: every state, by the rules of the domain, and a book that agrees with them. */

const NOW = new Date('2026-12-01T10:00:00Z');
let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  await seedDemonstration(database.ownerUrl, { now: NOW });
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
}, 60_000);
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

const all = async (query: string) => (await client.query(query)).rows;

it('are planned in every state, and none is due', () => {
  const played = ORDERS.map((plan, nr) => playOrder(plan, nr, OFFERED[plan.listing], NOW));
  expect(new Set(played.map(({ row }) => row.state))).toEqual(new Set(ORDER_STATES));
  for (const { row } of played) if (row.dueAt) expect(row.dueAt > NOW).toBe(true);
  for (const { events } of played)
    for (const [i, { at }] of events.entries())
      expect(at >= (events[i - 1]?.at ?? at) && at < NOW).toBe(true);
});

it('set aside and paid what the book says, and nothing else is left of them', async () => {
  expect(
    await all(`select r.id from wallet.reservation r
      where (r.ended_at is null) <> not exists (select from ledger.transfer t
        where t.wijk_id = r.wijk_id and t.pending_id = r.id)`),
  ).toEqual([]);
  expect(
    await all(`select o.ref from market."order" o left join wallet.reservation r
      on r.wijk_id = o.wijk_id and r.id = o.reservation_id and r.ended_at is null and r.amount = o.reserved
      where o.reserved > 0 and r.id is null`),
  ).toEqual([]);
  expect(
    await all(`select o.ref from market."order" o left join wallet.payment p
      on p.wijk_id = o.wijk_id and p.id = o.payment_id and p.way = 'order' where o.paid > 0 and p.id is null`),
  ).toEqual([]);
  const open = await all(
    'select count(*)::int as n from wallet.reservation where ended_at is null',
  );
  expect(open).toEqual([{ n: 4 }]);
});

it('are on the market with their whole timeline', async () => {
  const [{ n }] = await all('select count(*)::int as n from market.listing');
  // the market is filled by another part of the demonstration
  if (n === 0) return;
  const states = await all('select state, count(*)::int as n from market."order" group by state');
  expect(states.map(({ state }) => state).sort()).toEqual([...ORDER_STATES].sort());
  expect(
    await all(`select o.ref from market."order" o where o.version <>
      (select count(*) from market.order_event e where e.wijk_id = o.wijk_id and e.order_id = o.id)`),
  ).toEqual([]);
});

it('come back in a series, whose times agree with what its clock would have made', async () => {
  const rows = await all(`select o.series_number as nr, o.state,
      (select count(*)::int from market.series_event e where e.wijk_id = o.wijk_id and e.order_id = o.id) as noted
    from market."order" o where o.series_id is not null order by 1`);
  expect(rows).toEqual([
    { nr: 0, state: 'completed', noted: 1 },
    { nr: 1, state: 'completed', noted: 1 },
    { nr: 2, state: 'agreed', noted: 1 },
  ]);
  const [series] = await all('select next_number as next, version, due_at from market.series');
  expect(series).toMatchObject({ next: 3, version: 3 });
  expect(series.due_at > NOW).toBe(true);
});

it('have reviews, one of them waiting, conversations, and a request that went on', async () => {
  expect(
    await all(`select count(*)::int as n, count(*) filter (where both_at is null)::int as waits
      from market.review`),
  ).toEqual([{ n: 9, waits: 1 }]);
  const [talk] =
    await all(`select count(distinct conversation_id)::int as n, count(*)::int as lines,
    bool_and(at < '${NOW.toISOString()}') as before from market.message`);
  expect(talk).toEqual({ n: 3, lines: 9, before: true });
  expect(
    await all(`select l.kind, l.state from market.handover h
      join market.listing l on l.wijk_id = h.wijk_id and l.id = h.listing_id`),
  ).toEqual([{ kind: 'request', state: 'published' }]);
  // an order of an app has somebody who answers it
  expect(
    await all(`select l.title from market.listing l where l.kind = 'ehealth' and not exists (
      select from wallet.operator o where o.wijk_id = l.wijk_id and o.organisation_id = l.organisation_id)`),
  ).toEqual([]);
});
