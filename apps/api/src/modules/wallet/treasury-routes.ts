import * as contract from '@wijk/contracts';
import { may } from '../../http/policy.ts';
import { type App, memberOf } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { changeDailyLimit, setFrozen } from './control/accounts.ts';
import { circulation } from './control/circulation.ts';
import { cursorOf, readCursor } from './control/cursor.ts';
import { agreeToProposal, refuseProposal, withdrawProposal } from './control/decide.ts';
import { overview, yearOfAccount, yearOfWijk } from './control/figures.ts';
import { openHolds } from './control/holds.ts';
import { propose, proposeFunding, proposeRefund } from './control/propose.ts';
import {
  accountList,
  actionLog,
  oneAccount,
  oneProposal,
  paymentsByReference,
  proposals,
} from './control/queries.ts';
import { askForVerification, verifications } from './control/verifications.ts';
import { adoptPolicy, policies } from './policy/adopt.ts';
import { simulate } from './policy/simulate.ts';
import { findParticipants } from './programmes/find-participants.ts';
import { grantBudgets } from './programmes/grant.ts';
import { importParticipants } from './programmes/import-participants.ts';
import { addSupplier, createProgramme, endSupplier } from './programmes/make.ts';
import { programmeDetails, programmeList, settlementDetails } from './programmes/queries.ts';
import { settleSupplier } from './programmes/settle.ts';
import { speakerOf } from './statement-files/words.ts';
import { accountYearCsv, wijkYearCsv } from './statement-files/year.ts';

const programmes = { policy: may('wallet.programmes') };
const policy = { policy: may('wallet.policy') };
const control = { policy: may('wallet.control') };
const fourEyes = { policy: may('wallet.four-eyes') };
const own = { policy: may('wallet.own') };

/** The control room of the treasurer (W5, W7). */
export function registerTreasury(app: App, s: Services): void {
  programmeRoutes(app, s);
  proposalRoutes(app, s);
  accountRoutes(app, s);
  policyRoutes(app, s);
  figureRoutes(app, s);
}

function programmeRoutes(app: App, s: Services): void {
  app.route(contract.listProgrammes, programmes, ({ wijk }) => programmeList(s, wijk));
  app.route(contract.createProgramme, programmes, ({ actor, wijk, body, idempotencyKey }) =>
    createProgramme(s, memberOf(actor), wijk, body, idempotencyKey),
  );
  app.route(contract.readProgramme, programmes, ({ wijk, params }) =>
    programmeDetails(s, wijk, params.programme),
  );
  app.route(
    contract.fundProgramme,
    programmes,
    ({ actor, wijk, params, body, idempotencyKey: key }) =>
      proposeFunding(s, memberOf(actor), wijk, params.programme, body, key),
  );
  app.route(contract.addSupplier, programmes, ({ actor, wijk, params, body }) =>
    addSupplier(s, memberOf(actor), wijk, params, body),
  );
  app.route(contract.endSupplier, programmes, ({ actor, wijk, params }) =>
    endSupplier(s, memberOf(actor), wijk, params),
  );
  app.route(
    contract.importParticipants,
    { ...programmes, bodyLimit: 700_000 },
    ({ actor, wijk, params, body }) =>
      importParticipants(s, memberOf(actor), wijk, params.programme, body),
  );
  // names are looked up by hand, not listed
  app.route(
    contract.findParticipants,
    { ...programmes, perMinute: 60 },
    ({ wijk, params, query }) => findParticipants(s, wijk, params.programme, query.q),
  );
  app.route(contract.grantBudgets, programmes, ({ actor, wijk, params, body }) =>
    grantBudgets(s, memberOf(actor), wijk, params.programme, body.members),
  );
  app.route(
    contract.settleSupplier,
    programmes,
    ({ actor, wijk, params, body, idempotencyKey: key }) =>
      settleSupplier(s, memberOf(actor), wijk, params.programme, body, key),
  );
  app.route(contract.readSettlement, programmes, ({ wijk, params }) =>
    settlementDetails(s, wijk, params.settlement),
  );
}

