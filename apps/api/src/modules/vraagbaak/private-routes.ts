import * as contract from '@wijk/contracts';
import { may } from '../../http/policy.ts';
import { type App, memberOf } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { decideTwin, withdrawTwinConsent } from './commands/decide-twin.ts';
import { lookUpAsker } from './commands/look-up-asker.ts';
import { proposeTwin, takeTwinBack } from './commands/twin.ts';
import { looksOfWijk, ownSide, twinsAtDesk } from './queries/twins.ts';

/** Names that stay hidden (V3): looks at who asked, and public versions of private questions. */
export function privateRoutes(app: App, s: Services): void {
  app.route(
    contract.lookUpAsker,
    { policy: may('vraagbaak.look-up-asker'), perMinute: 6 },
    ({ actor, wijk, params, body }) => lookUpAsker(s, memberOf(actor), wijk, params.question, body),
  );
  app.route(contract.listAskerLooks, { policy: may('vraagbaak.read-looks') }, ({ wijk, query }) =>
    looksOfWijk(s, wijk, query),
  );
  const proposing = may('vraagbaak.propose-twin');
  app.route(contract.readTwins, { policy: proposing }, ({ wijk, params }) =>
    twinsAtDesk(s, wijk, params.question),
  );
  app.route(contract.proposeTwin, { policy: proposing }, ({ actor, wijk, params, body }) =>
    proposeTwin(s, memberOf(actor), wijk, params.question, body),
  );
  app.route(contract.takeTwinBack, { policy: proposing }, ({ actor, wijk, params }) =>
    takeTwinBack(s, memberOf(actor), wijk, params.question, params.twin),
  );
  const own = may('vraagbaak.decide-twin');
  app.route(contract.readOwnSide, { policy: own }, ({ actor, wijk, params }) =>
    ownSide(s, actor, wijk, params.question),
  );
  app.route(contract.decideTwin, { policy: own }, ({ actor, wijk, params, body }) =>
    decideTwin(s, memberOf(actor), wijk, { ref: params.question, twinId: params.twin }, body),
  );
  app.route(contract.withdrawTwinConsent, { policy: own }, ({ actor, wijk, params }) =>
    withdrawTwinConsent(s, memberOf(actor), wijk, {
      ref: params.question,
      twinId: params.twin,
    }),
  );
}
