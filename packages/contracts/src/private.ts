import {
  ANSWER_BODY_MAX,
  ANSWER_BODY_MIN,
  CAPACITIES,
  LOOK_NOTE_MAX,
  LOOK_REASONS,
  QUESTION_BODY_MAX,
  QUESTION_TITLE_MAX,
  QUESTION_TITLE_MIN,
  TWIN_MESSAGE_MAX,
  VISIBILITIES,
} from '@wijk/domain/vraagbaak';
import { z } from 'zod';
import { defineContract } from './define.ts';
import {
  instant,
  inWijk,
  noBody,
  none,
  noReply,
  ofQuestion,
  page,
  questionRef,
  themeView,
  uuid,
  wijkSlug,
} from './shared.ts';

/** Names that stay hidden (V3): who asked, and public versions of private questions. */

const reason = z.enum(LOOK_REASONS);

export const lookUpAsker = defineContract({
  id: 'lookUpAsker',
  tag: 'desk',
  summary: 'Who asked; the look is kept, and the asker and who supervises read it',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/asker-looks',
  params: ofQuestion,
  query: none,
  body: z.strictObject({
    reason,
    /** needed with 'other'; the asker reads it */
    note: z.string().trim().max(LOOK_NOTE_MAX, { abort: true }).default(''),
  }),
  /** null: they left, and nothing of them is kept. Never stored and never sent again. */
  reply: z.object({ asker: z.object({ name: z.string(), email: z.string() }).nullable() }),
  status: 201,
  problems: ['not-found', 'conflict', 'invalid', 'too-many'],
});

export const listAskerLooks = defineContract({
  id: 'listAskerLooks',
  tag: 'desk',
  summary: 'Who looked up who asked, when and why, newest first; never whom they found',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/asker-looks',
  params: inWijk,
  query: page,
  body: noBody,
  reply: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        at: instant,
        by: z.string(),
        reason,
        note: z.string(),
        question: z.object({ ref: z.string(), visibility: z.enum(VISIBILITIES) }),
        /** looks by the same editor in the day up to and with this one */
        withinADay: z.number().int(),
        /** more than is usual */
        many: z.boolean(),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
});

const twinAuthor = z.object({
  name: z.string(),
  title: z.string().nullable(),
  capacity: z.enum(CAPACITIES),
});

/** A public version as its asker and the redactie read it: exactly what is or would be public. */
const twinText = {
  id: z.string(),
  title: z.string(),
  body: z.string(),
  theme: themeView,
  answer: z.object({ body: z.string(), author: twinAuthor }).nullable(),
  message: z.string(),
  proposedAt: instant,
};

const publicQuestion = z.object({ ref: z.string(), slug: z.string(), title: z.string() });

export const readTwins = defineContract({
  id: 'readTwins',
  tag: 'desk',
  summary: 'Public versions of a private question, or the private question of a public version',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/twins',
  params: ofQuestion,
  query: none,
  body: noBody,
  reply: z.object({
    /** what may be proposed now; null when nothing may */
    start: z
      .object({
        title: z.string(),
        body: z.string(),
        theme: z.string(),
        answers: z.array(z.object({ id: z.string(), body: z.string(), author: twinAuthor })),
      })
      .nullable(),
    items: z.array(
      z.object({
        ...twinText,
        by: z.string(),
        decision: z.enum(['agreed', 'declined', 'taken-back']).nullable(),
        decidedAt: instant.nullable(),
        endedAt: instant.nullable(),
        public: publicQuestion.nullable(),
      }),
    ),
    /** of a public version: the private question that it came of */
    origin: publicQuestion.nullable(),
  }),
  problems: ['not-found'],
});

export const proposeTwin = defineContract({
  id: 'proposeTwin',
  tag: 'desk',
  summary: 'Propose a redacted public version to who asked privately',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/twins',
  params: ofQuestion,
  query: none,
  body: z.strictObject({
    title: z.string().trim().min(QUESTION_TITLE_MIN).max(QUESTION_TITLE_MAX, { abort: true }),
    body: z.string().trim().max(QUESTION_BODY_MAX, { abort: true }).default(''),
    theme: z
      .string()
      .max(40, { abort: true })
      .regex(/^[a-z0-9-]+$/),
    answer: z
      .strictObject({
        id: uuid,
        body: z.string().trim().min(ANSWER_BODY_MIN).max(ANSWER_BODY_MAX, { abort: true }),
      })
      .nullable()
      .default(null),
    message: z.string().trim().max(TWIN_MESSAGE_MAX, { abort: true }).default(''),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
  problems: ['not-found', 'conflict', 'invalid'],
});

const ofTwin = z.strictObject({ wijk: wijkSlug, question: questionRef, twin: uuid });

export const takeTwinBack = defineContract({
  id: 'takeTwinBack',
  tag: 'desk',
  summary: 'The redactie takes a proposal back that still waits',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/twins/:twin',
  params: ofTwin,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'conflict'],
});

export const readOwnSide = defineContract({
  id: 'readOwnSide',
  tag: 'questions',
  summary: 'For who asked: who looked them up, and public versions of the question',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/questions/:question/own-side',
  params: ofQuestion,
  query: none,
  body: noBody,
  reply: z.object({
    question: publicQuestion.extend({ visibility: z.enum(VISIBILITIES) }),
    looks: z.array(
      z.object({ id: z.string(), at: instant, by: z.string(), reason, note: z.string() }),
    ),
    /** waits for a decision */
    proposal: z.object(twinText).nullable(),
    /** what was agreed to */
    published: z
      .object({
        id: z.string(),
        agreedAt: instant,
        /** consent taken back: it is gone */
        endedAt: instant.nullable(),
        question: publicQuestion,
      })
      .nullable(),
    /** this is a public version of that private question */
    origin: publicQuestion.nullable(),
    /** of the words to agree to; goes along with the agreement */
    consent: z.object({ version: z.string() }),
  }),
  problems: ['not-found', 'forbidden'],
});

export const decideTwin = defineContract({
  id: 'decideTwin',
  tag: 'questions',
  summary: 'Who asked agrees to a public version, or does not',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/questions/:question/twins/:twin/decision',
  params: ofTwin,
  query: none,
  body: z.discriminatedUnion('agree', [
    z.strictObject({
      agree: z.literal(true),
      /** of the words that were read, and the language that they were read in */
      version: z.string().max(40, { abort: true }),
      locale: z.enum(['nl', 'en']),
    }),
    z.strictObject({ agree: z.literal(false) }),
  ]),
  reply: z.object({ public: publicQuestion.nullable() }),
  problems: ['not-found', 'forbidden', 'conflict'],
});

export const withdrawTwinConsent = defineContract({
  id: 'withdrawTwinConsent',
  tag: 'questions',
  summary: 'Take the consent back: the public version is gone at once',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/questions/:question/twins/:twin/consent',
  params: ofTwin,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'forbidden'],
});
