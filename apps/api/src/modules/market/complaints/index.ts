import * as contract from '@wijk/contracts';
import { may } from '../../../http/policy.ts';
import { type App, memberOf } from '../../../http/route.ts';
import type { Services } from '../../../services.ts';
import { complaintBoardOf, nameComplaintBoard } from './board.ts';
import { complaintOpening, lodgeComplaint } from './lodge.ts';
import { masterComplaints, oneComplaint, ownComplaints, providerComplaints } from './read.ts';
import { stepComplaint } from './step.ts';

export { complaintJobs, runDueComplaint } from './clock.ts';
export { type ComplaintNews, complaintNews } from './news.ts';

/** Presses of one person in a minute: more is a machine. */
const PRESSES = 30;

/** Complaints in stages with terms (M8). What somebody is in a complaint decides what they may. */
export function registerMarketComplaints(app: App, s: Services): void {
  const policy = may('market.order');
  app.route(contract.readComplaintOpening, { policy }, ({ actor, wijk, query }) =>
    complaintOpening(s, memberOf(actor), wijk, query),
  );
  app.route(contract.listComplaints, { policy }, ({ actor }) => ownComplaints(s, memberOf(actor)));
  app.route(contract.readComplaint, { policy }, ({ actor, params }) =>
    oneComplaint(s, memberOf(actor), params.complaint),
  );
  const pressed = { policy, perMinute: PRESSES };
  app.route(contract.lodgeComplaint, pressed, ({ actor, wijk, body, idempotencyKey }) =>
    lodgeComplaint(s, memberOf(actor), wijk, body, idempotencyKey),
  );
  app.route(contract.stepComplaint, pressed, ({ actor, params, body, idempotencyKey }) =>
    stepComplaint(s, memberOf(actor), params.complaint, body, idempotencyKey),
  );
  app.route(contract.readComplaintBoard, { policy }, ({ actor, params }) =>
    complaintBoardOf(s, memberOf(actor), params.organisation),
  );
  app.route(contract.nameComplaintBoard, pressed, ({ actor, params, body }) =>
    nameComplaintBoard(s, memberOf(actor), params.organisation, body.member),
  );
  app.route(contract.listMasterComplaints, { policy: may('market.master') }, ({ actor }) =>
    masterComplaints(s, memberOf(actor)),
  );
  app.route(contract.readProviderComplaints, { policy: may('market.read') }, ({ wijk, params }) =>
    providerComplaints(s, wijk, params.provider),
  );
}
