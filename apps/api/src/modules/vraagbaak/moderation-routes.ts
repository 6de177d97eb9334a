import * as contract from '@wijk/contracts';
import { may } from '../../http/policy.ts';
import { type App, memberOf } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { decideAppeal, makeAppeal } from './commands/appeal.ts';
import { dismissFlags, flag } from './commands/flag.ts';
import {
  moderateAnswerOf,
  publishQuestion,
  redactQuestion,
  takeFromView,
} from './commands/moderate.ts';
import { tellingWhoWasFirst } from './commands/who-was-first.ts';
import { myDecisions, statement } from './queries/statement.ts';

/** Supervision (V11): what members tell, what the redactie decides, and what authors say to that. */
export function moderationRoutes(app: App, s: Services): void {
  authorRoutes(app, s);
  judgingRoutes(app, s);
}

function authorRoutes(app: App, s: Services): void {
  const flagging = { policy: may('vraagbaak.flag'), perMinute: 10 };
  app.route(contract.flagQuestion, flagging, ({ actor, wijk, params, body }) =>
    flag(s, memberOf(actor), wijk, { ref: params.question, answerId: null, ...body }),
  );
  app.route(contract.flagAnswer, flagging, ({ actor, wijk, params, body }) =>
    flag(s, memberOf(actor), wijk, { ref: params.question, answerId: params.answer, ...body }),
  );
  const own = may('vraagbaak.appeal');
  app.route(contract.listMyDecisions, { policy: own }, ({ actor, wijk }) =>
    myDecisions(s, memberOf(actor), wijk),
  );
  app.route(contract.readStatement, { policy: own }, ({ actor, wijk, params }) =>
    statement(s, memberOf(actor), wijk, params.decision),
  );
  app.route(contract.makeAppeal, { policy: own, perMinute: 6 }, ({ actor, wijk, params, body }) =>
    makeAppeal(s, memberOf(actor), wijk, params.decision, body.body),
  );
}

function judgingRoutes(app: App, s: Services): void {
  const policy = may('vraagbaak.moderate');
  const removing = may('vraagbaak.remove');
  app.route(
    contract.dismissFlags,
    { policy },
    tellingWhoWasFirst(s, ({ actor, wijk, params }) =>
      dismissFlags(s, memberOf(actor), wijk, params.question),
    ),
  );
  app.route(
    contract.hideQuestion,
    { policy },
    tellingWhoWasFirst(s, ({ actor, wijk, params, body }) =>
      takeFromView(s, memberOf(actor), wijk, params.question, 'hide', body),
    ),
  );
  app.route(
    contract.removeQuestion,
    { policy: removing },
    tellingWhoWasFirst(s, ({ actor, wijk, params, body }) =>
      takeFromView(s, memberOf(actor), wijk, params.question, 'remove', body),
    ),
  );
  app.route(
    contract.publishQuestion,
    { policy },
    tellingWhoWasFirst(s, ({ actor, wijk, params, body }) =>
      publishQuestion(s, memberOf(actor), wijk, params.question, body),
    ),
  );
  app.route(
    contract.redactQuestion,
    { policy },
    tellingWhoWasFirst(s, ({ actor, wijk, params, body }) =>
      redactQuestion(s, memberOf(actor), wijk, params.question, body),
    ),
  );
  const acts = [
    [contract.hideAnswer, policy, 'hide'],
    [contract.removeAnswer, removing, 'remove'],
  ] as const;
  for (const [operation, who, act] of acts)
    app.route(
      operation,
      { policy: who },
      tellingWhoWasFirst(s, ({ actor, wijk, params, body }) =>
        moderateAnswerOf(s, memberOf(actor), wijk, ofAnswer(params), act, body),
      ),
    );
  app.route(
    contract.restoreAnswer,
    { policy },
    tellingWhoWasFirst(s, ({ actor, wijk, params, body }) =>
      moderateAnswerOf(s, memberOf(actor), wijk, ofAnswer(params), 'restore', {
        reason: 'reviewed',
        message: body.message,
      }),
    ),
  );
  app.route(
    contract.decideAppeal,
    { policy },
    tellingWhoWasFirst(s, ({ actor, wijk, params, body }) =>
      decideAppeal(
        s,
        memberOf(actor),
        wijk,
        { ref: params.question, appealId: params.appeal },
        body,
      ),
    ),
  );
}

const ofAnswer = ({ question, answer }: { question: string; answer: string }) => ({
  ref: question,
  answerId: answer,
});
