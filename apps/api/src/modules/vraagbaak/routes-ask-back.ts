import * as contract from '@wijk/contracts';
import { may } from '../../http/policy.ts';
import { type App, memberOf } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { askBack, replyToAskBack } from './commands/ask-back.ts';
import { tellingWhoWasFirst } from './commands/who-was-first.ts';

/** The redactie asks the asker something, and the asker replies. */
export function askBackRoutes(app: App, s: Services): void {
  app.route(
    contract.askBack,
    { policy: may('vraagbaak.edit-desk') },
    tellingWhoWasFirst(s, ({ actor, wijk, params, body }) =>
      askBack(s, memberOf(actor), wijk, params.question, body),
    ),
  );
  app.route(
    contract.replyToAskBack,
    { policy: may('vraagbaak.edit-own'), perMinute: 10 },
    ({ actor, wijk, params, body }) =>
      replyToAskBack(s, memberOf(actor), wijk, params.question, body.body),
  );
}
