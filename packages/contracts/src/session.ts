import { ROLES } from '@wijk/domain/identity';
import { z } from 'zod';
import { defineContract } from './define.ts';
import {
  email,
  instant,
  inWijk,
  noBody,
  none,
  noReply,
  themeView,
  uuid,
  wijkSlug,
} from './shared.ts';

export const wijkView = z.object({
  slug: z.string(),
  name: z.string(),
  /** the one right address of its site, without a slash at the end */
  site: z.string(),
  timeZone: z.string(),
  themes: z.array(themeView),
  /** the content is invented: pages say so, and the mailbox page exists */
  demonstration: z.boolean(),
  /** name of the accent colour, and the sentence under the name ('' for none) */
  accent: z.string(),
  motto: z.string(),
  /** false while it is being set up: only its admins see it */
  open: z.boolean(),
  /** the promise in whole hours, for "binnen 24 uur een antwoord" */
  promiseHours: z.number(),
});
export type WijkView = z.output<typeof wijkView>;

export const actorView = z.object({
  name: z.string(),
  email: z.string(),
  roles: z.array(z.enum(ROLES)),
  /** what the pages may offer; the API decides again */
  abilities: z.array(z.string()),
});
export type ActorView = z.output<typeof actorView>;

export const getContext = defineContract({
  id: 'getContext',
  tag: 'session',
  summary: 'The wijk, and who is looking at it',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/context',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    wijk: wijkView,
    /** null for a visitor */
    actor: actorView.nullable(),
    /** a platform admin who is no member here: what they may do to set the wijk up */
    platform: z.object({ name: z.string(), abilities: z.array(z.string()) }).nullable(),
    unread: z.number().int(),
  }),
  problems: ['not-found'],
});

/** Always the same reply and the same work, whether the address is known or not (no enumeration). */
export const requestCode = defineContract({
  id: 'requestCode',
  tag: 'session',
  summary: 'Mail a sign-in code',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/sign-in-codes',
  params: inWijk,
  query: none,
  body: z.strictObject({ email }),
  reply: z.object({ challenge: z.string(), expiresAt: instant }),
  status: 202,
  problems: ['not-found', 'too-many'],
});

/** With `challenge` on the device that asked, or with `email` on another one. */
export const signIn = defineContract({
  id: 'signIn',
  tag: 'session',
  summary: 'Sign in with the mailed code; posts the question that was waiting for it',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/sessions',
  params: inWijk,
  query: none,
  body: z.strictObject({
    challenge: uuid.optional(),
    email: email.optional(),
    code: z
      .string()
      .trim()
      .min(1)
      .max(12, { abort: true })
      .transform((code) => code.replace(/\s/g, ''))
      .pipe(z.string().regex(/^\d{6}$/)),
  }),
  reply: z.object({
    actor: actorView,
    /** the person has no name yet: the page asks for it next */
    needsName: z.boolean(),
    /** the guest's question, posted by this very request */
    question: z.object({ ref: z.string(), slug: z.string() }).nullable(),
  }),
  status: 201,
  problems: ['not-found', 'gone', 'too-many', 'conflict'],
});

export const signOut = defineContract({
  id: 'signOut',
  tag: 'session',
  summary: 'End this session and its sockets',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/sessions/current',
  params: inWijk,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
});

export const listSessions = defineContract({
  id: 'listSessions',
  tag: 'session',
  summary: 'The devices on which I am signed in',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/sessions',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        device: z.string(),
        createdAt: instant,
        lastSeenAt: instant,
        current: z.boolean(),
      }),
    ),
  }),
});

export const endSession = defineContract({
  id: 'endSession',
  tag: 'session',
  summary: 'End one of my sessions',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/sessions/:session',
  params: z.strictObject({
    wijk: wijkSlug,
    session: z
      .string()
      .max(16, { abort: true })
      .regex(/^[0-9a-f]{16}$/),
  }),
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found'],
});

export const changeMyName = defineContract({
  id: 'changeMyName',
  tag: 'session',
  summary: 'Set the name that others see',
  method: 'PATCH',
  path: '/api/v1/wijken/:wijk/me',
  params: inWijk,
  query: none,
  body: z.strictObject({ name: z.string().max(200, { abort: true }) }),
  reply: actorView,
});
