import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import type { Visitor } from './visitor.ts';

/** Orders that the pages of the market show, found or made in the demonstration. */
export interface OrdersShown {
  /** the member asked, and waits for an answer */
  asked: string;
  /** is done and paid, so that it can be brought forward */
  completed: string;
  disputed: string;
  /** a listing of somebody else */
  listing: string;
  slug: string;
  /** what comes back for the member every week */
  series: string;
  /** what the member wrote to the helper of `completed` */
  conversation: string;
}

async function done<T>(
  asked: Promise<{ ok: true; data: T } | { ok: false; problem: { code: string } }>,
): Promise<T> {
  const reply = await asked;
  if (!reply.ok) throw new Error(`not made for the pages of orders: ${reply.problem.code}`);
  return reply.data;
}

/** @param member Fatima Amrani, who has a finished order and a dispute in the demonstration */
export async function liveOrders(member: Visitor, master: Visitor): Promise<OrdersShown> {
  const { items: over } = await done(member.call(contract.listOrders, { query: { show: 'over' } }));
  const paid = over.find(({ state, amount }) => state === 'completed' && amount > 0);
  const { items: disputes } = await done(master.call(contract.listMasterOrders, {}));
  const disputed = disputes[0];
  if (!paid || !disputed) throw new Error('the demonstration has no orders');
  const { items: running } = await done(member.call(contract.listSeries, {}));
  const [series] = running;
  if (!series) throw new Error('the demonstration has no series');
  const { ref: listing, slug } = paid.listing;
  // its helper lets people choose a time
  const { days } = await done(member.call(contract.readFreeTimes, { params: { listing } }));
  const startsAt = days.at(-1)?.slots[0]?.startsAt ?? null;
  const asked = await done(
    member.call(contract.requestOrder, {
      body: { listing, minutes: 60, startsAt, note: 'De rioolontstoppingswerkzaamhedenplanning.' },
      key: randomUUID(),
    }),
  );
  const written = await done(
    member.call(contract.writeMessage, {
      body: { order: paid.ref, body: 'Dank u wel, tot de volgende keer.' },
      key: randomUUID(),
    }),
  );
  return {
    ...{ asked: asked.ref, completed: paid.ref, disputed: disputed.ref, listing, slug },
    series: series.ref,
    conversation: written.ref,
  };
}

interface Listed {
  name: string;
  who: 'member' | 'master';
  path: () => string;
  shows?: string;
}

/** Those that people see most. */
export const ORDER_PAGES: readonly Listed[] = [
  { name: 'orders', who: 'member', path: () => '/afspraken' },
  { name: 'calendar', who: 'member', path: () => '/afspraken/agenda' },
  { name: 'orders-desk', who: 'member', path: () => '/afspraken/werkplek' },
  { name: 'messages', who: 'member', path: () => '/berichten' },
  { name: 'master-orders', who: 'master', path: () => '/marktmeester/afspraken' },
];

/** All others, which journeys walk in Dutch. */
export function furtherOrderPages(made: () => OrdersShown): readonly Listed[] {
  const own = (name: string, path: () => string): Listed => ({
    ...{ name: `order-${name}`, who: 'member', path: () => `/afspraken/${path()}` },
  });
  return [
    own('over', () => 'afgelopen'),
    own('asked', () => made().asked),
    own('withdraw', () => `${made().asked}/intrekken`),
    own('completed', () => made().completed),
    own('series', () => `reeks/${made().series}`),
    own('series-stop', () => `reeks/${made().series}/stoppen`),
    own('series-price', () => `reeks/${made().series}/prijs`),
    own('series-skip', () => `reeks/${made().series}/overslaan?keer=3`),
    own('dispute', () => `${made().completed}/voorleggen`),
    own('review', () => `${made().completed}/beoordeling`),
    {
      ...{ name: 'message', who: 'member' },
      path: () => `/berichten/${made().conversation}`,
    },
    {
      ...{ name: 'message-first', who: 'member' },
      path: () => `/berichten/nieuw?afspraak=${made().asked}`,
    },
    { ...{ name: 'master-reviews', who: 'master' }, path: () => '/marktmeester/beoordelingen' },
    { ...{ name: 'master-messages', who: 'master' }, path: () => '/marktmeester/gesprekken' },
    {
      ...{ name: 'order-opening', who: 'member' },
      path: () => `/markt/${made().listing}/${made().slug}/vraag`,
    },
    {
      ...{ name: 'master-series', who: 'master' },
      path: () => `/marktmeester/afspraken/reeksen/${made().series}`,
    },
    {
      ...{ name: 'master-order', who: 'master' },
      path: () => `/marktmeester/afspraken/${made().disputed}`,
    },
  ];
}