function proposalRoutes(app: App, s: Services): void {
  app.route(contract.listProposals, fourEyes, ({ actor, wijk }) =>
    proposals(s, wijk, memberOf(actor)),
  );
  app.route(contract.readProposal, fourEyes, ({ actor, wijk, params }) =>
    oneProposal(s, wijk, memberOf(actor), params.proposal),
  );
  app.route(contract.propose, control, ({ actor, wijk, body, idempotencyKey }) =>
    propose(s, memberOf(actor), wijk, body, idempotencyKey),
  );
  app.route(contract.agreeToProposal, fourEyes, ({ actor, wijk, params }) =>
    agreeToProposal(s, memberOf(actor), wijk, params.proposal),
  );
  app.route(contract.refuseProposal, fourEyes, ({ actor, wijk, params, body }) =>
    refuseProposal(s, memberOf(actor), wijk, params.proposal, body.note),
  );
  app.route(contract.withdrawProposal, own, ({ actor, wijk, params }) =>
    withdrawProposal(s, memberOf(actor), wijk, params.proposal),
  );
  app.route(contract.proposeRefund, own, ({ actor, wijk, params, body, idempotencyKey: key }) =>
    proposeRefund(s, memberOf(actor), wijk, params.payment, body.reason, key),
  );
  app.route(contract.findPayments, control, ({ wijk, query }) =>
    paymentsByReference(s, wijk, query.ref),
  );
}

function accountRoutes(app: App, s: Services): void {
  app.route(contract.listTreasuryAccounts, control, ({ wijk, query }) =>
    accountList(s, wijk, query.search),
  );
  app.route(contract.readTreasuryAccount, control, ({ wijk, params }) =>
    oneAccount(s, wijk, params.account),
  );
  app.route(contract.freezeAccount, control, ({ actor, wijk, params, body }) =>
    setFrozen(s, memberOf(actor), wijk, { ...params, ...body, frozen: true }),
  );
  app.route(contract.thawAccount, control, ({ actor, wijk, params, body }) =>
    setFrozen(s, memberOf(actor), wijk, { ...params, ...body, frozen: false }),
  );
  app.route(contract.changeDailyLimit, control, ({ actor, wijk, params, body }) =>
    changeDailyLimit(s, memberOf(actor), wijk, { ...params, ...body }),
  );
  app.route(contract.listTreasuryHolds, control, ({ wijk, query }) => openHolds(s, wijk, query));
  app.route(contract.listControlActions, control, async ({ wijk, query }) => {
    const page = { before: readCursor(query.cursor), limit: query.limit };
    const { items, last } = await actionLog(s, wijk, page);
    return { items, nextCursor: last && cursorOf(last) };
  });
}

function policyRoutes(app: App, s: Services): void {
  // members know by which rules they pay
  app.route(contract.listMoneyPolicies, own, ({ wijk }) => policies(s, wijk));
  app.route(contract.simulateMoneyPolicy, policy, ({ wijk, body }) => simulate(s, wijk, body));
  app.route(contract.adoptMoneyPolicy, policy, ({ actor, wijk, body, idempotencyKey }) =>
    adoptPolicy(s, memberOf(actor), wijk, body, idempotencyKey),
  );
}

function figureRoutes(app: App, s: Services): void {
  app.route(contract.readTreasury, control, ({ actor, wijk }) =>
    overview(s, wijk, memberOf(actor)),
  );
  app.route(contract.readCirculation, control, ({ wijk, query }) => circulation(s, wijk, query.by));
  app.route(contract.readYear, control, ({ wijk, query }) => yearOfWijk(s, wijk, query.year));
  app.route(contract.readAccountYear, control, ({ wijk, params, query }) =>
    yearOfAccount(s, wijk, params.account, query.year),
  );
  app.route(contract.yearCsv, control, async ({ wijk, query }) => {
    const year = await yearOfWijk(s, wijk, query.year);
    return Buffer.from(wijkYearCsv(year, await speakerOf(s, wijk, query.lang)));
  });
  app.route(contract.accountYearCsv, control, async ({ wijk, params, query }) => {
    const year = await yearOfAccount(s, wijk, params.account, query.year);
    return Buffer.from(accountYearCsv(year, await speakerOf(s, wijk, query.lang)));
  });
  app.route(contract.listVerifications, control, ({ wijk }) => verifications(s, wijk));
  app.route(contract.verifyBook, { ...control, perMinute: 5 }, ({ actor, wijk }) =>
    askForVerification(s, wijk, memberOf(actor)),
  );
}
