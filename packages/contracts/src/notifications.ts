import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, none, noReply, page } from './shared.ts';

export const NOTICE_KINDS = [
  'answer',
  'assigned',
  'reminder',
  'declined',
  'alert',
  'overdue',
] as const;

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
        question: z.object({ ref: z.string(), slug: z.string(), title: z.string() }),
        /** the notice is about work at the desk */
        desk: z.boolean(),
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
