import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, none } from './shared.ts';

export const verificationView = z.object({
  id: z.string(),
  at: instant,
  /** name of who pressed; null: by night */
  by: z.string().nullable(),
  ok: z.boolean(),
  entries: z.number().int(),
  blocks: z.number().int(),
  /** what is broken first, in words */
  broken: z.string().nullable(),
  tookMs: z.number().int(),
});
export type VerificationView = z.output<typeof verificationView>;

/** One that somebody pressed for and that has no result yet. */
export const runningVerification = z.object({
  askedAt: instant,
  /** null: it waits for a worker */
  startedAt: instant.nullable(),
  /** name of who pressed first */
  by: z.string(),
});

export const listVerifications = defineContract({
  id: 'listVerifications',
  tag: 'wallet',
  summary: 'The last thirty times that the book was read through, newest first',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury/verifications',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    /** null: none is asked for */
    running: runningVerification.nullable(),
    items: z.array(verificationView),
  }),
});

export const verifyBook = defineContract({
  id: 'verifyBook',
  tag: 'wallet',
  summary: 'Have the whole book read through now; pressed twice it is done once',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/treasury/verifications',
  params: inWijk,
  query: none,
  body: noBody,
  reply: runningVerification,
  status: 202,
});
