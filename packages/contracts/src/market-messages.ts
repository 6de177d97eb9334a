import { CONTACT_KINDS, MESSAGE_MAX, REPORT_REASONS } from '@wijk/domain/market';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { orderField, orderParty } from './market-order-views.ts';
import { instant, inWijk, noBody, none, noReply, questionRef, uuid, wijkSlug } from './shared.ts';

/*
 * What two neighbours write to each other about a listing or an order (M6). Plain text, for the two alone. Telephone
 * numbers, mail addresses and full addresses are held back from the other side until both agreed to an order.
 */

const ref = questionRef;
const ofConversation = z.strictObject({ wijk: wijkSlug, conversation: ref });
const body = z.string().trim().min(1).max(MESSAGE_MAX, { abort: true });
const reason = z.enum(REPORT_REASONS);
const about = z.object({ ref, slug: z.string(), title: z.string() });

/** A piece of a text. Of a detail that is held back the text is empty. */
const part = z.object({ text: z.string(), kind: z.enum(CONTACT_KINDS).nullable() });

export const messageView = z.object({
  nr: z.number().int(),
  own: z.boolean(),
  /** who wrote it; null: somebody who was erased */
  name: z.string().nullable(),
  parts: z.array(part),
  at: instant,
});
export type MessageView = z.output<typeof messageView>;

export const conversationView = z.object({
  /** null: nothing was written yet */
  ref: ref.nullable(),
  listing: about,
  /** the other side */
  party: orderParty,
  /** both agreed to something: details pass */
  agreed: z.boolean(),
  /** the newest two hundred */
  messages: z.array(messageView),
  /** how far the reader had read before */
  readNr: z.number().int(),
  /** an open request of the reader to the market master, and what was done about earlier ones */
  reported: z.boolean(),
  outcomes: z.array(z.object({ outcome: z.string(), at: instant })),
  /** when a market master read this conversation */
  looks: z.array(instant),
});
export type ConversationView = z.output<typeof conversationView>;

const sent = z.object({ ref, nr: z.number().int() });

/** Where something is written to the other side: exactly one of the two. */
const place = z.strictObject({ listing: ref.optional(), order: orderField.ref.optional() });

export const findConversation = defineContract({
  id: 'findConversation',
  tag: 'market',
  summary: 'What I and the author of a listing, or the other side of an order, wrote to each other',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/conversation',
  params: inWijk,
  query: place,
  body: noBody,
  reply: conversationView,
  problems: ['invalid', 'not-found', 'conflict', 'gone', 'forbidden'],
});

export const writeMessage = defineContract({
  id: 'writeMessage',
  tag: 'market',
  summary:
    'Write to the author of a listing or the other side of an order; the same key does so once',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/messages',
  params: inWijk,
  query: none,
  body: place.extend({ conversation: ref.optional(), body }),
  reply: sent,
  status: 201,
  problems: ['invalid', 'not-found', 'conflict', 'gone', 'forbidden'],
  idempotent: true,
});

export const listConversations = defineContract({
  id: 'listConversations',
  tag: 'market',
  summary: 'With whom I write, the newest first',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/conversations',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    items: z.array(
      z.object({
        ref,
        listing: about,
        party: orderParty,
        unread: z.number().int(),
        lastAt: instant,
      }),
    ),
  }),
});

export const readConversation = defineContract({
  id: 'readConversation',
  tag: 'market',
  summary: 'One conversation of mine',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/conversations/:conversation',
  params: ofConversation,
  query: none,
  body: noBody,
  reply: conversationView,
  problems: ['not-found'],
});

export const markConversationRead = defineContract({
  id: 'markConversationRead',
  tag: 'market',
  summary: 'Note how far I read; the other side is not told',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/market/conversations/:conversation/read',
  params: ofConversation,
  query: none,
  body: z.strictObject({ nr: z.number().int().min(0) }),
  reply: noReply,
  status: 204,
  problems: ['invalid', 'not-found'],
});

export const reportConversation = defineContract({
  id: 'reportConversation',
  tag: 'market',
  summary: 'Ask the market master to read a conversation of mine',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/market/conversations/:conversation/report',
  params: ofConversation,
  query: none,
  body: z.strictObject({
    reason,
    note: z.string().trim().max(MESSAGE_MAX, { abort: true }).default(''),
  }),
  reply: noReply,
  status: 204,
  problems: ['invalid', 'not-found'],
});

const OF_MASTER = '/api/v1/wijken/:wijk/market/master/reports';
const ofReport = z.strictObject({ wijk: wijkSlug, report: uuid });
const reportView = z.object({
  id: z.string(),
  /** who asks, and the other side */
  by: orderParty,
  other: orderParty,
  reason,
  note: z.string(),
  at: instant,
  /** the market master is at one of the sides: another one looks */
  own: z.boolean(),
});

export const listReports = defineContract({
  id: 'listReports',
  tag: 'market',
  summary: 'Conversations that a side asked the market master to read, without their words',
  method: 'GET',
  path: OF_MASTER,
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({ items: z.array(reportView) }),
});

export const lookAtConversation = defineContract({
  id: 'lookAtConversation',
  tag: 'market',
  summary: 'Read a reported conversation; both sides see that and when it was read',
  method: 'POST',
  path: `${OF_MASTER}/:report/look`,
  params: ofReport,
  query: none,
  body: noBody,
  reply: z.object({
    report: reportView,
    listing: about,
    messages: z.array(
      z.object({
        nr: z.number().int(),
        side: z.enum(['by', 'other']),
        name: z.string().nullable(),
        body: z.string(),
        at: instant,
      }),
    ),
  }),
  problems: ['not-found', 'forbidden', 'gone'],
});

export const closeReport = defineContract({
  id: 'closeReport',
  tag: 'market',
  summary:
    'Say what was done about a report; both sides read it, and the conversation is theirs again',
  method: 'PUT',
  path: `${OF_MASTER}/:report`,
  params: ofReport,
  query: none,
  body: z.strictObject({ outcome: body }),
  reply: noReply,
  status: 204,
  problems: ['invalid', 'not-found', 'forbidden', 'gone'],
});
