import * as contract from '@wijk/contracts';
import { PostgresListingSearch } from '@wijk/search';
import { may } from '../../../http/policy.ts';
import { type App, memberOf } from '../../../http/route.ts';
import type { Services } from '../../../services.ts';
import {
  appealListing,
  decideListingAppeal,
  listListingAppeals,
  readListingAppeal,
} from './appeal.ts';
import { findListings } from './find.ts';
import { decideListing, listToReview, readForReview } from './review.ts';
import { draftListing, saveListing } from './save.ts';
import {
  getListing,
  listingHistory,
  ownListings,
  readMarket,
  readOwnListing,
  readProvider,
} from './show.ts';
import { stepListing } from './step.ts';

/** Listings and finding them (M1, M2). */
export function registerMarketListings(app: App, s: Services): void {
  findingRoutes(app, s);
  authorRoutes(app, s);
  masterRoutes(app, s);
  appealRoutes(app, s);
}

function findingRoutes(app: App, s: Services): void {
  const policy = may('market.read');
  const search = new PostgresListingSearch(s.db);
  app.route(contract.readMarket, { policy }, ({ actor, wijk }) => readMarket(s, actor, wijk));
  app.route(contract.findListings, { policy, perMinute: 120 }, ({ wijk, query }) =>
    findListings(s, search, wijk, query),
  );
  app.route(contract.getListing, { policy }, ({ actor, wijk, params }) =>
    getListing(s, actor, wijk, params.listing),
  );
  app.route(contract.readProvider, { policy, perMinute: 60 }, ({ wijk, params }) =>
    readProvider(s, wijk, params.provider),
  );
}

function authorRoutes(app: App, s: Services): void {
  const policy = may('market.list');
  app.route(contract.listOwnListings, { policy }, ({ actor, wijk, query }) =>
    ownListings(s, memberOf(actor), wijk, query),
  );
  app.route(contract.readOwnListing, { policy }, ({ actor, wijk, params }) =>
    readOwnListing(s, memberOf(actor), wijk, params.listing),
  );
  app.route(
    contract.draftListing,
    { policy, perMinute: 30 },
    ({ actor, wijk, body, idempotencyKey }) =>
      draftListing(s, memberOf(actor), wijk, body, idempotencyKey),
  );
  app.route(contract.saveListing, { policy, perMinute: 120 }, ({ actor, wijk, params, body }) =>
    saveListing(s, memberOf(actor), wijk, params.listing, body),
  );
  app.route(contract.stepListing, { policy, perMinute: 60 }, ({ actor, wijk, params, body }) =>
    stepListing(s, memberOf(actor), wijk, params.listing, body.step),
  );
  app.route(contract.readListingHistory, { policy }, ({ actor, wijk, params }) =>
    listingHistory(s, memberOf(actor), wijk, params.listing),
  );
}

function masterRoutes(app: App, s: Services): void {
  const policy = may('market.master');
  app.route(contract.listListingsToReview, { policy }, ({ actor, wijk, query }) =>
    listToReview(s, memberOf(actor), wijk, query),
  );
  app.route(contract.reviewListing, { policy }, ({ actor, wijk, params }) =>
    readForReview(s, memberOf(actor), wijk, params.listing),
  );
  app.route(contract.decideListing, { policy }, ({ actor, wijk, params, body }) =>
    decideListing(s, memberOf(actor), wijk, params.listing, body),
  );
}

function appealRoutes(app: App, s: Services): void {
  const own = { policy: may('market.list'), perMinute: 30 };
  app.route(contract.readListingAppeal, { policy: own.policy }, ({ actor, wijk, params }) =>
    readListingAppeal(s, memberOf(actor), wijk, params.listing),
  );
  app.route(contract.appealListing, own, ({ actor, wijk, params, body }) =>
    appealListing(s, memberOf(actor), wijk, params.listing, body),
  );
  const policy = may('market.appeals');
  app.route(contract.listListingAppeals, { policy }, ({ actor, wijk }) =>
    listListingAppeals(s, memberOf(actor), wijk),
  );
  app.route(contract.decideListingAppeal, { policy }, ({ actor, wijk, params, body }) =>
    decideListingAppeal(s, memberOf(actor), wijk, params.appeal, body),
  );
}
