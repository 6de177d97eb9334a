import * as contract from '@wijk/contracts';
import { may } from '../../http/policy.ts';
import { type App, memberOf } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { changeMyDuty, planDuty, unplanDuty } from './commands/duty.ts';
import {
  changeSavedAnswer,
  createSavedAnswer,
  deleteSavedAnswer,
  listSavedAnswers,
} from './commands/saved-answers.ts';
import { deskLog, originals } from './queries/desk-log.ts';
import { roster } from './queries/roster.ts';

/** What the redactie works with beside the questions: kept texts, the roster, the log. */
export function redactieRoutes(app: App, s: Services): void {
  const policy = may('vraagbaak.edit-desk');
  app.route(contract.findOriginals, { policy }, ({ wijk, params, query }) =>
    originals(s, wijk, params.question, query.q),
  );
  app.route(contract.readDeskLog, { policy }, ({ wijk, query }) => deskLog(s, wijk, query));

  app.route(contract.listSavedAnswers, { policy }, ({ wijk }) => listSavedAnswers(s, wijk));
  app.route(
    contract.createSavedAnswer,
    { policy, perMinute: 30 },
    ({ actor, wijk, body, idempotencyKey }) =>
      createSavedAnswer(s, memberOf(actor), wijk, body, idempotencyKey),
  );
  app.route(contract.changeSavedAnswer, { policy }, ({ actor, wijk, params, body }) =>
    changeSavedAnswer(s, memberOf(actor), wijk, params.saved, body),
  );
  app.route(contract.deleteSavedAnswer, { policy }, ({ wijk, params }) =>
    deleteSavedAnswer(s, wijk, params.saved),
  );

  app.route(contract.readRoster, { policy }, ({ actor, wijk, query }) =>
    roster(s, memberOf(actor), wijk, query.from),
  );
  app.route(contract.planDuty, { policy }, ({ wijk, params }) => planDuty(s, wijk, params));
  app.route(contract.unplanDuty, { policy }, ({ wijk, params }) => unplanDuty(s, wijk, params));
  app.route(contract.startDuty, { policy }, ({ actor, wijk }) =>
    changeMyDuty(s, memberOf(actor), wijk, 'started'),
  );
  app.route(contract.endDuty, { policy }, ({ actor, wijk }) =>
    changeMyDuty(s, memberOf(actor), wijk, 'ended'),
  );
}
