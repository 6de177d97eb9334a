import { seeUnhelpful } from '@wijk/contracts/asking';
import { assignQuestion, claimQuestion, releaseQuestion } from '@wijk/contracts/desk';
import { askBack, editQuestion, markDuplicate, seeUrgent } from '@wijk/contracts/desk-actions';
import { answerQuestion, endorseAnswer, unendorseAnswer } from '@wijk/contracts/questions';
import { fieldText, t } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { typed } from '#lib/server/refusal.ts';
import { act, type DeskEvent, faulty, leftOpen, ofQuestion, versionOf } from './act.server.ts';
import { moderationActions } from './moderation-actions.server.ts';
import { insertSaved } from './saved.server.ts';

const params = (event: DeskEvent) => ({ params: ofQuestion(event) });
const ofAnswer = (event: DeskEvent, answer = '') => ({ params: { ...ofQuestion(event), answer } });

/** The form of this name with a saved text put in: what its button does without JavaScript. */
const insert = async (event: DeskEvent) => {
  const { about: _, version: __, ...values } = typed(await event.request.formData());
  return insertSaved(event, values);
};

/** What one can do in the reading pane; each works as a plain form too. */
export const actions = {
  claim: act('claim', 'page.desk.claimed', (event) => api(event)(claimQuestion, params(event))),
  release: act('claim', 'page.desk.released', (event) =>
    api(event)(releaseQuestion, params(event)),
  ),
  assign: act(
    'assign',
    'page.desk.assigned',
    (event, { expert = '', note = '' }) =>
      api(event)(assignQuestion, { ...params(event), body: { expert, note } }),
    (event, values) =>
      values.expert
        ? null
        : faulty(
            event,
            'assign',
            values,
            'expert',
            fieldText(event.locals.locale, 'invalid-choice'),
          ),
  ),
  answer: act(
    'answer',
    'page.desk.answered',
    (event, { body = '', key = '' }) =>
      api(event)(answerQuestion, { ...params(event), body: { body }, idempotencyKey: key }),
    (event, values) => leftOpen(event, 'answer', values, 'body'),
  ),
  insert,
  askBack: act(
    'ask-back',
    'page.desk.done.ask-back',
    (event, values) =>
      api(event)(askBack, {
        ...params(event),
        body: { body: values.body ?? '', ...versionOf(values) },
      }),
    (event, values) => leftOpen(event, 'ask-back', values, 'body'),
  ),
  edit: act('edit', 'page.desk.done.edit', (event, values) =>
    api(event)(editQuestion, {
      ...params(event),
      body: { title: values.title ?? '', theme: values.theme ?? '', ...versionOf(values) },
    }),
  ),
  duplicate: act(
    'duplicate',
    'page.desk.done.duplicate',
    (event, values) =>
      api(event)(markDuplicate, {
        ...params(event),
        body: { original: values.original ?? '', ...versionOf(values) },
      }),
    (event, values) =>
      values.original
        ? null
        : faulty(
            event,
            'duplicate',
            values,
            'original',
            t(event.locals.locale, 'page.desk.duplicate.first'),
          ),
  ),
  unhelpfulSeen: act('notice', 'page.desk.done.unhelpful-seen', (event) =>
    api(event)(seeUnhelpful, params(event)),
  ),
  urgent: act('notice', 'page.desk.done.urgent-seen', (event) =>
    api(event)(seeUrgent, params(event)),
  ),
  endorse: act('mark', 'page.desk.endorsed', (event, { answer }) =>
    api(event)(endorseAnswer, ofAnswer(event, answer)),
  ),
  unendorse: act('mark', 'page.desk.unendorsed', (event, { answer }) =>
    api(event)(unendorseAnswer, ofAnswer(event, answer)),
  ),
  ...moderationActions,
};
