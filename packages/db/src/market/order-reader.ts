import { DEFAULT_MARKET_POLICY, type MarketPolicy } from '@wijk/domain/market';
import { and, asc, desc, eq, inArray, lte } from 'drizzle-orm';
import type { Executor } from '../kernel/index.ts';
import type { StoredOrder, StoredOrderEvent } from './order-store.ts';
import { order, orderEvent } from './order-tables.ts';
import { listing, marketPolicy } from './tables.ts';

/** What an order is made from. */
export type ListingForOrder = Pick<
  typeof listing.$inferSelect,
  | 'id'
  | 'ref'
  | 'slug'
  | 'title'
  | 'kind'
  | 'state'
  | 'membershipId'
  | 'organisationId'
  | 'theme'
  | 'mode'
  | 'rate'
  | 'places'
  | 'availability'
  | 'questionId'
>;

const OF_LISTING = {
  ...{ id: listing.id, ref: listing.ref, slug: listing.slug, title: listing.title },
  ...{ kind: listing.kind, state: listing.state, membershipId: listing.membershipId },
  ...{ organisationId: listing.organisationId, theme: listing.theme, mode: listing.mode },
  ...{ rate: listing.rate, places: listing.places, availability: listing.availability },
  questionId: listing.questionId,
};

export async function listingForOrder(
  db: Executor,
  wijkId: string,
  by: { ref: string } | { id: string },
): Promise<ListingForOrder | undefined> {
  const is = 'ref' in by ? eq(listing.ref, by.ref) : eq(listing.id, by.id);
  const [row] = await db
    .select(OF_LISTING)
    .from(listing)
    .where(and(eq(listing.wijkId, wijkId), is));
  return row;
}

/** How the wijk ran its market at a moment: orders keep the rules of when both sides agreed. */
export async function marketPolicyAt(
  db: Executor,
  wijkId: string,
  at: Date,
): Promise<MarketPolicy> {
  const [row] = await db
    .select()
    .from(marketPolicy)
    .where(and(eq(marketPolicy.wijkId, wijkId), lte(marketPolicy.madeAt, at)))
    .orderBy(desc(marketPolicy.version))
    .limit(1);
  if (!row) return DEFAULT_MARKET_POLICY;
  const { wijkId: _, version: _v, madeAt: _at, madeBy: _by, ...policy } = row;
  return policy;
}

/** When both sides agreed, to the order or to the series that it is a time of; undefined: not yet. */
export async function agreedAt(
  db: Executor,
  wijkId: string,
  { id, rulesAt }: Pick<StoredOrder, 'id' | 'rulesAt'>,
): Promise<Date | undefined> {
  if (rulesAt !== null) return rulesAt;
  const [row] = await db
    .select({ at: orderEvent.at })
    .from(orderEvent)
    .where(
      and(eq(orderEvent.wijkId, wijkId), eq(orderEvent.orderId, id), eq(orderEvent.step, 'accept')),
    );
  return row?.at;
}

export async function readOrder(
  db: Executor,
  wijkId: string,
  by: { ref: string } | { id: string },
): Promise<StoredOrder | undefined> {
  const is = 'ref' in by ? eq(order.ref, by.ref) : eq(order.id, by.id);
  const [row] = await db
    .select()
    .from(order)
    .where(and(eq(order.wijkId, wijkId), is));
  return row;
}

/** Every step of an order, the first one first. */
export async function listOrderEvents(
  db: Executor,
  wijkId: string,
  orderId: string,
): Promise<StoredOrderEvent[]> {
  return db
    .select()
    .from(orderEvent)
    .where(and(eq(orderEvent.wijkId, wijkId), eq(orderEvent.orderId, orderId)))
    .orderBy(asc(orderEvent.nr));
}

/** One step of an order. */
export async function readOrderEvent(
  db: Executor,
  wijkId: string,
  orderId: string,
  nr: number,
): Promise<StoredOrderEvent | undefined> {
  const [row] = await db
    .select()
    .from(orderEvent)
    .where(
      and(eq(orderEvent.wijkId, wijkId), eq(orderEvent.orderId, orderId), eq(orderEvent.nr, nr)),
    );
  return row;
}

/** References of orders by their id. */
export async function orderRefs(
  db: Executor,
  wijkId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: order.id, ref: order.ref })
    .from(order)
    .where(and(eq(order.wijkId, wijkId), inArray(order.id, [...ids])));
  return new Map(rows.map(({ id, ref }) => [id, ref]));
}
