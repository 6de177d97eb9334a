import { z } from 'zod';
import { defineContract } from './define.ts';
import { answerView, questionSummary } from './questions.ts';
import {
  instant,
  inWijk,
  noBody,
  none,
  noReply,
  ofQuestion,
  page,
  uuid,
  wijkSlug,
} from './shared.ts';

export const DESK_FILTERS = [
  'open',
  'new',
  'mine',
  'assigned',
  'to-check',
  'overdue',
  'answered',
] as const;

export const deskItem = questionSummary.extend({
  /** share of the term that is used, 0 to 1 and above when late; for the bar */
  used: z.number(),
  claim: z.object({ name: z.string(), mine: z.boolean(), until: instant }).nullable(),
  assignee: z
    .object({
      membershipId: z.string(),
      name: z.string(),
      title: z.string().nullable(),
      since: instant,
    })
    .nullable(),
  /** answered by a neighbour only: someone of the redactie should look */
  toCheck: z.boolean(),
});
export type DeskItem = z.output<typeof deskItem>;

export const deskCounts = z.object(
  Object.fromEntries(DESK_FILTERS.map((f) => [f, z.number().int()])) as Record<
    (typeof DESK_FILTERS)[number],
    z.ZodNumber
  >,
);

export const listDesk = defineContract({
  id: 'listDesk',
  tag: 'desk',
  summary: 'The queue of the redactie, least time left first',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/desk/questions',
  params: inWijk,
  query: page.extend({ filter: z.enum(DESK_FILTERS).default('open') }),
  body: noBody,
  reply: z.object({
    items: z.array(deskItem),
    counts: deskCounts,
    nextCursor: z.string().nullable(),
  }),
});

export const expertView = z.object({
  membershipId: z.string(),
  name: z.string(),
  title: z.string().nullable(),
  themes: z.array(z.string()),
  /** questions assigned to this person now */
  openQuestions: z.number().int(),
  /** knows the theme of the question */
  fits: z.boolean(),
});

export const readDesk = defineContract({
  id: 'readDesk',
  tag: 'desk',
  summary: 'One question in the reading pane',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/desk/questions/:question',
  params: ofQuestion,
  query: none,
  body: noBody,
  reply: z.object({
    item: deskItem,
    body: z.string(),
    answers: z.array(answerView),
    experts: z.array(expertView),
    history: z.array(
      z.object({
        at: instant,
        kind: z.string(),
        who: z.string().nullable(),
        whom: z.string().nullable(),
      }),
    ),
  }),
  problems: ['not-found'],
});

/** Every change at the desk can be undone for a while with the reply's `undo`. */
const done = z.object({ undo: z.string().nullable() });

export const claimQuestion = defineContract({
  id: 'claimQuestion',
  tag: 'desk',
  summary: 'I take this one; others see it for fifteen minutes',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/claim',
  params: ofQuestion,
  query: none,
  body: noBody,
  reply: done,
  problems: ['not-found', 'conflict'],
});

export const releaseQuestion = defineContract({
  id: 'releaseQuestion',
  tag: 'desk',
  summary: 'I let it go',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/claim',
  params: ofQuestion,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'conflict'],
});

export const assignQuestion = defineContract({
  id: 'assignQuestion',
  tag: 'desk',
  summary: 'Ask an expert to answer; they get a mail with a link',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/assignment',
  params: ofQuestion,
  query: none,
  body: z.strictObject({
    expert: uuid,
    note: z.string().trim().max(500, { abort: true }).default(''),
  }),
  reply: done,
  problems: ['not-found', 'conflict', 'invalid'],
});

export const undoAction = defineContract({
  id: 'undoAction',
  tag: 'desk',
  summary: 'Undo my own action, within ten minutes and while nothing came after it',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/desk/actions/:action/undo',
  params: z.strictObject({ wijk: wijkSlug, action: uuid }),
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'conflict', 'gone'],
});
