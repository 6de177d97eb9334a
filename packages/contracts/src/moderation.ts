import {
  DECISION_KINDS,
  FLAG_REASONS,
  NOTE_MAX,
  QUESTION_BODY_MAX,
  QUESTION_TITLE_MAX,
  QUESTION_TITLE_MIN,
  REMOVAL_REASONS,
} from '@wijk/domain/vraagbaak';
import { z } from 'zod';
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

const done = z.object({ undo: z.string().nullable() });
const version = z.number().int().min(0).optional();
const note = z.string().trim().max(NOTE_MAX, { abort: true }).default('');
const reason = z.enum(REMOVAL_REASONS);
const ofAnswer = z.strictObject({ wijk: wijkSlug, question: questionRef, answer: uuid });

/** What was decided, and why; for its author and for the redactie (V11). */
export const decisionView = z.object({
  id: z.string(),
  kind: z.enum(DECISION_KINDS),
  reason: z.string(),
  message: z.string(),
  automated: z.boolean(),
  at: instant,
  reversed: z.boolean(),
  answerId: z.string().nullable(),
  commentId: z.string().nullable(),
});
export type DecisionView = z.output<typeof decisionView>;

export const appealView = z.object({
  id: z.string(),
  decisionId: z.string(),
  body: z.string(),
  at: instant,
  outcome: z.enum(['upheld', 'overturned']).nullable(),
  reply: z.string(),
});
export type AppealView = z.output<typeof appealView>;

/** Decisions about what I wrote, newest first, for my own page. */
export const listMyDecisions = defineContract({
  id: 'listMyDecisions',
  tag: 'questions',
  summary: 'What was decided about my questions and answers',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/me/decisions',
  params: z.strictObject({ wijk: wijkSlug }),
  query: none,
  body: noBody,
  reply: z.object({
    items: z.array(
      decisionView.extend({ question: z.object({ ref: z.string(), title: z.string() }) }),
    ),
  }),
});

export const flagBody = z.strictObject({ reason: z.enum(FLAG_REASONS), note });

export const flagQuestion = defineContract({
  id: 'flagQuestion',
  tag: 'questions',
  summary: 'Tell the redactie that something is wrong with a question; once per member',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/questions/:question/flag',
  params: ofQuestion,
  query: none,
  body: flagBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'too-many', 'conflict'],
});

export const flagAnswer = defineContract({
  id: 'flagAnswer',
  tag: 'questions',
  summary: 'Tell the redactie that something is wrong with an answer; once per member',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/questions/:question/answers/:answer/flag',
  params: ofAnswer,
  query: none,
  body: flagBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'too-many', 'conflict'],
});

export const dismissFlags = defineContract({
  id: 'dismissFlags',
  tag: 'desk',
  summary: 'Nothing is wrong: the open flags on a question and its answers are laid aside',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/flags',
  params: ofQuestion,
  query: none,
  body: noBody,
  reply: done,
  problems: ['not-found'],
});

const moderation = (id: string, summary: string, last: string) =>
  defineContract({
    id,
    tag: 'desk',
    summary,
    method: 'PUT',
    path: `/api/v1/wijken/:wijk/desk/questions/:question/${last}`,
    params: ofQuestion,
    query: none,
    body: z.strictObject({ reason, message: note, version }),
    reply: done,
    problems: ['not-found', 'conflict', 'invalid'],
  });

export const hideQuestion = moderation(
  'hideQuestion',
  'Take from view for now, with a reason',
  'hiding',
);
export const removeQuestion = moderation(
  'removeQuestion',
  'Remove, with a reason for its author',
  'removal',
);

export const publishQuestion = defineContract({
  id: 'publishQuestion',
  tag: 'desk',
  summary: 'Show what is held, hidden or removed',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/publication',
  params: ofQuestion,
  query: none,
  body: z.strictObject({ message: note, version }),
  reply: done,
  problems: ['not-found', 'conflict'],
});

export const redactQuestion = defineContract({
  id: 'redactQuestion',
  tag: 'desk',
  summary: 'Replace words that should not be there; only the author still sees what was there',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/redaction',
  params: ofQuestion,
  query: none,
  body: z.strictObject({
    title: z.string().trim().min(QUESTION_TITLE_MIN).max(QUESTION_TITLE_MAX, { abort: true }),
    body: z.string().trim().max(QUESTION_BODY_MAX, { abort: true }),
    reason,
    message: note,
    version,
  }),
  reply: done,
  problems: ['not-found', 'conflict', 'invalid'],
});

const answerModeration = (id: string, summary: string, last: string) =>
  defineContract({
    id,
    tag: 'desk',
    summary,
    method: 'PUT',
    path: `/api/v1/wijken/:wijk/desk/questions/:question/answers/:answer/${last}`,
    params: ofAnswer,
    query: none,
    body: z.strictObject({ reason, message: note }),
    reply: done,
    problems: ['not-found', 'conflict', 'invalid'],
  });

export const hideAnswer = answerModeration('hideAnswer', 'Hide an answer for now', 'hiding');
export const removeAnswer = answerModeration(
  'removeAnswer',
  'Remove an answer, with a reason',
  'removal',
);

export const restoreAnswer = defineContract({
  id: 'restoreAnswer',
  tag: 'desk',
  summary: 'Show a hidden or removed answer again',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/answers/:answer/publication',
  params: ofAnswer,
  query: none,
  body: z.strictObject({ message: note }),
  reply: done,
  problems: ['not-found', 'conflict'],
});

/** For the author of the question or answer only: what was decided, with the text as it was. */
export const readStatement = defineContract({
  id: 'readStatement',
  tag: 'questions',
  summary: 'Statement of reasons about something that I wrote, with my own text',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/decisions/:decision',
  params: z.strictObject({ wijk: wijkSlug, decision: uuid }),
  query: none,
  body: noBody,
  reply: z.object({
    decision: decisionView,
    question: z.object({ ref: z.string(), title: z.string() }),
    /** what I wrote, kept for me */
    text: z.object({ title: z.string().nullable(), body: z.string() }),
    appeal: appealView.nullable(),
    mayAppeal: z.boolean(),
  }),
  problems: ['not-found'],
});

export const makeAppeal = defineContract({
  id: 'makeAppeal',
  tag: 'questions',
  summary: 'The author does not agree with a decision; once',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/decisions/:decision/appeal',
  params: z.strictObject({ wijk: wijkSlug, decision: uuid }),
  query: none,
  body: z.strictObject({ body: z.string().trim().min(5).max(2000, { abort: true }) }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'conflict'],
});

export const decideAppeal = defineContract({
  id: 'decideAppeal',
  tag: 'desk',
  summary: 'Decide on an appeal; overturned shows the text again',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/appeals/:appeal',
  params: z.strictObject({ wijk: wijkSlug, question: questionRef, appeal: uuid }),
  query: none,
  body: z.strictObject({ outcome: z.enum(['upheld', 'overturned']), reply: note }),
  reply: done,
  problems: ['not-found', 'conflict'],
});
