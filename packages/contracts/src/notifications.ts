import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, none, noReply, page, wijkSlug } from './shared.ts';

export const NOTICE_KINDS = [
  'answer',
  'assigned',
  'reminder',
  'declined',
  'alert',
  'overdue',
  /** the redactie asks the asker something */
  'asked-back',
  'ask-back-replied',
  'ask-back-expired',
  'edited',
  'duplicate',
  /** something was decided about what the reader wrote */
  'decision',
  'appeal',
  'appeal-decided',
  'flagged',
  'urgent',
  /** an answer did not help the asker */
  'unhelpful',
  /** the question went on to somebody else */
  'passed-on',
  /** the promise to the asker was missed */
  'sorry',
  /** an editor looked up who asked */
  'looked-up',
  /** the redactie proposes a public version of a private question */
  'twin-proposed',
  /** to who proposed it: the asker agreed, declined, or took their consent back */
  'twin-agreed',
  'twin-declined',
  'twin-ended',
  /** to who answered privately: the answer stands in public now, redacted */
  'twin-answer',
  /** somebody said something about an answer */
  'comment',
  /** somebody named the reader */
  'mention',
  'role-given',
  'role-ended',
  /** to who looks after the wijk-credits: their book is not in order */
  'book-broken',
  /** a payment came in */
  'paid',
  /** somebody asks the reader for a payment, or took that back */
  'pay-request',
  'request-withdrawn',
  'request-declined',
  /** a payment of today that was planned could not be made yet */
  'schedule-refused',
  /** nothing came of a date of a planned payment */
  'schedule-given-up',
  /** an order: it waits for the reader, or something came of it */
  'order-requested',
  'order-countered',
  'order-agreed',
  'order-delivered',
  'order-completed',
  /** declined, withdrawn, cancelled, or over by itself */
  'order-ended',
  'order-disputed',
  'order-settled',
  'order-refunded',
  /** the market master took a step for the reader */
  'order-stood-in',
  /** the other side agreed, and the reader has too little */
  'order-short',
  /** to market masters: two sides do not agree */
  'order-to-settle',
  /** to the market master: something waits */
  'listing-review',
  /** to its author: what the market master decided, that it ends soon, that it ended */
  'listing-decided',
  'listing-expiring',
  'listing-ended',
  /** a complaint: it waits for the reader, soon or already too long, something was done, it is over */
  'complaint-asks',
  'complaint-reminder',
  'complaint-overdue',
  'complaint-news',
  'complaint-closed',
  /** hours, or a pledge of them: one waits for the reader, or the other side decided */
  'hours-to-confirm',
  'hours-decided',
  'pledge-proposed',
  'pledge-decided',
  /** both sides of an order said how it went */
  'review-shown',
  /** the market master took a review away: to who wrote it, and to whom it was about */
  'review-removed',
  /** to market masters: somebody points at a review */
  'review-flagged',
  /** somebody wrote to the reader; their words stand in the conversation alone */
  'message',
  /** to market masters: somebody asks them to read a conversation */
  'message-reported',
  /** to both sides: what the market master did about it */
  'message-judged',
  /** to its author, and to who acts for the welfare organisation: nobody took a request */
  'handed-over',
  'handover-received',
  /** to curators: an app waits */
  'app-waiting',
  /** to its author: what curators decided, that it left the lists */
  'app-decided',
  'app-away',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export const listNotices = defineContract({
  id: 'listNotices',
  tag: 'notifications',
  summary: 'What I was told, newest first',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/notices',
  params: inWijk,
  query: page,
  body: noBody,
  reply: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(NOTICE_KINDS),
        at: instant,
        read: z.boolean(),
        /** of a duplicate the question that stands in its place; null where there is none to show */
        question: z.object({ ref: z.string(), slug: z.string(), title: z.string() }).nullable(),
        /** the notice is about work at the desk */
        desk: z.boolean(),
        /** the decision to read, for its author */
        decision: z.string().nullable(),
        /** the role that was given or ended */
        role: z.string().nullable(),
        /** the payment that it tells of, and the code of a request */
        payment: z.string().nullable(),
        payRequest: z.string().nullable(),
        /** the planned payment that it is about */
        schedule: z.string().nullable(),
        /** the order that it is about */
        order: z.string().nullable(),
        /** reference of the listing that it is about */
        listing: z.string().nullable(),
        /** reference of the conversation that it is about */
        conversation: z.string().nullable(),
        /** reference of the complaint that it is about */
        complaint: z.string().nullable(),
        /** the organisation whose hours it is about */
        organisation: z.string().nullable(),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
});

export const readNotices = defineContract({
  id: 'readNotices',
  tag: 'notifications',
  summary: 'Mark all my notices as read',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/notices/read',
  params: inWijk,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
});

/** Kinds of mail that may be refused (RFC 8058). Codes, invitations and statements may not. */
export const MAIL_CATEGORIES = [
  'own-question',
  'followed',
  'assignments',
  'desk',
  // links in mails that were sent hold the place in this list: new ones come last
  'dialogue',
  'wallet',
  'market',
] as const;
export type MailCategory = (typeof MAIL_CATEGORIES)[number];

const category = z.enum(MAIL_CATEGORIES);
/** Everything that is wanted; what is left out of `categories` is refused. */
const wanted = z.strictObject({ wanted: z.array(category).max(MAIL_CATEGORIES.length) });
const choices = z.array(z.object({ category, wanted: z.boolean() }));

export const readMailChoices = defineContract({
  id: 'readMailChoices',
  tag: 'notifications',
  summary: 'Which mail I want',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/mail-choices',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({ choices }),
});

export const changeMailChoices = defineContract({
  id: 'changeMailChoices',
  tag: 'notifications',
  summary: 'Say which mail I want',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/mail-choices',
  params: inWijk,
  query: none,
  body: wanted,
  reply: noReply,
  status: 204,
});

const byToken = z.strictObject({ wijk: wijkSlug, token: z.string().max(120, { abort: true }) });

/** From the link in a mail, without signing in. Names nobody. */
export const readUnsubscribe = defineContract({
  id: 'readUnsubscribe',
  tag: 'notifications',
  summary: 'What the unsubscribe link of a mail is about, and what is wanted now',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/unsubscribe/:token',
  params: byToken,
  query: none,
  body: noBody,
  reply: z.object({
    /** what the mail with this link belongs to */
    category,
    /** 'asker': it is about one question, and reaches nothing else of whoever asked */
    audience: z.enum(['member', 'asker']),
    choices,
  }),
  problems: ['not-found'],
});

export const changeUnsubscribe = defineContract({
  id: 'changeUnsubscribe',
  tag: 'notifications',
  summary: 'Say by the link of a mail which mail is wanted',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/unsubscribe/:token',
  params: byToken,
  query: none,
  body: wanted,
  reply: noReply,
  status: 204,
  problems: ['not-found'],
});
