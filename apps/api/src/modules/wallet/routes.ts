import * as contract from '@wijk/contracts';
import { may } from '../../http/policy.ts';
import { type App, memberOf } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { giveBack } from './give-back.ts';
import { walletHolds } from './holds.ts';
import { payFromWallet, preview } from './pay-from-wallet.ts';
import { findPayees, readPayee } from './payees.ts';
import { readOwnPayment } from './read-payment.ts';
import { readWallet } from './read-wallet.ts';
import { endRequest, makeRequest, readCode } from './requests.ts';
import { readStatement } from './statement.ts';

/** A member's own wallet, and that of organisations they act for (W6). */
export function registerWallet(app: App, s: Services): void {
  const policy = may('wallet.own');
  app.route(contract.readWallet, { policy }, ({ actor, wijk, query }) =>
    readWallet(s, memberOf(actor), wijk, query.organisation),
  );
  app.route(contract.readWalletStatement, { policy }, ({ actor, wijk, query }) =>
    readStatement(s, memberOf(actor), wijk, query),
  );
  app.route(contract.listWalletHolds, { policy }, ({ actor, wijk, query }) =>
    walletHolds(s, memberOf(actor), wijk, query),
  );
  app.route(contract.readWalletPayment, { policy }, ({ actor, params }) =>
    readOwnPayment(s, memberOf(actor), params.payment),
  );
  // names are looked up by hand, not listed: however many addresses somebody has
  const byHand = { policy, perMinute: 30, perMinuteOfAccount: 30 };
  app.route(contract.findPayees, byHand, ({ actor, query }) =>
    findPayees(s, memberOf(actor), query),
  );
  app.route(
    contract.readPayee,
    { policy, perMinute: 60, perMinuteOfAccount: 60 },
    ({ wijk, params }) => readPayee(s, wijk, params),
  );
  app.route(contract.previewPayment, { policy }, ({ actor, wijk, body }) =>
    preview(s, memberOf(actor), wijk, body),
  );
  app.route(
    contract.payFromWallet,
    { policy, perMinute: 60 },
    ({ actor, wijk, body, idempotencyKey }) =>
      payFromWallet(s, memberOf(actor), wijk, body, idempotencyKey),
  );
  app.route(
    contract.returnPayment,
    { policy, perMinute: 60 },
    ({ actor, wijk, params, body, idempotencyKey: key }) =>
      giveBack(s, memberOf(actor), wijk, { ...params, ...body, key }),
  );
  app.route(
    contract.makePayRequest,
    { policy, perMinute: 30 },
    ({ actor, wijk, body, idempotencyKey }) =>
      makeRequest(s, memberOf(actor), wijk, body, idempotencyKey),
  );
  // codes are too many to be tried, and are not to be tried either
  app.route(contract.readPayCode, { policy, perMinute: 60 }, ({ actor, wijk, params }) =>
    readCode(s, memberOf(actor), wijk, params.code),
  );
  app.route(contract.endPayRequest, { policy }, ({ actor, params, body }) =>
    endRequest(s, memberOf(actor), params.code, body.ending),
  );
}
