import { CAPACITIES, QUESTION_BODY_MAX } from '@wijk/domain/vraagbaak';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { promiseView, questionSummary } from './questions.ts';
import { inWijk, noBody, none, noReply, ofQuestion, page, themeView, uuid } from './shared.ts';

/** From here on a text says enough to look for others like it (V2). */
export const SIMILAR_MIN = 12;
const SEARCH_MIN = 2;
const SEARCH_MAX = 200;

const theme = z
  .string()
  .max(40, { abort: true })
  .regex(/^[a-z0-9-]+$/);

/** The first lines of an answer, as text. */
const answerExcerpt = z.object({
  id: z.string(),
  excerpt: z.string(),
  author: z.object({ name: z.string(), capacity: z.enum(CAPACITIES) }),
  /** by somebody reputed, with the redactie behind it, or the asker found it helpful */
  approved: z.boolean(),
});
export type AnswerExcerpt = z.output<typeof answerExcerpt>;

export const searchQuestions = defineContract({
  id: 'searchQuestions',
  tag: 'questions',
  summary: 'Questions that fit these words, best first',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/search',
  params: inWijk,
  query: page.extend({
    q: z.string().trim().min(SEARCH_MIN).max(SEARCH_MAX, { abort: true }),
    theme: theme.optional(),
    limit: z.coerce.number().int().min(1).max(50).default(10),
  }),
  body: noBody,
  reply: z.object({
    items: z.array(questionSummary.extend({ answer: answerExcerpt.nullable() })),
    /** counted up to a limit of the engine's own */
    total: z.number().int(),
    /** there are at least as many as `total` says */
    totalIsCapped: z.boolean(),
    /** the words that were looked for, where a typing error was mended */
    corrected: z.string().nullable(),
    nextCursor: z.string().nullable(),
  }),
  problems: ['not-found', 'invalid'],
});

const similarItem = z.object({
  ref: z.string(),
  slug: z.string(),
  title: z.string(),
  theme: themeView,
  /** the answer that counts, or null where there is none yet */
  answer: answerExcerpt.nullable(),
  answerCount: z.number().int(),
  meToo: z.number().int(),
  promise: promiseView,
});
export type SimilarItem = z.output<typeof similarItem>;

/** A POST, so that what somebody writes about themselves stands in no address and no log. */
export const similarQuestions = defineContract({
  id: 'similarQuestions',
  tag: 'questions',
  summary: 'Questions that ask the same as one that is being written; keeps nothing of it',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/similar',
  params: inWijk,
  query: none,
  body: z.strictObject({
    title: z.string().trim().min(SIMILAR_MIN).max(SEARCH_MAX, { abort: true }),
    body: z.string().trim().max(QUESTION_BODY_MAX, { abort: true }).default(''),
  }),
  reply: z.object({
    items: z.array(similarItem),
    /** what the question seems to be about; null when nothing says so */
    theme: themeView.extend({ confidence: z.number() }).nullable(),
  }),
  problems: ['not-found', 'invalid', 'too-many'],
});

export const relatedQuestions = defineContract({
  id: 'relatedQuestions',
  tag: 'questions',
  summary: 'Public questions that are like this public one, at most three',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/questions/:question/related',
  params: ofQuestion,
  query: none,
  body: noBody,
  reply: z.object({
    items: z.array(z.object({ ref: z.string(), slug: z.string(), title: z.string() })),
  }),
  problems: ['not-found'],
});

/** Counts, and holds nobody. The same key counts once. */
export const deflect = defineContract({
  id: 'deflect',
  tag: 'questions',
  summary: 'This answers the question that I was about to ask',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/questions/:question/deflections',
  params: ofQuestion,
  query: none,
  body: noBody,
  reply: z.object({ counted: z.boolean() }),
  status: 201,
  problems: ['not-found', 'gone', 'conflict', 'too-many'],
  idempotent: true,
});

const asking = (id: string, summary: string, method: 'PUT' | 'DELETE') =>
  defineContract({
    id,
    tag: 'questions',
    summary,
    method,
    path: '/api/v1/wijken/:wijk/questions/:question/me-too',
    params: ofQuestion,
    query: none,
    body: noBody,
    reply: z.object({ count: z.number().int() }),
    problems: ['not-found', 'gone', 'conflict'],
  });

export const meToo = asking('meToo', 'This is my question too; I follow it from now on', 'PUT');
export const notMeToo = asking('notMeToo', 'Take that back', 'DELETE');

/** How many words a set holds, and how long each may be. */
export const SYNONYMS_MIN = 2;
export const SYNONYMS_MAX = 20;
const word = z
  .string()
  .trim()
  .min(2)
  .max(60, { abort: true })
  // letters, digits, and what joins them; nothing that a search would read as something else
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} .'’-]*$/u);

const synonymSet = z.object({
  id: z.string(),
  /** words that mean the same, as they were typed */
  words: z.array(z.string()),
  version: z.number().int(),
  /** who changed it last; null: it came with the wijk */
  changedBy: z.string().nullable(),
});
export type SynonymSet = z.output<typeof synonymSet>;

const words = z.array(word).min(SYNONYMS_MIN).max(SYNONYMS_MAX);

export const listSynonyms = defineContract({
  id: 'listSynonyms',
  tag: 'desk',
  summary: 'Words that the search of this wijk takes for the same',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/desk/synonyms',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({ items: z.array(synonymSet) }),
});

export const addSynonyms = defineContract({
  id: 'addSynonyms',
  tag: 'desk',
  summary: 'The search takes these words for the same from now on',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/desk/synonyms',
  params: inWijk,
  query: none,
  body: z.strictObject({ words }),
  reply: synonymSet,
  status: 201,
  problems: ['invalid', 'conflict'],
  idempotent: true,
});

const ofSynonyms = inWijk.extend({ synonyms: uuid });

export const changeSynonyms = defineContract({
  id: 'changeSynonyms',
  tag: 'desk',
  summary: 'Change such a set; refused when another changed it meanwhile',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/desk/synonyms/:synonyms',
  params: ofSynonyms,
  query: none,
  body: z.strictObject({ words, version: z.number().int().min(1) }),
  reply: synonymSet,
  problems: ['not-found', 'conflict', 'invalid'],
});

export const removeSynonyms = defineContract({
  id: 'removeSynonyms',
  tag: 'desk',
  summary: 'The search no longer takes these words for the same',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/desk/synonyms/:synonyms',
  params: ofSynonyms,
  query: z.strictObject({ version: z.coerce.number().int().min(1) }),
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'conflict'],
});
