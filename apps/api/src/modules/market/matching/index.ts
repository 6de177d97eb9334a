import * as contract from '@wijk/contracts';
import { PostgresListingSearch } from '@wijk/search';
import { may } from '../../../http/policy.ts';
import { type App, memberOf } from '../../../http/route.ts';
import type { Services } from '../../../services.ts';
import { handOverListing, nameWelfare } from './hand-over.ts';
import { listingMatches, unmatched } from './match.ts';

/** What fits what, and requests that nobody takes (M7). */
export function registerMarketMatching(app: App, s: Services): void {
  const search = new PostgresListingSearch(s.db);
  app.route(
    contract.listMatches,
    { policy: may('market.list'), perMinute: 60 },
    ({ actor, wijk, params }) => listingMatches(s, search, memberOf(actor), wijk, params.listing),
  );
  const policy = may('market.master');
  app.route(contract.readUnmatched, { policy, perMinute: 60 }, ({ wijk, query }) =>
    unmatched(s, search, wijk, query.kind),
  );
  app.route(contract.handOverListing, { policy, perMinute: 60 }, ({ actor, params, body }) =>
    handOverListing(s, memberOf(actor), params.listing, body.note),
  );
  app.route(contract.nameWelfare, { policy: may('market.master') }, ({ actor, body }) =>
    nameWelfare(s, memberOf(actor), body.organisation),
  );
}
