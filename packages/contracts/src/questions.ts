import {
  ANSWER_BODY_MAX,
  ANSWER_BODY_MIN,
  CAPACITIES,
  HELP_LINES,
  MODERATIONS,
  PROMISE_STATES,
  QUESTION_STATUSES,
  VISIBILITIES,
} from '@wijk/domain/vraagbaak';
import { z } from 'zod';
import { askedHealth, askedText, withConsent } from './asked.ts';
import { defineContract } from './define.ts';
import { dialogueOfAnswer } from './dialogue.ts';
import { decisionView } from './moderation.ts';
import { claimedPhotos, photoView } from './photos.ts';
import {
  email,
  instant,
  inWijk,
  linkToken,
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

export const promiseView = z.object({
  state: z.enum(PROMISE_STATES),
  startedAt: instant,
  dueAt: instant,
  keptAt: instant.nullable(),
});
export type PromiseView = z.output<typeof promiseView>;

export const questionSummary = z.object({
  ref: z.string(),
  slug: z.string(),
  title: z.string(),
  /** the first words of the text, for lists */
  excerpt: z.string(),
  theme: themeView,
  /** null: readers see "een buurtgenoot" */
  askedBy: z.string().nullable(),
  askedAt: instant,
  status: z.enum(QUESTION_STATUSES),
  visibility: z.enum(VISIBILITIES),
  /** 'shown' in every list but that of one's own questions and the desk */
  moderation: z.enum(MODERATIONS),
  answerCount: z.number().int(),
  /** neighbours who said that it is their question too; the asker is not among them */
  meToo: z.number().int(),
  promise: promiseView,
});
export type QuestionSummary = z.output<typeof questionSummary>;

export const answerView = z.object({
  id: z.string(),
  body: z.string(),
  author: z.object({
    name: z.string(),
    /** function or organisation, as frozen at the time of answering */
    title: z.string().nullable(),
    capacity: z.enum(CAPACITIES),
  }),
  at: instant,
  endorsed: z.boolean(),
  helpful: z.boolean(),
  own: z.boolean(),
  /** what its asker missed; for the asker, its author and the redactie */
  unhelpful: z.object({ note: z.string(), at: instant }).nullable(),
  ...dialogueOfAnswer,
});
export type AnswerView = z.output<typeof answerView>;

export const questionPage = questionSummary.extend({
  body: z.string(),
  /** it tells of somebody's health: no search engine and no feed gets it (V13) */
  health: z.boolean(),
  photos: z.array(photoView),
  answers: z.array(answerView),
  /** search engines, feeds and previews may have it (V13) */
  openToReaders: z.boolean(),
  /** the clock waits for the asker until then at most, and the latest promised moment after it */
  waiting: z.object({ until: instant, dueAt: instant }).nullable(),
  /** for the asker, where the words tell of acute distress: who to call (V11) */
  help: z.array(z.enum(HELP_LINES)),
  /** what keeps something that the reader wrote here from view or changed it, newest first */
  decisions: z.array(decisionView),
  /** the question that stands in its place; null also where the reader may not see that one */
  duplicateOf: z.object({ ref: z.string(), slug: z.string(), title: z.string() }).nullable(),
  /** for the asker alone: how their question stands to be changed */
  own: z
    .object({
      mayEdit: z.boolean(),
      /** last change of the text by anyone; what an edit is compared with */
      editedAt: instant.nullable(),
      /** words were taken out: a change of the text is read by the redactie first */
      readFirst: z.boolean(),
      /** since when the consent about health stands */
      consentAt: instant.nullable(),
    })
    .nullable(),
  viewer: z.object({
    isAsker: z.boolean(),
    follows: z.boolean(),
    /** said that it is their question too */
    meToo: z.boolean(),
    mayMeToo: z.boolean(),
    mayAnswer: z.boolean(),
    mayWithdraw: z.boolean(),
    /** may mark answers as helpful */
    mayThank: z.boolean(),
    mayEndorse: z.boolean(),
    /** for the asker alone: what the redactie wants to know of them now */
    askBack: z.object({ body: z.string(), at: instant }).nullable(),
    /** may tell the redactie that something is wrong */
    mayFlag: z.boolean(),
    mayComment: z.boolean(),
    /** may find answers useful; the asker has `mayThank` */
    mayFindUseful: z.boolean(),
    /** what they write is read as the small markdown of the redactie */
    writesMarkup: z.boolean(),
  }),
});
export type QuestionPage = z.output<typeof questionPage>;

const theme = askedText.theme;
const answerBody = z.string().trim().min(ANSWER_BODY_MIN).max(ANSWER_BODY_MAX, { abort: true });
const visibility = z.enum(VISIBILITIES).default('public');

export const listQuestions = defineContract({
  id: 'listQuestions',
  tag: 'questions',
  summary: 'Visible questions, newest first',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/questions',
  params: inWijk,
  query: page.extend({
    theme: theme.optional(),
    /** `mine`: the questions that I asked */
    show: z.enum(['all', 'open', 'answered', 'mine']).default('all'),
  }),
  body: noBody,
  reply: z.object({ items: z.array(questionSummary), nextCursor: z.string().nullable() }),
  problems: ['not-found', 'unauthenticated'],
});

export const getQuestion = defineContract({
  id: 'getQuestion',
  tag: 'questions',
  summary: 'One question with its answers and its promise',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/questions/:question',
  params: ofQuestion,
  query: none,
  body: noBody,
  reply: questionPage,
  problems: ['not-found', 'gone'],
});

const asked = z.object({
  ref: z.string(),
  slug: z.string(),
  promise: promiseView,
  /** waits for the redactie before others see it; the promise runs */
  held: z.boolean(),
  help: z.array(z.enum(HELP_LINES)),
});

/** What the form itself saw: a field that people do not see, and the seconds until it was sent. */
const form = z
  .strictObject({
    trap: z.string().max(500, { abort: true }).default(''),
    seconds: z.number().int().min(0).nullable().default(null),
  })
  .optional();

export const askQuestion = defineContract({
  id: 'askQuestion',
  tag: 'questions',
  summary: 'Ask a question; the promise starts',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/questions',
  params: inWijk,
  query: none,
  body: withConsent(
    z.strictObject({ ...askedText, ...askedHealth, visibility, photos: claimedPhotos, form }),
  ),
  reply: asked,
  status: 201,
  problems: ['not-found', 'conflict', 'too-many'],
  idempotent: true,
});

/** Keeps the question for 24 hours and mails a code; `signIn` with that code posts it. */
export const askAsGuest = defineContract({
  id: 'askAsGuest',
  tag: 'questions',
  summary: 'Ask without being signed in',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/question-drafts',
  params: inWijk,
  query: none,
  body: withConsent(
    z.strictObject({
      ...askedText,
      ...askedHealth,
      visibility,
      photos: claimedPhotos,
      name: z.string().trim().min(2).max(80, { abort: true }),
      email,
      form,
    }),
  ),
  reply: z.object({
    challenge: z.string(),
    expiresAt: instant,
    /** before the code is even typed: who to call */
    help: z.array(z.enum(HELP_LINES)),
  }),
  status: 202,
  problems: ['not-found', 'too-many'],
  idempotent: true,
});

export const withdrawQuestion = defineContract({
  id: 'withdrawQuestion',
  tag: 'questions',
  summary: 'Take my question back',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/questions/:question',
  params: ofQuestion,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'forbidden', 'conflict'],
});

