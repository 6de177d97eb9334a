import * as contract from '@wijk/contracts';
import { may } from '../../../http/policy.ts';
import { type App, memberOf } from '../../../http/route.ts';
import type { Services } from '../../../services.ts';
import { adoptCriteria, criteriaVersions } from './criteria.ts';
import { changeAreas, changeMarketThemes } from './places.ts';
import { changeMarketPolicy, readMarketSetup } from './policy.ts';

/** How the people of a wijk set up its market. */
export function registerMarketSetup(app: App, s: Services): void {
  const policy = may('market.policy');
  const change = { policy, perMinute: 30 };
  app.route(contract.readMarketSetup, { policy }, ({ wijk }) => readMarketSetup(s, wijk));
  app.route(contract.changeMarketPolicy, change, ({ actor, wijk, body }) =>
    changeMarketPolicy(s, memberOf(actor), wijk, body),
  );
  app.route(contract.changeMarketThemes, change, ({ actor, wijk, body }) =>
    changeMarketThemes(s, memberOf(actor), wijk, body),
  );
  app.route(contract.changeAreas, change, ({ actor, wijk, body }) =>
    changeAreas(s, memberOf(actor), wijk, body),
  );
  app.route(contract.readCriteriaVersions, { policy }, ({ wijk, params }) =>
    criteriaVersions(s, wijk, params.subject),
  );
  app.route(contract.adoptCriteria, change, ({ actor, wijk, params, body }) =>
    adoptCriteria(s, memberOf(actor), wijk, params.subject, body),
  );
}
