import { NOTE_MAX, QUESTION_TITLE_MAX, QUESTION_TITLE_MIN } from '@wijk/domain/vraagbaak';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, noBody, none, noReply, ofQuestion, questionRef } from './shared.ts';

/** Every change at the desk can be undone for a while with the reply's `undo`. */
const done = z.object({ undo: z.string().nullable() });

/** The version that the editor looked at; when given, a change by another meanwhile is a conflict. */
const version = z.number().int().min(0).optional();
const message = z.string().trim().max(NOTE_MAX, { abort: true });
const title = z.string().trim().min(QUESTION_TITLE_MIN).max(QUESTION_TITLE_MAX, { abort: true });
const theme = z
  .string()
  .max(40, { abort: true })
  .regex(/^[a-z0-9-]+$/);

export const askBack = defineContract({
  id: 'askBack',
  tag: 'desk',
  summary: 'Ask the asker something; the promise pauses until the reply, at most seven days',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/ask-back',
  params: ofQuestion,
  query: none,
  body: z.strictObject({ body: message.min(2), version }),
  reply: done,
  problems: ['not-found', 'conflict', 'invalid'],
});

export const replyToAskBack = defineContract({
  id: 'replyToAskBack',
  tag: 'questions',
  summary: 'The asker replies to the redactie; the promise runs again',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/questions/:question/ask-back/reply',
  params: ofQuestion,
  query: none,
  body: z.strictObject({ body: z.string().trim().min(1).max(2000, { abort: true }) }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'forbidden', 'conflict', 'gone'],
});

export const editQuestion = defineContract({
  id: 'editQuestion',
  tag: 'desk',
  summary: 'Change title or theme; what was there is kept',
  method: 'PATCH',
  path: '/api/v1/wijken/:wijk/desk/questions/:question',
  params: ofQuestion,
  query: none,
  body: z.strictObject({ title, theme, version }),
  reply: done,
  problems: ['not-found', 'conflict', 'invalid'],
});

export const markDuplicate = defineContract({
  id: 'markDuplicate',
  tag: 'desk',
  summary: 'Another question stands in its place; followers and promise go along',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/duplicate',
  params: ofQuestion,
  query: none,
  body: z.strictObject({ original: questionRef, version }),
  reply: done,
  problems: ['not-found', 'conflict', 'invalid'],
});

/** Candidates for `markDuplicate`: questions of the same wijk whose title is like these words. */
export const findOriginals = defineContract({
  id: 'findOriginals',
  tag: 'desk',
  summary: 'Questions that this one may be a duplicate of',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/originals',
  params: ofQuestion,
  query: z.strictObject({ q: z.string().trim().max(120, { abort: true }).default('') }),
  body: noBody,
  reply: z.object({
    items: z.array(
      z.object({
        ref: z.string(),
        slug: z.string(),
        title: z.string(),
        askedAt: instant,
        status: z.string(),
        answerCount: z.number().int(),
      }),
    ),
  }),
  problems: ['not-found'],
});

export const seeUrgent = defineContract({
  id: 'seeUrgent',
  tag: 'desk',
  summary: 'I saw to the distress in this question; it goes back to its place in the queue',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/urgent-seen',
  params: ofQuestion,
  query: none,
  body: noBody,
  reply: done,
  problems: ['not-found', 'conflict'],
});
