import * as contract from '@wijk/contracts';
import { may } from '../../../http/policy.ts';
import { type App, memberOf } from '../../../http/route.ts';
import { type Services, subscribe } from '../../../services.ts';
import { hoursOverviewCsv, organisationHoursCsv } from './csv.ts';
import { correctHours, decideHours, logHours } from './log.ts';
import { countHoursOfOrder } from './of-orders.ts';
import { ownHours } from './own.ts';
import { decidePledge, proposePledge } from './pledges.ts';
import { hoursOverview, organisationHours } from './quarter.ts';

export { hoursNews, pledgeNews } from './news.ts';

const PRESSES = 30;
/** A file takes the machine a moment. */
const FILES_PER_MINUTE = 20;

/** Hours for the neighbourhood (M10): pledges, what was done, and quarters. */
export function registerMarketHours(app: App, s: Services): void {
  // the name stands in delivery rows, so it stays as it is
  subscribe(s, 'count-hours', ['order.stepped.v1'], countHoursOfOrder);
  const policy = may('market.order');
  app.route(contract.readHours, { policy }, ({ actor, wijk }) =>
    ownHours(s, memberOf(actor), wijk),
  );
  const pressed = { policy, perMinute: PRESSES };
  app.route(contract.logHours, pressed, ({ actor, wijk, body, idempotencyKey }) =>
    logHours(s, memberOf(actor), wijk, body, idempotencyKey),
  );
  app.route(contract.decideHours, pressed, ({ actor, params, body }) =>
    decideHours(s, memberOf(actor), params.hours, body.decision),
  );
  app.route(contract.correctHours, pressed, ({ actor, params, body, idempotencyKey }) =>
    correctHours(s, memberOf(actor), params.hours, body, idempotencyKey),
  );
  app.route(contract.proposePledge, pressed, ({ actor, wijk, body, idempotencyKey }) =>
    proposePledge(s, memberOf(actor), wijk, body, idempotencyKey),
  );
  app.route(contract.decidePledge, pressed, ({ actor, wijk, params, body }) =>
    decidePledge(s, memberOf(actor), wijk, params.pledge, body.decision),
  );
  app.route(contract.readOrganisationHours, { policy }, ({ actor, wijk, params, query }) =>
    organisationHours(s, memberOf(actor), wijk, params.organisation, query.quarter),
  );
  const files = { policy, perMinute: FILES_PER_MINUTE };
  app.route(contract.organisationHoursCsv, files, async ({ actor, wijk, params, query }) => {
    const hours = await organisationHours(
      s,
      memberOf(actor),
      wijk,
      params.organisation,
      query.quarter,
    );
    return Buffer.from(organisationHoursCsv(hours, query.lang));
  });
  const overview = may('market.hours');
  app.route(contract.readHoursOverview, { policy: overview }, ({ actor, wijk, query }) =>
    hoursOverview(s, memberOf(actor), wijk, query.quarter),
  );
  app.route(
    contract.hoursOverviewCsv,
    { ...files, policy: overview },
    async ({ actor, wijk, query }) => {
      const overview = await hoursOverview(s, memberOf(actor), wijk, query.quarter);
      return Buffer.from(hoursOverviewCsv(overview, query.lang));
    },
  );
}
