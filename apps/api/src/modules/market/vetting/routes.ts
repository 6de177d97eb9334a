import * as contract from '@wijk/contracts';
import { may } from '../../../http/policy.ts';
import { type App, memberOf } from '../../../http/route.ts';
import type { Services } from '../../../services.ts';
import { publishTerms, readTerms, termsVersions } from '../terms/publish.ts';
import { signedTermsPdf, signTerms } from '../terms/sign.ts';
import { ownKey } from './access.ts';
import { appealVetting, applyForVetting } from './apply.ts';
import { decideVetting, decideVettingAppeal, reportProvider } from './decide.ts';
import { declareVettingInterest, reviewProvider } from './judge.ts';
import { listOwnProviders, readOwnProvider } from './own.ts';
import { listVetting, readProviderBadge, readVetting } from './show.ts';

/** Providers: who vets them, and what they sign (M3). */
export function registerVetting(app: App, s: Services): void {
  app.route(contract.readProviderBadge, { policy: may('market.read') }, ({ wijk, params }) =>
    readProviderBadge(s, wijk, params.provider),
  );
  providerRoutes(app, s);
  vetterRoutes(app, s);
  termsRoutes(app, s);
}

function providerRoutes(app: App, s: Services): void {
  const policy = may('market.list');
  app.route(contract.listOwnProviders, { policy }, ({ actor, wijk }) =>
    listOwnProviders(s, memberOf(actor), wijk),
  );
  app.route(contract.readOwnProvider, { policy }, ({ actor, wijk, params }) =>
    readOwnProvider(s, memberOf(actor), wijk, ownKey(memberOf(actor), params.provider)),
  );
  app.route(contract.applyForVetting, { policy, perMinute: 30 }, ({ actor, wijk, params, body }) =>
    applyForVetting(s, memberOf(actor), wijk, ownKey(memberOf(actor), params.provider), body),
  );
  app.route(contract.appealVetting, { policy, perMinute: 30 }, ({ actor, wijk, params, body }) =>
    appealVetting(s, memberOf(actor), wijk, ownKey(memberOf(actor), params.provider), body),
  );
}

function vetterRoutes(app: App, s: Services): void {
  const policy = may('market.vet');
  const own = { policy, perMinute: 60 };
  app.route(contract.listVetting, { policy }, ({ actor, wijk }) =>
    listVetting(s, memberOf(actor), wijk),
  );
  app.route(contract.readVetting, { policy }, ({ actor, wijk, params }) =>
    readVetting(s, memberOf(actor), wijk, params.provider),
  );
  app.route(contract.declareVettingInterest, own, ({ actor, wijk, params, body }) =>
    declareVettingInterest(s, memberOf(actor), wijk, params.provider, body),
  );
  app.route(contract.reviewProvider, own, ({ actor, wijk, params, body }) =>
    reviewProvider(s, memberOf(actor), wijk, params.provider, body),
  );
  app.route(contract.decideVetting, own, ({ actor, wijk, params, body }) =>
    decideVetting(s, memberOf(actor), wijk, params.provider, body),
  );
  app.route(contract.reportProvider, own, ({ actor, wijk, params, body }) =>
    reportProvider(s, memberOf(actor), wijk, params.provider, body),
  );
  app.route(contract.decideVettingAppeal, own, ({ actor, wijk, params, body }) =>
    decideVettingAppeal(s, memberOf(actor), wijk, params.provider, body),
  );
}

function termsRoutes(app: App, s: Services): void {
  app.route(contract.readTerms, { policy: may('market.read') }, ({ wijk }) => readTerms(s, wijk));
  const own = { policy: may('market.list'), perMinute: 30 };
  app.route(contract.signTerms, own, ({ actor, wijk, params, body }) =>
    signTerms(s, memberOf(actor), wijk, ownKey(memberOf(actor), params.provider), body),
  );
  app.route(contract.signedTermsPdf, own, ({ actor, wijk, params }) =>
    signedTermsPdf(s, memberOf(actor), wijk, ownKey(memberOf(actor), params.provider)),
  );
  const policy = may('market.policy');
  app.route(contract.listTermsVersions, { policy }, ({ wijk }) => termsVersions(s, wijk));
  app.route(contract.publishTerms, { policy, perMinute: 20 }, ({ actor, wijk, body }) =>
    publishTerms(s, memberOf(actor), wijk, body),
  );
}
