import type {
  readProviderDesk as deskContract,
  listOrders as listContract,
  listMasterOrders as masterContract,
  OrderView,
  readOrderOpening as openingContract,
  QueryOf,
  ReplyOf,
} from '@wijk/contracts';
import {
  listForMaster,
  listingForOrder,
  listOpenOrders,
  listOverOrders,
  marketPolicyAt,
  type OrderRow,
  type OrdersOf,
  readOrder,
  readSeries,
  workedByMonth,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DAY_MS, DomainError } from '@wijk/domain/kernel';
import type { Side } from '@wijk/domain/market';
import { z } from 'zod';
import type { Services } from '../../../services.ts';
import { memberNames } from '../../identity/index.ts';
import {
  availableOf,
  earnedByMonth,
  listActing,
  organisationNames,
  unitOf,
} from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { openerOf, openListing } from './request.ts';
import { orderNotFound, sideOf, sidesOf } from './sides.ts';
import { lineOf, namesOf, partyView, viewOf } from './views.ts';

/** More than anybody can have open, or the market master can look at in a morning. */
const LISTED = 100;
const MONTHS_DAYS = 366;

/** @throws as `openListing` */
export async function orderOpening(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
): Promise<ReplyOf<typeof openingContract>> {
  const { db, clock, wallet } = services;
  const { membershipId } = actor;
  const listing = await openListing(db, wijk.id, ref, membershipId);
  const side = openerOf(listing);
  const [members, organisations, acting, policy, unit] = await Promise.all([
    memberNames(db, wijk.id, [listing.membershipId]),
    organisationNames(db, wijk.id, listing.organisationId ? [listing.organisationId] : []),
    listActing(db, wijk.id, membershipId),
    marketPolicyAt(db, wijk.id, clock.now()),
    wallet.policies.current(wijk.id),
  ]);
  const { slug, title, kind, mode, rate, places, availability } = listing;
  const { answerDays, confirmDays, disputeDays, freeCancelHours, lateCancelPermille } = policy;
  return {
    unit: unitOf(unit),
    listing: { ref, slug, title, kind, mode, rate, places, availability },
    party: partyView(listing, { members, organisations }),
    side,
    organisations: acting.map(({ id, name }) => ({ id, name })),
    available:
      side === 'receiver' && mode !== 'free'
        ? await availableOf(services, wijk.id, membershipId)
        : null,
    rules: { answerDays, confirmDays, disputeDays, freeCancelHours, lateCancelPermille },
  };
}

/** Whose orders a member reads: their own, and those of organisations they act for. */
export async function ordersOf(
  { db }: Services,
  { wijkId, membershipId }: Member,
): Promise<OrdersOf> {
  const acting = await listActing(db, wijkId, membershipId);
  return { membershipId, organisations: acting.map(({ id }) => id) };
}

/** Where both sides are theirs they cannot press, so which one is shown does not matter. */
export function sideIn(
  order: Pick<OrderRow, 'receiverId' | 'receiverOrganisation'>,
  { membershipId, organisations }: OrdersOf,
): Side {
  const { receiverOrganisation: organisation, receiverId } = order;
  const isReceiver =
    organisation === null ? receiverId === membershipId : organisations.includes(organisation);
  return isReceiver ? 'receiver' : 'helper';
}

async function linesOf(services: Services, of: OrdersOf, wijkId: string, rows: OrderRow[]) {
  const names = await namesOf(services.db, wijkId, rows);
  return rows.map((row) => lineOf(row, sideIn(row, of), names));
}

