import * as contract from '@wijk/contracts';
import { may } from '../../../http/policy.ts';
import { type App, memberOf } from '../../../http/route.ts';
import type { Services } from '../../../services.ts';
import { heldUpOrders } from './held-up.ts';
import {
  masterOrder,
  masterOrders,
  orderOpening,
  ownOrder,
  ownOrders,
  providerDesk,
} from './queries.ts';
import { requestOrder } from './request.ts';
import { type StepPress, takeStep } from './take-step.ts';

export { orderJobs, runDueOrder } from './clock.ts';
export { type OrderNews, orderNews } from './news.ts';
export { type StepPress, takeStep } from './take-step.ts';

/** Presses of one person in a minute: more is a machine. */
const PRESSES = 60;

type SideBody = contract.BodyOf<typeof contract.stepOrder>;
type MasterBody = contract.BodyOf<typeof contract.stepOrderAsMaster>;

/** Orders of two sides (M4), and what the market master does about them. */
export function registerMarketOrders(app: App, s: Services): void {
  const policy = may('market.order');
  app.route(contract.readOrderOpening, { policy }, ({ actor, wijk, params }) =>
    orderOpening(s, memberOf(actor), wijk, params.listing),
  );
  app.route(contract.listOrders, { policy }, ({ actor, query }) =>
    ownOrders(s, memberOf(actor), query),
  );
  app.route(contract.readOrder, { policy }, ({ actor, params }) =>
    ownOrder(s, memberOf(actor), params.order),
  );
  app.route(contract.readProviderDesk, { policy }, ({ actor, wijk }) =>
    providerDesk(s, memberOf(actor), wijk),
  );
  const pressed = { policy, perMinute: PRESSES };
  app.route(contract.requestOrder, pressed, ({ actor, wijk, body, idempotencyKey }) =>
    requestOrder(s, memberOf(actor), wijk, body, idempotencyKey),
  );
  app.route(contract.stepOrder, pressed, ({ actor, wijk, params, body, idempotencyKey }) =>
    takeStep(s, wijk, {
      ...{ ref: params.order, pressId: idempotencyKey, by: memberOf(actor).membershipId },
      ...{ asMaster: false, ...choiceOf(body) },
    }),
  );
  app.route(contract.listHeldUpOrders, { policy: may('wallet.control') }, ({ wijk }) =>
    heldUpOrders(s, wijk),
  );
  registerMaster(app, s);
}

function registerMaster(app: App, s: Services): void {
  const policy = may('market.master');
  app.route(contract.listMasterOrders, { policy }, ({ wijk, query }) =>
    masterOrders(s, wijk, query.show),
  );
  app.route(contract.readMasterOrder, { policy }, ({ actor, params }) =>
    masterOrder(s, memberOf(actor), params.order),
  );
  const pressed = { policy, perMinute: PRESSES };
  app.route(contract.stepOrderAsMaster, pressed, ({ actor, wijk, params, body, idempotencyKey }) =>
    takeStep(s, wijk, {
      ...{ ref: params.order, pressId: idempotencyKey, by: memberOf(actor).membershipId },
      ...{ asMaster: true, ...choiceOf(body) },
    }),
  );
}

/** What was pressed and what was said with it. */
function choiceOf(
  body: SideBody | MasterBody,
): Omit<StepPress, 'ref' | 'pressId' | 'by' | 'asMaster'> {
  const { step, version, note } = body;
  switch (body.step) {
    case 'counter': {
      const { rate, minutes, places, materials } = body;
      const startsAt = body.startsAt === null ? null : new Date(body.startsAt);
      return { step, version, note, terms: { rate, minutes, places, materials, startsAt } };
    }
    case 'deliver':
      return { step, version, note, workedMinutes: body.workedMinutes };
    case 'confirm':
      return { step, version, note, withExtra: body.withExtra };
    case 'refund':
    case 'settle':
      return { step, version, note, amount: body.amount };
    default:
      return { step, version, note };
  }
}