export const answerQuestion = defineContract({
  id: 'answerQuestion',
  tag: 'questions',
  summary: 'Answer, in the capacity that I hold',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/questions/:question/answers',
  params: ofQuestion,
  query: none,
  body: z.strictObject({ body: answerBody }),
  reply: z.object({ id: z.string(), undo: z.string().nullable() }),
  status: 201,
  problems: ['not-found', 'conflict', 'too-many', 'gone'],
  idempotent: true,
});

const ofAnswer = z.strictObject({ wijk: wijkSlug, question: questionRef, answer: uuid });

const mark = (id: string, summary: string, method: 'PUT' | 'DELETE', last: string) =>
  defineContract({
    id,
    tag: 'questions',
    summary,
    method,
    path: `/api/v1/wijken/:wijk/questions/:question/answers/:answer/${last}`,
    params: ofAnswer,
    query: none,
    body: noBody,
    reply: noReply,
    status: 204,
    problems: ['not-found', 'forbidden', 'conflict'],
  });

export const markHelpful = mark('markHelpful', 'The asker: this helped me', 'PUT', 'helpful');
export const unmarkHelpful = mark('unmarkHelpful', 'Take that back', 'DELETE', 'helpful');
const endorsement = (id: string, summary: string, method: 'PUT' | 'DELETE') =>
  defineContract({
    id,
    tag: 'questions',
    summary,
    method,
    path: '/api/v1/wijken/:wijk/questions/:question/answers/:answer/endorsement',
    params: ofAnswer,
    query: none,
    body: noBody,
    reply: z.object({
      /** takes it back for a while; null when nothing changed */
      undo: z.string().nullable(),
      /** who did it before, when it was done already */
      before: z.string().nullable(),
    }),
    problems: ['not-found', 'forbidden', 'conflict'],
  });
