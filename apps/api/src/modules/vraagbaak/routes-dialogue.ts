import * as contract from '@wijk/contracts';
import { may } from '../../http/policy.ts';
import { type App, memberOf } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { addComment, deleteOwnComment, editComment } from './commands/comment.ts';
import { editAnswer } from './commands/edit-answer.ts';
import { flag } from './commands/flag.ts';
import { moderateCommentOf, redactReply } from './commands/moderate-reply.ts';
import { markUseful } from './commands/useful.ts';
import { tellingWhoWasFirst } from './commands/who-was-first.ts';
import { answerTexts, commentPage, commentTexts, oneComment } from './queries/dialogue.ts';

/** What is said about answers (V8): comments, edits with history, useful; and supervision of it. */
export function dialogueRoutes(app: App, s: Services): void {
  readingRoutes(app, s);
  writingRoutes(app, s);
  supervisionRoutes(app, s);
}

const ofAnswer = ({ question, answer }: { question: string; answer: string }) => ({
  ref: question,
  answerId: answer,
});
const ofComment = ({ question, comment }: { question: string; comment: string }) => ({
  ref: question,
  commentId: comment,
});

function readingRoutes(app: App, s: Services): void {
  const policy = may('vraagbaak.read');
  app.route(contract.listComments, { policy }, ({ actor, wijk, params, query }) =>
    commentPage(s, actor, wijk, ofAnswer(params), query),
  );
  app.route(contract.getComment, { policy }, ({ actor, wijk, params }) =>
    oneComment(s, actor, wijk, ofComment(params)),
  );
  app.route(contract.listAnswerTexts, { policy }, ({ actor, wijk, params }) =>
    answerTexts(s, actor, wijk, ofAnswer(params)),
  );
  app.route(contract.listCommentTexts, { policy }, ({ actor, wijk, params }) =>
    commentTexts(s, actor, wijk, ofComment(params)),
  );
}

function writingRoutes(app: App, s: Services): void {
  const commenting = { policy: may('vraagbaak.comment'), perMinute: 10 };
  app.route(contract.addComment, commenting, ({ actor, wijk, params, body, idempotencyKey }) =>
    addComment(s, memberOf(actor), wijk, ofAnswer(params), body.body, idempotencyKey),
  );
  app.route(contract.editComment, commenting, ({ actor, wijk, params, body }) =>
    editComment(s, memberOf(actor), wijk, ofComment(params), body),
  );
  app.route(contract.deleteOwnComment, commenting, ({ actor, wijk, params }) =>
    deleteOwnComment(s, memberOf(actor), wijk, ofComment(params)),
  );
  app.route(
    contract.editAnswer,
    { policy: may('vraagbaak.answer'), perMinute: 10 },
    ({ actor, wijk, params, body }) => editAnswer(s, memberOf(actor), wijk, ofAnswer(params), body),
  );
  const useful = [
    [contract.markUseful, true],
    [contract.unmarkUseful, false],
  ] as const;
  for (const [operation, on] of useful)
    app.route(
      operation,
      { policy: may('vraagbaak.useful'), perMinute: 60 },
      ({ actor, wijk, params }) =>
        markUseful(s, memberOf(actor), wijk, { ...ofAnswer(params), on }),
    );
  app.route(
    contract.flagComment,
    { policy: may('vraagbaak.flag'), perMinute: 10 },
    ({ actor, wijk, params, body }) =>
      flag(s, memberOf(actor), wijk, { ...ofComment(params), answerId: null, ...body }),
  );
}

function supervisionRoutes(app: App, s: Services): void {
  const policy = may('vraagbaak.moderate');
  const acts = [
    [contract.hideComment, policy, 'hide'],
    [contract.removeComment, may('vraagbaak.remove'), 'remove'],
  ] as const;
  for (const [operation, who, act] of acts)
    app.route(
      operation,
      { policy: who },
      tellingWhoWasFirst(s, ({ actor, wijk, params, body }) =>
        moderateCommentOf(s, memberOf(actor), wijk, ofComment(params), act, body),
      ),
    );
  app.route(
    contract.restoreComment,
    { policy },
    tellingWhoWasFirst(s, ({ actor, wijk, params, body }) =>
      moderateCommentOf(s, memberOf(actor), wijk, ofComment(params), 'restore', {
        reason: 'reviewed',
        message: body.message,
      }),
    ),
  );
  app.route(
    contract.redactComment,
    { policy },
    tellingWhoWasFirst(s, ({ actor, wijk, params, body }) =>
      redactReply(s, memberOf(actor), wijk, ofComment(params), body),
    ),
  );
  app.route(
    contract.redactAnswer,
    { policy },
    tellingWhoWasFirst(s, ({ actor, wijk, params, body }) =>
      redactReply(s, memberOf(actor), wijk, ofAnswer(params), body),
    ),
  );
}