export async function ownOrders(
  services: Services,
  actor: Member,
  { show, cursor, limit }: QueryOf<typeof listContract>,
): Promise<ReplyOf<typeof listContract>> {
  const { db, wallet } = services;
  const { wijkId } = actor;
  const of = await ordersOf(services, actor);
  const unit = unitOf(await wallet.policies.current(wijkId));
  if (show === 'open') {
    const rows = await listOpenOrders(db, wijkId, of, LISTED);
    return { unit, items: await linesOf(services, of, wijkId, rows), nextCursor: null };
  }
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await listOverOrders(db, wijkId, of, { after, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    unit,
    items: await linesOf(services, of, wijkId, shown),
    nextCursor: rows.length > limit && last ? writeCursor(last) : null,
  };
}

/** @throws `market.order-not-found` */
async function rowOf(services: Services, wijkId: string, ref: string): Promise<OrderRow> {
  const order = await readOrder(services.db, wijkId, { ref });
  const listing = order && (await listingForOrder(services.db, wijkId, { id: order.listingId }));
  if (!order || !listing) throw orderNotFound();
  const { slug, title } = listing;
  const series = order.seriesId && (await readSeries(services.db, wijkId, { id: order.seriesId }));
  return {
    ...order,
    listing: { ref: listing.ref, slug, title },
    series: series ? series.ref : null,
  };
}

/** @throws `market.order-not-found`, also for one of others */
export async function ownOrder(
  services: Services,
  { wijkId, membershipId }: Member,
  ref: string,
): Promise<OrderView> {
  const order = await rowOf(services, wijkId, ref);
  const side = await sideOf(services.db, wijkId, order, membershipId);
  return viewOf(services, order, side);
}

/** What waits for an answer of a helper, the one that lapses first before the others, and what it brought in. */
export async function providerDesk(
  services: Services,
  actor: Member,
  wijk: Wijk,
): Promise<ReplyOf<typeof deskContract>> {
  const { db, wallet, clock } = services;
  const of = await ordersOf(services, actor);
  const period = {
    from: new Date(clock.now().getTime() - MONTHS_DAYS * DAY_MS),
    timeZone: wijk.timeZone,
  };
  const [open, earned, worked, policy] = await Promise.all([
    listOpenOrders(db, wijk.id, of, LISTED),
    earnedByMonth(db, wijk.id, of, period),
    workedByMonth(db, wijk.id, of, period),
    wallet.policies.current(wijk.id),
  ]);
  const waiting = open
    .filter((row) => row.awaiting === 'helper' && sideIn(row, of) === 'helper')
    .toSorted((a, b) => (a.dueAt?.getTime() ?? 0) - (b.dueAt?.getTime() ?? 0));
  const months = [...new Set([...earned, ...worked].map(({ month }) => month))].sort().reverse();
  return {
    unit: unitOf(policy),
    items: await linesOf(services, of, wijk.id, waiting),
    months: months.map((month) => {
      const paid = earned.find((one) => one.month === month);
      const done = worked.find((one) => one.month === month);
      return {
        month,
        earned: (paid?.earned ?? 0) - (done?.givenBack ?? 0),
        payments: paid?.payments ?? 0,
        minutes: done?.minutes ?? 0,
      };
    }),
  };
}

export async function masterOrders(
  services: Services,
  wijk: Wijk,
  show: QueryOf<typeof masterContract>['show'],
): Promise<ReplyOf<typeof masterContract>> {
  const { db, clock, wallet } = services;
  const page = { now: clock.now(), limit: LISTED };
  const [disputed, stuck, policy] = await Promise.all([
    listForMaster(db, wijk.id, 'disputed', page),
    listForMaster(db, wijk.id, 'stuck', page),
    wallet.policies.current(wijk.id),
  ]);
  const rows = show === 'disputed' ? disputed : stuck;
  const names = await namesOf(db, wijk.id, rows);
  return {
    unit: unitOf(policy),
    items: rows.map((row) => lineOf(row, null, names)),
    counts: { disputed: disputed.length, stuck: stuck.length },
  };
}

/**
 * An order of two others. What they agree on is theirs until something is stuck or in dispute; the market
 * master reads it by its reference, which they have from the list or from one of the two.
 * @throws `market.order-not-found`, `market.own-order`
 */
export async function masterOrder(
  services: Services,
  { wijkId, membershipId }: Member,
  ref: string,
): Promise<OrderView> {
  const order = await rowOf(services, wijkId, ref);
  if ((await sidesOf(services.db, wijkId, order, membershipId)).length > 0)
    throw new DomainError('forbidden', 'market.own-order');
  return viewOf(services, order, null);
}

const position = z.tuple([z.iso.datetime(), z.uuid()]);

const writeCursor = ({ madeAt, id }: OrderRow) =>
  Buffer.from(JSON.stringify([madeAt.toISOString(), id])).toString('base64url');

function readCursor(cursor: string): { at: Date; id: string } {
  try {
    const [at, id] = position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { at: new Date(at), id };
  } catch {
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'cursor', code: 'invalid' }],
    });
  }
}
