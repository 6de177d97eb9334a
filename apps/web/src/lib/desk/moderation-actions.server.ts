import {
  hideComment,
  redactAnswer,
  redactComment,
  removeComment,
  restoreComment,
} from '@wijk/contracts/dialogue-moderation';
import {
  decideAppeal,
  dismissFlags,
  hideAnswer,
  hideQuestion,
  publishQuestion,
  redactQuestion,
  removeAnswer,
  removeQuestion,
  restoreAnswer,
} from '@wijk/contracts/moderation';
import { REMOVAL_REASONS, type RemovalReason } from '@wijk/domain/vraagbaak';
import { fieldText, pageTexts, t } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { act, type DeskEvent, type Fields, faulty, ofQuestion, versionOf } from './act.server.ts';
import { standardText } from './reasons.ts';

const params = (event: DeskEvent) => ({ params: ofQuestion(event) });
const ofAnswer = (event: DeskEvent, { answer = '' }: Fields) => ({
  params: { ...ofQuestion(event), answer },
});

const ofComment = (event: DeskEvent, { comment = '' }: Fields) => ({
  params: { ...ofQuestion(event), comment },
});

const isReason = (value = ''): value is RemovalReason =>
  (REMOVAL_REASONS as readonly string[]).includes(value);

/** The reason, and the message: the standard text when nothing was typed. */
function why(event: DeskEvent, { reason = '', message = '' }: Fields) {
  const standard = standardText(pageTexts(event.locals.locale, 'desk').reasonText, reason);
  return { reason: reason as RemovalReason, message: message.trim() || standard };
}

/** A reason has to be chosen, and 'something else' has to be said. */
const withReason = (form: string) => (event: DeskEvent, values: Fields) => {
  const { locale } = event.locals;
  if (!isReason(values.reason))
    return faulty(event, form, values, 'reason', fieldText(locale, 'invalid-choice'));
  if (why(event, values).message === '')
    return faulty(event, form, values, 'message', t(locale, 'page.desk.takedown.needMessage'));
  return null;
};

/** Hiding, removing and showing again, of question and answers, with what is said to their author. */
export const moderationActions = {
  hide: act(
    'hide',
    'page.desk.done.hide',
    (event, values) =>
      api(event)(hideQuestion, {
        ...params(event),
        body: { ...why(event, values), ...versionOf(values) },
      }),
    withReason('hide'),
  ),
  remove: act(
    'remove',
    'page.desk.done.remove',
    (event, values) =>
      api(event)(removeQuestion, {
        ...params(event),
        body: { ...why(event, values), ...versionOf(values) },
      }),
    withReason('remove'),
  ),
  redact: act(
    'redact',
    'page.desk.done.redact',
    (event, values) =>
      api(event)(redactQuestion, {
        ...params(event),
        body: {
          title: values.title ?? '',
          body: values.body ?? '',
          ...why(event, values),
          ...versionOf(values),
        },
      }),
    withReason('redact'),
  ),
  publish: act('publish', 'page.desk.done.publish', (event, values) =>
    api(event)(publishQuestion, {
      ...params(event),
      body: { message: values.message ?? '', ...versionOf(values) },
    }),
  ),
  dismiss: act('notice', 'page.desk.done.dismiss', (event) =>
    api(event)(dismissFlags, params(event)),
  ),
  appeal: act('appeal', 'page.desk.done.appeal', (event, values) =>
    api(event)(decideAppeal, {
      params: { ...ofQuestion(event), appeal: values.appeal ?? '' },
      body: {
        outcome: values.outcome as 'upheld' | 'overturned',
        reply: values.reply ?? '',
      },
    }),
  ),
  hideAnswer: act(
    'answer-down',
    'page.desk.done.hide-answer',
    (event, values) =>
      api(event)(hideAnswer, { ...ofAnswer(event, values), body: why(event, values) }),
    withReason('answer-down'),
  ),
  removeAnswer: act(
    'answer-down',
    'page.desk.done.remove-answer',
    (event, values) =>
      api(event)(removeAnswer, { ...ofAnswer(event, values), body: why(event, values) }),
    withReason('answer-down'),
  ),
  restoreAnswer: act('answer-up', 'page.desk.done.restore-answer', (event, values) =>
    api(event)(restoreAnswer, { ...ofAnswer(event, values), body: { message: '' } }),
  ),
  hideComment: act(
    'comment-down',
    'page.desk.done.hide-comment',
    (event, values) =>
      api(event)(hideComment, { ...ofComment(event, values), body: why(event, values) }),
    withReason('comment-down'),
  ),
  removeComment: act(
    'comment-down',
    'page.desk.done.remove-comment',
    (event, values) =>
      api(event)(removeComment, { ...ofComment(event, values), body: why(event, values) }),
    withReason('comment-down'),
  ),
  restoreComment: act('comment-up', 'page.desk.done.restore-comment', (event, values) =>
    api(event)(restoreComment, { ...ofComment(event, values), body: { message: '' } }),
  ),
  redactReply: act(
    'reply-redact',
    'page.desk.done.redact-reply',
    (event, values) => {
      const body = { body: values.body ?? '', ...why(event, values) };
      return values.comment
        ? api(event)(redactComment, { ...ofComment(event, values), body })
        : api(event)(redactAnswer, { ...ofAnswer(event, values), body });
    },
    withReason('reply-redact'),
  ),
};
