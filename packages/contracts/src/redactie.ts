import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, none, noReply, uuid, wijkSlug } from './shared.ts';

const theme = z
  .string()
  .max(40, { abort: true })
  .regex(/^[a-z0-9-]+$/);

const savedAnswer = z.object({
  id: z.string(),
  title: z.string(),
  body: z.string(),
  use: z.enum(['answer', 'ask-back', 'removal']),
  theme: z.string().nullable(),
  version: z.number().int(),
});
export type SavedAnswer = z.output<typeof savedAnswer>;

const savedAnswerBody = {
  title: z.string().trim().min(2).max(80, { abort: true }),
  /** `{{naam}}`, `{{wijk}}` and `{{redacteur}}` are filled in at the desk */
  body: z.string().trim().min(2).max(4000, { abort: true }),
  use: z.enum(['answer', 'ask-back', 'removal']).default('answer'),
  theme: theme.nullable().default(null),
};

export const listSavedAnswers = defineContract({
  id: 'listSavedAnswers',
  tag: 'desk',
  summary: 'Texts that the redactie uses again',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/desk/saved-answers',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({ items: z.array(savedAnswer) }),
});

export const createSavedAnswer = defineContract({
  id: 'createSavedAnswer',
  tag: 'desk',
  summary: 'Keep a text',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/desk/saved-answers',
  params: inWijk,
  query: none,
  body: z.strictObject(savedAnswerBody),
  reply: savedAnswer,
  status: 201,
  problems: ['invalid'],
  idempotent: true,
});

const ofSavedAnswer = z.strictObject({ wijk: wijkSlug, saved: uuid });

export const changeSavedAnswer = defineContract({
  id: 'changeSavedAnswer',
  tag: 'desk',
  summary: 'Change a kept text; refused when another changed it meanwhile',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/desk/saved-answers/:saved',
  params: ofSavedAnswer,
  query: none,
  body: z.strictObject({ ...savedAnswerBody, version: z.number().int().min(1) }),
  reply: savedAnswer,
  problems: ['not-found', 'conflict', 'invalid'],
});

export const deleteSavedAnswer = defineContract({
  id: 'deleteSavedAnswer',
  tag: 'desk',
  summary: 'Throw a kept text away',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/desk/saved-answers/:saved',
  params: ofSavedAnswer,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found'],
});

const localDate = z
  .string()
  .max(10, { abort: true })
  .regex(/^\d{4}-\d{2}-\d{2}$/);

export const readRoster = defineContract({
  id: 'readRoster',
  tag: 'desk',
  summary: 'Who has the duty, by day, from today (or `from`) for three weeks',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/desk/roster',
  params: inWijk,
  query: z.strictObject({ from: localDate.optional() }),
  body: noBody,
  reply: z.object({
    /** today in the wijk's time zone */
    today: z.string(),
    days: z.array(
      z.object({
        date: z.string(),
        people: z.array(
          z.object({
            membershipId: z.string(),
            name: z.string(),
            mine: z.boolean(),
            startedAt: instant.nullable(),
            endedAt: instant.nullable(),
          }),
        ),
      }),
    ),
    editors: z.array(z.object({ membershipId: z.string(), name: z.string(), mine: z.boolean() })),
  }),
});

const ofDuty = z.strictObject({ wijk: wijkSlug, date: localDate, member: uuid });
const duty = (id: string, summary: string, method: 'PUT' | 'DELETE') =>
  defineContract({
    id,
    tag: 'desk',
    summary,
    method,
    path: '/api/v1/wijken/:wijk/desk/roster/:date/:member',
    params: ofDuty,
    query: none,
    body: noBody,
    reply: noReply,
    status: 204,
    problems: ['not-found', 'invalid', 'conflict'],
  });
export const planDuty = duty('planDuty', 'Put an editor on the roster', 'PUT');
export const unplanDuty = duty('unplanDuty', 'Take an editor off the roster', 'DELETE');

export const startDuty = defineContract({
  id: 'startDuty',
  tag: 'desk',
  summary: 'My duty of today begins, or begins again',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/desk/duty',
  params: inWijk,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
});

export const endDuty = defineContract({
  id: 'endDuty',
  tag: 'desk',
  summary: 'My duty of today is over',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/desk/duty',
  params: inWijk,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
});

/** Everything that was done at the desk, newest first. */
export const readDeskLog = defineContract({
  id: 'readDeskLog',
  tag: 'desk',
  summary: 'The audit log of the desk',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/desk/log',
  params: inWijk,
  query: z.strictObject({
    cursor: z
      .string()
      .max(200, { abort: true })
      .regex(/^[A-Za-z0-9_-]+$/)
      .optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  body: noBody,
  reply: z.object({
    items: z.array(
      z.object({
        at: instant,
        kind: z.string(),
        who: z.string().nullable(),
        undone: z.boolean(),
        question: z.object({ ref: z.string(), title: z.string() }),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
});
