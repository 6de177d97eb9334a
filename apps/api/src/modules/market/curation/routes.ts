import * as contract from '@wijk/contracts';
import { may } from '../../../http/policy.ts';
import { type App, memberOf } from '../../../http/route.ts';
import type { Services } from '../../../services.ts';
import { decideApp, reportIncident } from './decide.ts';
import { declareInterest, reviewApp } from './judge.ts';
import { draftApp, readOwnApp, saveAppRecord, submitApp } from './record.ts';
import { listCuration, readBadge, readCuration } from './show.ts';

/** eHealth apps: their record, and who judges it (M3). */
export function registerCuration(app: App, s: Services): void {
  app.route(contract.readBadge, { policy: may('market.read') }, ({ actor, wijk, params }) =>
    readBadge(s, actor, wijk, params.listing),
  );
  authorRoutes(app, s);
  curatorRoutes(app, s);
}

function authorRoutes(app: App, s: Services): void {
  const policy = may('market.list');
  app.route(contract.draftApp, { policy, perMinute: 30 }, ({ actor, wijk, body, idempotencyKey }) =>
    draftApp(s, memberOf(actor), wijk, body, idempotencyKey),
  );
  app.route(contract.saveAppRecord, { policy, perMinute: 120 }, ({ actor, wijk, params, body }) =>
    saveAppRecord(s, memberOf(actor), wijk, params.listing, body),
  );
  app.route(contract.submitApp, { policy, perMinute: 30 }, ({ actor, wijk, params }) =>
    submitApp(s, memberOf(actor), wijk, params.listing),
  );
  app.route(contract.readOwnApp, { policy }, ({ actor, wijk, params }) =>
    readOwnApp(s, memberOf(actor), wijk, params.listing),
  );
}

function curatorRoutes(app: App, s: Services): void {
  const policy = may('market.curate');
  app.route(contract.listCuration, { policy }, ({ actor, wijk }) =>
    listCuration(s, memberOf(actor), wijk),
  );
  app.route(contract.readCuration, { policy }, ({ actor, wijk, params }) =>
    readCuration(s, memberOf(actor), wijk, params.listing),
  );
  app.route(contract.declareInterest, { policy, perMinute: 60 }, ({ actor, wijk, params, body }) =>
    declareInterest(s, memberOf(actor), wijk, params.listing, body),
  );
  app.route(contract.reviewApp, { policy, perMinute: 60 }, ({ actor, wijk, params, body }) =>
    reviewApp(s, memberOf(actor), wijk, params.listing, body),
  );
  app.route(contract.decideApp, { policy, perMinute: 60 }, ({ actor, wijk, params, body }) =>
    decideApp(s, memberOf(actor), wijk, params.listing, body),
  );
  app.route(contract.reportIncident, { policy, perMinute: 30 }, ({ actor, wijk, params, body }) =>
    reportIncident(s, memberOf(actor), wijk, params.listing, body),
  );
}
