import * as contract from '@wijk/contracts';
import { may } from '../../http/policy.ts';
import { type App, memberOf } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { editOwnQuestion } from './commands/edit-own.ts';
import { withdrawHealthConsent } from './commands/health-consent.ts';
import { markUnhelpful, seeUnhelpful } from './commands/unhelpful.ts';
import { tellingWhoWasFirst } from './commands/who-was-first.ts';

/** What an asker does with a question of their own, and the redactie about it. */
export function askingRoutes(app: App, s: Services): void {
  app.route(
    contract.editOwnQuestion,
    { policy: may('vraagbaak.edit-own'), perMinute: 10 },
    ({ actor, wijk, params, body }) =>
      editOwnQuestion(s, memberOf(actor), wijk, params.question, body),
  );
  app.route(
    contract.withdrawHealthConsent,
    { policy: may('vraagbaak.withdraw-own') },
    ({ actor, wijk, params }) => withdrawHealthConsent(s, memberOf(actor), wijk, params.question),
  );
  const policy = may('vraagbaak.thank');
  app.route(
    contract.markUnhelpful,
    { policy, perMinute: 10 },
    ({ actor, wijk, params, body: { note } }) =>
      markUnhelpful(s, memberOf(actor), wijk, {
        ref: params.question,
        answerId: params.answer,
        note,
      }),
  );
  app.route(contract.unmarkUnhelpful, { policy }, ({ actor, wijk, params }) =>
    markUnhelpful(s, memberOf(actor), wijk, {
      ref: params.question,
      answerId: params.answer,
      note: null,
    }),
  );
  app.route(
    contract.seeUnhelpful,
    { policy: may('vraagbaak.edit-desk') },
    tellingWhoWasFirst(s, ({ actor, wijk, params }) =>
      seeUnhelpful(s, memberOf(actor), wijk, params.question),
    ),
  );
}
