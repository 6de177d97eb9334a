import * as contract from '@wijk/contracts';
import { byLink, may } from '../../http/policy.ts';
import { type App, memberOf } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { answerByLink, declineByLink, readAnswerLink } from './commands/answer-by-link.ts';
import { askAsGuest } from './commands/ask-as-guest.ts';
import { askQuestion } from './commands/ask-question.ts';
import { followQuestion, markHelpful, withdrawQuestion } from './commands/asker.ts';
import { assignQuestion, claimQuestion, releaseQuestion } from './commands/desk.ts';
import { editQuestion } from './commands/edit-question.ts';
import { endorseAnswer } from './commands/endorse.ts';
import { deflect, setMyQuestionToo } from './commands/found.ts';
import { markDuplicate } from './commands/mark-duplicate.ts';
import { answerQuestion } from './commands/publish-answer.ts';
import { seeUrgent } from './commands/see-urgent.ts';
import { undoAction } from './commands/undo.ts';
import { tellingWhoWasFirst } from './commands/who-was-first.ts';
import { editorialQueue, readingPane } from './queries/desk.ts';
import { questionList, questionPage } from './queries/questions.ts';
import { publicScore } from './queries/score.ts';

/** Reading, asking, answering. */
export function questionRoutes(app: App, s: Services): void {
  app.route(contract.listQuestions, { policy: may('vraagbaak.read') }, ({ actor, wijk, query }) =>
    questionList(s, actor, wijk, query),
  );
  app.route(contract.getQuestion, { policy: may('vraagbaak.read') }, ({ actor, wijk, params }) =>
    questionPage(s, actor, wijk, params.question),
  );
  app.route(
    contract.askQuestion,
    { policy: may('vraagbaak.ask'), perMinute: 6 },
    ({ actor, wijk, body, idempotencyKey }) =>
      askQuestion(s, memberOf(actor), wijk, body, idempotencyKey),
  );
  app.route(
    contract.askAsGuest,
    { policy: may('vraagbaak.draft'), perMinute: 6 },
    ({ wijk, body, idempotencyKey }) => askAsGuest(s, wijk, body, idempotencyKey),
  );
  app.route(
    contract.withdrawQuestion,
    { policy: may('vraagbaak.withdraw-own') },
    ({ actor, wijk, params }) => withdrawQuestion(s, memberOf(actor), wijk, params.question),
  );
  app.route(
    contract.answerQuestion,
    { policy: may('vraagbaak.answer'), perMinute: 10 },
    ({ actor, wijk, params, body, idempotencyKey }) =>
      answerQuestion(s, memberOf(actor), wijk, params.question, body.body, idempotencyKey),
  );
  app.route(
    contract.deflect,
    { policy: may('vraagbaak.deflect'), perMinute: 10 },
    ({ actor, wijk, params, idempotencyKey }) =>
      deflect(s, actor, wijk, params.question, idempotencyKey),
  );
  app.route(contract.getScore, { policy: may('vraagbaak.score') }, ({ wijk, query }) =>
    publicScore(s, wijk, query),
  );
}

/** Marks on answers, and following. */
export function markRoutes(app: App, s: Services): void {
  const helpful = [
    [contract.markHelpful, true],
    [contract.unmarkHelpful, false],
  ] as const;
  for (const [operation, on] of helpful)
    app.route(operation, { policy: may('vraagbaak.thank') }, ({ actor, wijk, params }) =>
      markHelpful(s, memberOf(actor), wijk, { ref: params.question, answerId: params.answer, on }),
    );
  const endorsed = [
    [contract.endorseAnswer, true],
    [contract.unendorseAnswer, false],
  ] as const;
  for (const [operation, on] of endorsed)
    app.route(
      operation,
      { policy: may('vraagbaak.endorse') },
      tellingWhoWasFirst(s, ({ actor, wijk, params }) =>
        endorseAnswer(s, memberOf(actor), wijk, {
          ref: params.question,
          answerId: params.answer,
          on,
        }),
      ),
    );
  const following = [
    [contract.followQuestion, true],
    [contract.unfollowQuestion, false],
  ] as const;
  for (const [operation, on] of following)
    app.route(operation, { policy: may('vraagbaak.follow') }, ({ actor, wijk, params }) =>
      followQuestion(s, memberOf(actor), wijk, params.question, on),
    );
}

/** "Ook mijn vraag". */
export function meTooRoutes(app: App, s: Services): void {
  const asking = [
    [contract.meToo, true],
    [contract.notMeToo, false],
  ] as const;
  for (const [operation, on] of asking)
    app.route(operation, { policy: may('vraagbaak.me-too') }, ({ actor, wijk, params }) =>
      setMyQuestionToo(s, memberOf(actor), wijk, params.question, on),
    );
}

/** The expert's link from the mail. */
export function linkRoutes(app: App, s: Services): void {
  const policy = byLink('the signed token in the mail is the right to answer this one question');
  app.route(contract.readAnswerLink, { policy, perMinute: 60 }, ({ wijk, params }) =>
    readAnswerLink(s, wijk, params.token),
  );
  app.route(
    contract.answerByLink,
    { policy, perMinute: 10 },
    ({ wijk, params, body, idempotencyKey }) =>
      answerByLink(s, wijk, params.token, body.body, idempotencyKey),
  );
  app.route(contract.declineByLink, { policy, perMinute: 10 }, ({ wijk, params, body }) =>
    declineByLink(s, wijk, params.token, body),
  );
}

/** The desk of the redactie. */
export function deskRoutes(app: App, s: Services): void {
  const policy = may('vraagbaak.edit-desk');
  app.route(contract.listDesk, { policy }, ({ actor, wijk, query }) =>
    editorialQueue(s, memberOf(actor), wijk, query),
  );
  app.route(contract.readDesk, { policy }, ({ actor, wijk, params }) =>
    readingPane(s, memberOf(actor), wijk, params.question),
  );
  app.route(
    contract.claimQuestion,
    { policy },
    tellingWhoWasFirst(s, ({ actor, wijk, params }) =>
      claimQuestion(s, memberOf(actor), wijk, params.question),
    ),
  );
  app.route(
    contract.releaseQuestion,
    { policy },
    tellingWhoWasFirst(s, ({ actor, wijk, params }) =>
      releaseQuestion(s, memberOf(actor), wijk, params.question),
    ),
  );
  app.route(
    contract.assignQuestion,
    { policy },
    tellingWhoWasFirst(s, ({ actor, wijk, params, body }) =>
      assignQuestion(s, memberOf(actor), wijk, params.question, body),
    ),
  );
  app.route(
    contract.editQuestion,
    { policy },
    tellingWhoWasFirst(s, ({ actor, wijk, params, body }) =>
      editQuestion(s, memberOf(actor), wijk, params.question, body),
    ),
  );
  app.route(
    contract.markDuplicate,
    { policy },
    tellingWhoWasFirst(s, ({ actor, wijk, params, body }) =>
      markDuplicate(s, memberOf(actor), wijk, params.question, body),
    ),
  );
  app.route(
    contract.seeUrgent,
    { policy },
    tellingWhoWasFirst(s, ({ actor, wijk, params }) =>
      seeUrgent(s, memberOf(actor), wijk, params.question),
    ),
  );
  app.route(
    contract.undoAction,
    { policy },
    tellingWhoWasFirst(s, ({ actor, wijk, params }) =>
      undoAction(s, memberOf(actor), wijk, params.action),
    ),
  );
}
