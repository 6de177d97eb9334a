import * as contract from '@wijk/contracts';
import { may } from '../../../http/policy.ts';
import { type App, memberOf } from '../../../http/route.ts';
import type { Services } from '../../../services.ts';
import { decideReview, flagReview } from './judge.ts';
import { flaggedReviews, orderReviews, providerReviews } from './read.ts';
import { replyToReview, writeReview } from './write.ts';

const PRESSES = 60;

/** What sides of orders say of each other (M8), and what the market master does about it. */
export function registerMarketReviews(app: App, s: Services): void {
  app.route(contract.readProviderReviews, { policy: may('market.read') }, ({ wijk, params }) =>
    providerReviews(s, wijk, params.provider),
  );
  const own = { policy: may('market.order'), perMinute: PRESSES };
  app.route(contract.readOrderReviews, { policy: own.policy }, ({ actor, params }) =>
    orderReviews(s, memberOf(actor), params.order),
  );
  app.route(contract.writeReview, own, ({ actor, params, body }) =>
    writeReview(s, memberOf(actor), params.order, body),
  );
  app.route(contract.replyToReview, own, ({ actor, params, body }) =>
    replyToReview(s, memberOf(actor), params.review, body.body),
  );
  app.route(contract.flagReview, own, ({ actor, params, body }) =>
    flagReview(s, memberOf(actor), params.review, body),
  );
  const master = { policy: may('market.master') };
  app.route(contract.listFlaggedReviews, master, ({ actor }) => flaggedReviews(s, memberOf(actor)));
  app.route(contract.decideReview, master, ({ actor, params, body }) =>
    decideReview(s, memberOf(actor), params.review, body),
  );
}
