import { z } from 'zod';
import { defineContract } from './define.ts';
import { commentView } from './dialogue.ts';
import { appealView, decisionView } from './moderation.ts';
import { photoView } from './photos.ts';
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
  /** paused: the asker was asked something */
  'waiting',
  'to-check',
  'overdue',
  /** distress, held, hidden, flagged, appealed, or a mail that was refused */
  'attention',
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
  /** asked by the editor who looks: they are warned and cannot keep its promise */
  own: z.boolean(),
  /** while the asker is asked something: when the pause ends by itself */
  waitingUntil: instant.nullable(),
  /** of the asker and not looked at yet: the text was changed, an answer did not help */
  byAsker: z.object({ edited: z.boolean(), unhelpful: z.boolean() }),
  attention: z.object({
    urgent: z.boolean(),
    held: z.boolean(),
    hidden: z.boolean(),
    flagged: z.boolean(),
    appealed: z.boolean(),
    mailRefused: z.boolean(),
  }),
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
  query: page.extend({
    filter: z.enum(DESK_FILTERS).default('open'),
    theme: z
      .string()
      .max(40, { abort: true })
      .regex(/^[a-z0-9-]+$/)
      .optional(),
  }),
  body: noBody,
  reply: z.object({
    items: z.array(deskItem),
    counts: deskCounts,
    /** promises whose time is up before the day is over in the wijk, and not yet late */
    dueToday: z.number().int(),
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
    /** what an action on what one saw hands along; a change by another meanwhile is then refused */
    version: z.number().int(),
    body: z.string(),
    photos: z.array(photoView),
    /** hidden ones too, which readers don't see; so with the comments under them */
    answers: z.array(
      answerView.extend({
        hidden: z.boolean(),
        comments: z.object({
          total: z.number().int(),
          items: z.array(commentView.extend({ hidden: z.boolean() })),
        }),
      }),
    ),
    askBacks: z.array(
      z.object({
        id: z.string(),
        by: z.string().nullable(),
        at: instant,
        body: z.string(),
        reply: z.string().nullable(),
        endedAt: instant.nullable(),
        endReason: z.string().nullable(),
      }),
    ),
    flags: z.array(
      z.object({
        id: z.string(),
        answerId: z.string().nullable(),
        commentId: z.string().nullable(),
        reason: z.string(),
        note: z.string(),
        at: instant,
      }),
    ),
    decisions: z.array(decisionView),
    appeals: z.array(appealView),
    /** what stood there before; the texts of redacted ones are left out */
    revisions: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        by: z.string().nullable(),
        at: instant,
        title: z.string().nullable(),
        theme: z.string().nullable(),
        /** of a change by the asker, and where no words were taken out since */
        body: z.string().nullable(),
      }),
    ),
    duplicateOf: z.object({ ref: z.string(), slug: z.string(), title: z.string() }).nullable(),
    duplicates: z.array(z.object({ ref: z.string(), title: z.string() })),
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
    /** what the editor looked at; when given, a change by another meanwhile is a conflict */
    version: z.number().int().min(0).optional(),
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
