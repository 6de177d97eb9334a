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
