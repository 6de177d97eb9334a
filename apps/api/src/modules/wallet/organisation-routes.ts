import * as contract from '@wijk/contracts';
import { may } from '../../http/policy.ts';
import { type App, memberOf } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import {
  addOperator,
  changeOperator,
  changeOrganisation,
  createOrganisation,
  removeOperator,
} from './organisations/manage.ts';
import { oneOrganisation, organisationList } from './organisations/queries.ts';
import { settlementsCsv, supplierSettlements } from './organisations/settlements.ts';
import { readResidency, setResidency } from './residency.ts';
import { speakerOf } from './statement-files/words.ts';

const officers = { policy: may('wallet.organisations') };
const own = { policy: may('wallet.own') };
const residency = { policy: may('wallet.residency') };
const FILES_PER_MINUTE = 20;

/** Organisations and who acts for them (I4), and that somebody lives in the wijk (I2). */
export function registerOrganisations(app: App, s: Services): void {
  app.route(contract.listOrganisations, officers, ({ wijk }) => organisationList(s, wijk));
  app.route(contract.createOrganisation, officers, ({ actor, wijk, body, idempotencyKey: key }) =>
    createOrganisation(s, memberOf(actor), wijk, body, key),
  );
  app.route(contract.changeOrganisation, officers, ({ actor, wijk, params, body }) =>
    changeOrganisation(s, memberOf(actor), wijk, params.organisation, body),
  );
  app.route(contract.readOrganisation, own, ({ actor, wijk, params }) =>
    oneOrganisation(s, memberOf(actor), wijk, params.organisation),
  );
  app.route(contract.addOperator, own, ({ actor, wijk, params, body }) =>
    addOperator(s, memberOf(actor), wijk, params.organisation, body),
  );
  app.route(contract.changeOperator, own, ({ actor, wijk, params, body }) =>
    changeOperator(s, memberOf(actor), wijk, params, body),
  );
  app.route(contract.removeOperator, own, ({ actor, wijk, params }) =>
    removeOperator(s, memberOf(actor), wijk, params),
  );
  app.route(contract.readSupplierSettlements, own, ({ actor, wijk, params }) =>
    supplierSettlements(s, memberOf(actor), wijk, params.organisation),
  );
  app.route(
    contract.supplierSettlementsCsv,
    { ...own, perMinute: FILES_PER_MINUTE },
    async ({ actor, wijk, params, query }) => {
      const all = await supplierSettlements(s, memberOf(actor), wijk, params.organisation);
      return Buffer.from(settlementsCsv(all, await speakerOf(s, wijk, query.lang)));
    },
  );
  app.route(contract.readResidency, residency, ({ actor, wijk, params }) =>
    readResidency(s, memberOf(actor), wijk, params.member),
  );
  app.route(contract.confirmResidency, residency, ({ actor, wijk, params: { member } }) =>
    setResidency(s, memberOf(actor), wijk, { member, confirmed: true }),
  );
  app.route(contract.revokeResidency, residency, ({ actor, wijk, params: { member } }) =>
    setResidency(s, memberOf(actor), wijk, { member, confirmed: false }),
  );
}
