import {
  type ComplaintsShown,
  complaintPages,
  furtherComplaintPages,
  liveComplaints,
} from './complaint-pages.ts';
import {
  type CurationShown,
  curationPages,
  furtherCurationPages,
  liveCuration,
} from './curation-pages.ts';
import { furtherMarketPages, liveMarket, type MarketShown, marketPages } from './market-pages.ts';
import { furtherOrderPages, liveOrders, ORDER_PAGES, type OrdersShown } from './order-pages.ts';
import {
  furtherVettingPages,
  liveVetting,
  type VettingShown,
  vettingPages,
} from './vetting-pages.ts';
import type { Visitor } from './visitor.ts';

/** What the pages of the market show: listings, orders and apps, found or made in the demonstration. */
export interface Marketplace {
  listings: MarketShown;
  orders: OrdersShown;
  apps: CurationShown;
  vetting: VettingShown;
  complaints: ComplaintsShown;
  /** an organisation that the member acts for */
  organisation: string;
}

export async function liveMarketplace(
  member: Visitor,
  master: Visitor,
  curator: Visitor,
  organisation: string,
): Promise<Marketplace> {
  const listings = await liveMarket(member, master);
  const orders = await liveOrders(member, master);
  const apps = await liveCuration(member, curator);
  const complaints = await liveComplaints(member);
  const vetting = await liveVetting(member, master);
  return { listings, orders, apps, complaints, organisation, vetting };
}

/** Those that people see most. */
export const marketplacePages = (made: () => Marketplace) => [
  ...marketPages(() => made().listings),
  ...ORDER_PAGES,
  ...complaintPages(() => made().complaints),
  ...curationPages(() => made().apps),
  ...vettingPages(() => made().vetting),
];

/** All others. */
export const furtherMarketplacePages = (made: () => Marketplace) => [
  ...furtherMarketPages(() => made().listings),
  ...furtherOrderPages(() => made().orders),
  ...furtherComplaintPages(
    () => made().complaints,
    () => made().organisation,
  ),
  ...furtherCurationPages(() => made().apps),
  ...furtherVettingPages(() => made().vetting),
];
