import type {
  listSeries as listContract,
  listMasterSeries as masterContract,
  ReplyOf,
  SeriesView,
} from '@wijk/contracts';
import {
  listRunningSeries,
  listSeriesEvents,
  listWaitingSeries,
  ordersOfSeries,
  readSeries,
  type SeriesRow,
  skippedTimes,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { Side } from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import { unitOf } from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { ordersOf, sideIn } from '../orders/queries.ts';
import { sideOf, sidesOf } from '../orders/sides.ts';
import { namesOf } from '../orders/views.ts';
import { rulesOf } from './next-due.ts';
import { seriesNotFound } from './take-step.ts';
import { detailsOf, lineOf, type TimesKnown } from './views.ts';

/** More than anybody has, or the market master looks at in a morning. */
const LISTED = 50;
/** Times to come on a card, and on the page of a series. */
const ON_CARD = 3;
const ON_PAGE = 8;
/** Orders of series that are read for what is to come: of one that waits for years the newest ones. */
const ORDERS = 300;

async function knownOf(
  { db, clock }: Services,
  wijk: Wijk,
  rows: readonly SeriesRow[],
): Promise<(series: SeriesRow) => TimesKnown> {
  const ids = rows.map(({ id }) => id);
  const [orders, skips] = await Promise.all([
    ordersOfSeries(db, wijk.id, ids, ORDERS),
    skippedTimes(db, wijk.id, ids),
  ]);
  return ({ id }) => ({
    orders,
    skipped: skips.flatMap((one) => (one.seriesId === id ? [one.number] : [])),
    ...{ timeZone: wijk.timeZone, now: clock.now() },
  });
}

async function linesOf(
  services: Services,
  wijk: Wijk,
  rows: readonly SeriesRow[],
  sideFor: (series: SeriesRow) => Side | null,
) {
  const { db, wallet } = services;
  const names = await namesOf(db, wijk.id, rows);
  const known = await knownOf(services, wijk, rows);
  return {
    unit: unitOf(await wallet.policies.current(wijk.id)),
    items: rows.map((row) => lineOf(row, sideFor(row), names, known(row), ON_CARD)),
  };
}

export async function ownSeriesList(
  services: Services,
  actor: Member,
  wijk: Wijk,
): Promise<ReplyOf<typeof listContract>> {
  const of = await ordersOf(services, actor);
  const rows = await listRunningSeries(services.db, wijk.id, of, LISTED);
  return linesOf(services, wijk, rows, (row) => sideIn(row, of));
}

export async function masterSeriesList(
  services: Services,
  wijk: Wijk,
): Promise<ReplyOf<typeof masterContract>> {
  const rows = await listWaitingSeries(services.db, wijk.id, LISTED);
  return linesOf(services, wijk, rows, () => null);
}

async function viewOf(
  services: Services,
  wijk: Wijk,
  series: SeriesRow,
  side: Side | null,
): Promise<SeriesView> {
  const { db, wallet } = services;
  const events = await listSeriesEvents(db, wijk.id, series.id);
  const names = await namesOf(
    db,
    wijk.id,
    [series],
    events.map(({ by }) => by),
  );
  const known = (await knownOf(services, wijk, [series]))(series);
  return {
    ...lineOf(series, side, names, known, ON_PAGE),
    ...detailsOf(series, side, names, known, { events, policy: await rulesOf(db, series) }),
    unit: unitOf(await wallet.policies.current(wijk.id)),
  };
}

/** @throws `market.series-not-found`, also for one of others; `market.both-sides` */
export async function ownSeries(
  services: Services,
  { membershipId }: Member,
  wijk: Wijk,
  ref: string,
): Promise<SeriesView> {
  const series = await readSeries(services.db, wijk.id, { ref });
  if (!series || (await sidesOf(services.db, wijk.id, series, membershipId)).length === 0)
    throw seriesNotFound();
  return viewOf(services, wijk, series, await sideOf(services.db, wijk.id, series, membershipId));
}

/**
 * A series of two others: it is theirs until a time of it waits; the market master reads it by its reference, which
 * they have from the list or from one of the two.
 * @throws `market.series-not-found`, `market.own-order`
 */
export async function masterSeries(
  services: Services,
  { membershipId }: Member,
  wijk: Wijk,
  ref: string,
): Promise<SeriesView> {
  const series = await readSeries(services.db, wijk.id, { ref });
  if (!series) throw seriesNotFound();
  if ((await sidesOf(services.db, wijk.id, series, membershipId)).length > 0)
    throw new DomainError('forbidden', 'market.own-order');
  return viewOf(services, wijk, series, null);
}
