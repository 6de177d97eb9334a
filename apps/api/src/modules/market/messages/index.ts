import * as contract from '@wijk/contracts';
import { may } from '../../../http/policy.ts';
import { type App, memberOf } from '../../../http/route.ts';
import type { Services } from '../../../services.ts';
import { conversationFor, ownConversations, readConversation } from './read.ts';
import { lookAtConversation, openReports, reportConversation, settleReport } from './report.ts';
import { markConversationRead, writeMessage } from './write.ts';

/** Messages of one person in a minute: more is a machine. */
const PRESSES = 30;

/** What two sides of a listing or an order write to each other (M6). */
export function registerMarketMessages(app: App, s: Services): void {
  const policy = may('market.order');
  app.route(contract.findConversation, { policy }, ({ actor, query }) =>
    conversationFor(s, memberOf(actor), query),
  );
  app.route(contract.listConversations, { policy }, ({ actor }) =>
    ownConversations(s, memberOf(actor)),
  );
  app.route(contract.readConversation, { policy }, ({ actor, params }) =>
    readConversation(s, memberOf(actor), params.conversation),
  );
  app.route(contract.markConversationRead, { policy }, ({ actor, params, body }) =>
    markConversationRead(s, memberOf(actor), params.conversation, body.nr),
  );
  const pressed = { policy, perMinute: PRESSES };
  app.route(contract.writeMessage, pressed, ({ actor, body, idempotencyKey }) =>
    writeMessage(s, memberOf(actor), body, idempotencyKey),
  );
  app.route(contract.reportConversation, pressed, ({ actor, params, body }) =>
    reportConversation(s, memberOf(actor), params.conversation, body),
  );
  const master = { policy: may('market.master') };
  app.route(contract.listReports, master, ({ actor }) => openReports(s, memberOf(actor)));
  app.route(contract.lookAtConversation, master, ({ actor, params }) =>
    lookAtConversation(s, memberOf(actor), params.report),
  );
  app.route(contract.closeReport, master, ({ actor, params, body }) =>
    settleReport(s, memberOf(actor), params.report, body.outcome),
  );
}
