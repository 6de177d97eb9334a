import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, noBody, none, uuid } from './shared.ts';

/** These operations exist in demonstration mode only. */
const mail = z.object({ id: z.string(), to: z.string(), subject: z.string(), at: instant });

export const listMail = defineContract({
  id: 'listMail',
  tag: 'demonstration',
  summary: 'Mail that the demonstration sent, newest first',
  method: 'GET',
  path: '/api/v1/demonstration/mail',
  params: none,
  query: z.strictObject({
    to: z.string().max(254, { abort: true }).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  body: noBody,
  reply: z.object({ items: z.array(mail) }),
});

export const readMail = defineContract({
  id: 'readMail',
  tag: 'demonstration',
  summary: 'One mail as it was received by SMTP',
  method: 'GET',
  path: '/api/v1/demonstration/mail/:mail',
  params: z.strictObject({ mail: uuid }),
  query: none,
  body: noBody,
  reply: mail.extend({
    text: z.string(),
    /** link targets found in the text, in order */
    headers: z.array(z.object({ name: z.string(), value: z.string() })),
  }),
  problems: ['not-found'],
});

export const listAccounts = defineContract({
  id: 'listAccounts',
  tag: 'demonstration',
  summary: 'The demonstration accounts, one or more of every role',
  method: 'GET',
  path: '/api/v1/demonstration/accounts',
  params: none,
  query: none,
  body: noBody,
  reply: z.object({
    items: z.array(
      z.object({
        wijk: z.string(),
        name: z.string(),
        email: z.string(),
        roles: z.array(z.string()),
        about: z.string(),
      }),
    ),
  }),
});