export const endorseAnswer = endorsement('endorseAnswer', 'The redactie stands behind it', 'PUT');
export const unendorseAnswer = endorsement('unendorseAnswer', 'Take that back', 'DELETE');

const following = (id: string, summary: string, method: 'PUT' | 'DELETE') =>
  defineContract({
    id,
    tag: 'questions',
    summary,
    method,
    path: '/api/v1/wijken/:wijk/questions/:question/follow',
    params: ofQuestion,
    query: none,
    body: noBody,
    reply: noReply,
    status: 204,
    problems: ['not-found'],
  });

export const followQuestion = following('followQuestion', 'Tell me about answers', 'PUT');
export const unfollowQuestion = following('unfollowQuestion', 'No longer tell me', 'DELETE');

/** The token is in the path of a page that a mail links to; the log shows the route, never the token. */
export const ofLink = z.strictObject({ wijk: wijkSlug, token: linkToken });

export const readAnswerLink = defineContract({
  id: 'readAnswerLink',
  tag: 'questions',
  summary: 'What an expert was asked; changes nothing',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/answer-links/:token',
  params: ofLink,
  query: none,
  body: noBody,
  reply: z.object({
    expert: z.object({ name: z.string(), title: z.string().nullable() }),
    note: z.string().nullable(),
    expiresAt: instant,
    question: questionSummary.extend({
      body: z.string(),
      photos: z.array(photoView),
      answers: z.array(answerView),
    }),
    /** what the redactie asked the asker meanwhile, with the reply; never on a public page */
    replies: z.array(z.object({ body: z.string(), reply: z.string(), at: instant })),
  }),
  problems: ['not-found', 'gone'],
});

export const answerByLink = defineContract({
  id: 'answerByLink',
  tag: 'questions',
  summary: 'Answer by the link in the mail, without signing in',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/answer-links/:token/answers',
  params: ofLink,
  query: none,
  body: z.strictObject({ body: answerBody }),
  reply: z.object({ ref: z.string(), slug: z.string() }),
  status: 201,
  problems: ['not-found', 'gone', 'conflict'],
  idempotent: true,
});

export const DECLINE_REASONS = ['not-my-field', 'no-time', 'know-someone'] as const;

export const declineByLink = defineContract({
  id: 'declineByLink',
  tag: 'questions',
  summary: 'Give the question back to the redactie',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/answer-links/:token/decline',
  params: ofLink,
  query: none,
  body: z.strictObject({
    reason: z.enum(DECLINE_REASONS),
    note: z.string().trim().max(500, { abort: true }).default(''),
  }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'gone'],
});

export const SCORE_WEEKS_MAX = 52;

const scoreCounts = {
  /** withdrawn or removed before the end of its term: not counted */
  asked: z.number().int(),
  kept: z.number().int(),
  missed: z.number().int(),
  /** term not over yet, and no answer that counts */
  running: z.number().int(),
  /** within which half of those whose term ended, or who were answered, had a reputed answer */
  medianMinutes: z.number().nullable(),
  /** half or more had none within the term, so there is no such moment */
  medianBeyondTerm: z.boolean(),
  /** found an answer while they were about to ask, in the week that they did */
  deflected: z.number().int(),
};

export const getScore = defineContract({
  id: 'getScore',
  tag: 'questions',
  summary: 'The public score: promise kept, by week and theme',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/score',
  params: inWijk,
  query: z.strictObject({
    theme: z
      .string()
      .max(40, { abort: true })
      .regex(/^[a-z0-9-]+$/)
      .optional(),
    /** this week and the ones before it */
    weeks: z.coerce.number().int().min(1).max(SCORE_WEEKS_MAX).default(8),
  }),
  body: noBody,
  reply: z.object({
    /** of the theme that was asked for, or of all */
    openNow: z.number().int(),
    overdueNow: z.number().int(),
    theme: themeView.nullable(),
    /** all weeks together */
    total: z.object(scoreCounts),
    /** every week, also those in which nothing was asked, oldest first */
    weeks: z.array(
      z.object({
        year: z.number().int(),
        week: z.number().int(),
        /** the Monday, as a date in the wijk's time zone */
        startsOn: z.string(),
        ...scoreCounts,
        /** the week is over and so is the term of every question in it: it never changes any more */
        final: z.boolean(),
      }),
    ),
    /** all themes, whichever was asked for */
    themes: z.array(z.object({ theme: themeView, ...scoreCounts })),
  }),
  problems: ['not-found', 'invalid'],
});
