import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, none, noReply, uuid, wijkSlug } from './shared.ts';

export const getJobs = defineContract({
  id: 'getJobs',
  tag: 'operation',
  summary: 'Work that waits, is late or gave up',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/admin/jobs',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    queues: z.array(
      z.object({
        name: z.enum(['events', 'mail', 'promise-steps']),
        waiting: z.number().int(),
        dead: z.number().int(),
        /** due moment of the oldest that waits */
        oldestDueAt: instant.nullable(),
      }),
    ),
    search: z.object({
      engine: z.enum(['postgres', 'meilisearch']),
      /** false: it is away or slow, and the database searches */
      available: z.boolean(),
      /** changes that an engine outside of the database does not know yet */
      waiting: z.number().int(),
      /** moment of the oldest of these */
      behindSince: instant.nullable(),
    }),
    deadLetters: z.array(
      z.object({
        id: z.string(),
        queue: z.enum(['events', 'mail']),
        what: z.string(),
        attempts: z.number().int(),
        /** without personal data */
        error: z.string(),
        at: instant,
      }),
    ),
  }),
});

export const retryDeadLetter = defineContract({
  id: 'retryDeadLetter',
  tag: 'operation',
  summary: 'Try a dead letter once more',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/admin/dead-letters/:letter/retry',
  params: z.strictObject({ wijk: wijkSlug, letter: uuid }),
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found'],
});

export const retryDeadLetters = defineContract({
  id: 'retryDeadLetters',
  tag: 'operation',
  summary: 'Try every dead letter of the wijk once more',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/admin/dead-letters/retry',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({ count: z.number().int() }),
});

export const discardDeadLetter = defineContract({
  id: 'discardDeadLetter',
  tag: 'operation',
  summary: 'Throw a dead letter away: it is never done',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/admin/dead-letters/:letter',
  params: z.strictObject({ wijk: wijkSlug, letter: uuid }),
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found'],
});

export const sendTestMail = defineContract({
  id: 'sendTestMail',
  tag: 'admin',
  summary: 'Send a mail to my own address right now, and tell what the mail server said',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/admin/test-mail',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    outcome: z.enum(['accepted', 'refused', 'unreachable', 'timed-out', 'sign-in', 'none']),
    /** the server's own words without addresses, or '' */
    said: z.string(),
    /** host and port that were tried, without name and password */
    server: z.string(),
    to: z.string(),
    ms: z.number().int(),
  }),
  problems: ['too-many'],
});

export const getLiveness = defineContract({
  id: 'getLiveness',
  tag: 'operation',
  summary: 'The process turns; asks nothing of the database',
  method: 'GET',
  path: '/api/v1/health/live',
  params: none,
  query: none,
  body: noBody,
  reply: z.object({ status: z.literal('ok') }),
});

export const getReadiness = defineContract({
  id: 'getReadiness',
  tag: 'operation',
  summary: 'Ready to serve: database reachable, not stopping',
  method: 'GET',
  path: '/api/v1/health/ready',
  params: none,
  query: none,
  body: noBody,
  reply: z.object({ status: z.literal('ok') }),
  problems: ['unavailable'],
});
