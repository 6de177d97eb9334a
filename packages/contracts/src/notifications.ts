import { NOTICE_KINDS } from '@wijk/domain/notifications';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, none, noReply, page, wijkSlug } from './shared.ts';

export { NOTICE_KINDS, type NoticeKind } from '@wijk/domain/notifications';

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
        /** reference of the series that it is about */
        series: z.string().nullable(),
        /** reference of the listing that it is about */
        listing: z.string().nullable(),
        /** reference of the conversation that it is about */
        conversation: z.string().nullable(),
        /** the provider that it is about: 'm-<id>' or 'o-<id>' */
        provider: z.string().nullable(),
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
