import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, none, noReply } from './shared.ts';

const moderationNumbers = {
  autoHideAt: z.number(),
  questionsPerDay: z.number(),
  answersPerHour: z.number(),
  holdLinksFrom: z.number(),
};
const phrases = z.array(z.string().max(300, { abort: true })).max(1000, { abort: true });

export const readModerationSetup = defineContract({
  id: 'readModerationSetup',
  tag: 'admin',
  summary: 'What the wijk agreed about moderation, and its lists of words',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/admin/setup/moderation',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    version: z.number().int(),
    firstQuestion: z.enum(['publish', 'hold']),
    ...moderationNumbers,
    distress: z.array(z.string()),
    hold: z.array(z.string()),
  }),
});

export const changeModeration = defineContract({
  id: 'changeModeration',
  tag: 'admin',
  summary: 'A new version of what the wijk agreed about moderation, from now or a chosen moment on',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/admin/setup/moderation',
  params: inWijk,
  query: none,
  body: z.strictObject({
    firstQuestion: z.enum(['publish', 'hold']),
    ...moderationNumbers,
    validFrom: instant.optional(),
  }),
  reply: z.object({ version: z.number().int() }),
  status: 201,
  problems: ['invalid'],
});

export const changeWords = defineContract({
  id: 'changeWords',
  tag: 'admin',
  summary: 'Words of distress, and words that hold a text; what is left out stays',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/admin/setup/words',
  params: inWijk,
  query: none,
  body: z.strictObject({ distress: phrases.optional(), hold: phrases.optional() }),
  reply: noReply,
  status: 204,
  problems: ['invalid'],
});
