import { UNHELPFUL_NOTE_MAX } from '@wijk/domain/vraagbaak';
import { z } from 'zod';
import { askedHealth, askedText } from './asked.ts';
import { defineContract } from './define.ts';
import {
  instant,
  noBody,
  none,
  noReply,
  ofQuestion,
  questionRef,
  uuid,
  wijkSlug,
} from './shared.ts';

/** Asked by themselves, these are for whoever asked the question. */
export const editOwnQuestion = defineContract({
  id: 'editOwnQuestion',
  tag: 'questions',
  summary: 'The asker changes their question; what stood there is kept',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/questions/:question',
  params: ofQuestion,
  query: none,
  body: z.strictObject({
    ...askedText,
    ...askedHealth,
    /** `own.editedAt` of what was read; a change by anyone meanwhile is a conflict */
    editedAt: instant.nullable(),
  }),
  reply: z.object({
    ref: z.string(),
    slug: z.string(),
    /** it waits for the redactie before others see it again */
    held: z.boolean(),
  }),
  problems: ['not-found', 'forbidden', 'conflict', 'gone'],
});

export const withdrawHealthConsent = defineContract({
  id: 'withdrawHealthConsent',
  tag: 'questions',
  summary: 'The asker takes back the consent about health: the question is withdrawn at once',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/questions/:question/health-consent',
  params: ofQuestion,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'forbidden', 'gone'],
});

const ofAnswer = z.strictObject({ wijk: wijkSlug, question: questionRef, answer: uuid });
const unhelpfulPath = '/api/v1/wijken/:wijk/questions/:question/answers/:answer/unhelpful';

export const markUnhelpful = defineContract({
  id: 'markUnhelpful',
  tag: 'questions',
  summary: 'The asker: this does not help me; the redactie looks at it',
  method: 'PUT',
  path: unhelpfulPath,
  params: ofAnswer,
  query: none,
  body: z.strictObject({
    /** what is missing; for the redactie and whoever answered */
    note: z.string().trim().max(UNHELPFUL_NOTE_MAX, { abort: true }).default(''),
  }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'forbidden', 'conflict', 'gone'],
});

export const unmarkUnhelpful = defineContract({
  id: 'unmarkUnhelpful',
  tag: 'questions',
  summary: 'Take that back',
  method: 'DELETE',
  path: unhelpfulPath,
  params: ofAnswer,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'forbidden', 'conflict', 'gone'],
});

/** At the desk: the redactie saw that an answer did not help and leaves it at that. */
export const seeUnhelpful = defineContract({
  id: 'seeUnhelpful',
  tag: 'desk',
  summary: 'Somebody of the redactie looked at what did not help',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/unhelpful-seen',
  params: ofQuestion,
  query: none,
  body: noBody,
  reply: z.object({ undo: z.string().nullable() }),
  problems: ['not-found', 'conflict'],
});
