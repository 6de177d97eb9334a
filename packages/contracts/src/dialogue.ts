import {
  ANSWER_BODY_MAX,
  ANSWER_BODY_MIN,
  COMMENT_BODY_MAX,
  COMMENT_BODY_MIN,
  HELP_LINES,
  REPLY_FORMATS,
  VOICES,
} from '@wijk/domain/vraagbaak';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { flagBody } from './moderation.ts';
import { instant, noBody, none, noReply, page, questionRef, uuid, wijkSlug } from './shared.ts';

const ofQuestion = { wijk: wijkSlug, question: questionRef };
export const ofAnswer = z.strictObject({ ...ofQuestion, answer: uuid });
export const ofComment = z.strictObject({ ...ofQuestion, comment: uuid });

export const commentView = z.object({
  id: z.string(),
  answerId: z.string(),
  body: z.string(),
  author: z.object({
    /** of the asker only where the question itself shows it; null: "de vragensteller" */
    name: z.string().nullable(),
    title: z.string().nullable(),
    capacity: z.enum(VOICES),
  }),
  at: instant,
  editedAt: instant.nullable(),
  own: z.boolean(),
});
export type CommentView = z.output<typeof commentView>;

/** What every answer has of the dialogue about it. */
export const dialogueOfAnswer = {
  /** how `body` is written; 'markup' is the small markdown of the redactie */
  format: z.enum(REPLY_FORMATS),
  editedAt: instant.nullable(),
  useful: z.object({
    count: z.number().int(),
    /** the reader is among them */
    mine: z.boolean(),
  }),
  comments: z.object({
    total: z.number().int(),
    /** the newest ones, oldest first */
    items: z.array(commentView),
  }),
};

export const commentBody = z
  .string()
  .trim()
  .min(COMMENT_BODY_MIN)
  .max(COMMENT_BODY_MAX, { abort: true });
export const answerBody = z
  .string()
  .trim()
  .min(ANSWER_BODY_MIN)
  .max(ANSWER_BODY_MAX, { abort: true });
/** `editedAt` of the text that one changes, or `at` where it was never changed; another one is a conflict */
const version = instant;

const written = z.object({
  id: z.string(),
  /** waits for the redactie before others see it */
  held: z.boolean(),
  /** where the words tell of acute distress: who to call */
  help: z.array(z.enum(HELP_LINES)),
});

export const addComment = defineContract({
  id: 'addComment',
  tag: 'questions',
  summary: 'Say something about an answer; the asker does so without a name',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/questions/:question/answers/:answer/comments',
  params: ofAnswer,
  query: none,
  body: z.strictObject({ body: commentBody }),
  reply: written,
  status: 201,
  problems: ['not-found', 'conflict', 'too-many', 'gone'],
  idempotent: true,
});

export const listComments = defineContract({
  id: 'listComments',
  tag: 'questions',
  summary: 'Everything that was said about an answer, newest first',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/questions/:question/answers/:answer/comments',
  params: ofAnswer,
  query: page,
  body: noBody,
  reply: z.object({ items: z.array(commentView), nextCursor: z.string().nullable() }),
  problems: ['not-found', 'gone'],
});

export const getComment = defineContract({
  id: 'getComment',
  tag: 'questions',
  summary: 'One comment',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/questions/:question/comments/:comment',
  params: ofComment,
  query: none,
  body: noBody,
  reply: commentView,
  problems: ['not-found', 'gone'],
});

export const editComment = defineContract({
  id: 'editComment',
  tag: 'questions',
  summary: 'Change my comment; what it said before stays readable',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/questions/:question/comments/:comment',
  params: ofComment,
  query: none,
  body: z.strictObject({ body: commentBody, version }),
  reply: written,
  problems: ['not-found', 'conflict', 'forbidden', 'gone'],
});

export const deleteOwnComment = defineContract({
  id: 'deleteOwnComment',
  tag: 'questions',
  summary: 'Take my comment away',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/questions/:question/comments/:comment',
  params: ofComment,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'conflict', 'forbidden', 'gone'],
});

export const editAnswer = defineContract({
  id: 'editAnswer',
  tag: 'questions',
  summary: 'Change my answer; the marks on a neighbour’s answer lapse',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/questions/:question/answers/:answer',
  params: ofAnswer,
  query: none,
  body: z.strictObject({ body: answerBody, version }),
  reply: z.object({
    id: z.string(),
    /** the redactie stood behind it, or it had helped: that was about the former words */
    lapsed: z.boolean(),
  }),
  problems: ['not-found', 'conflict', 'forbidden', 'gone'],
});

const earlier = z.object({
  items: z.array(z.object({ body: z.string(), at: instant })),
});
export const listAnswerTexts = defineContract({
  id: 'listAnswerTexts',
  tag: 'questions',
  summary: 'What an answer said before it was changed, newest first; `at` is until when',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/questions/:question/answers/:answer/texts',
  params: ofAnswer,
  query: none,
  body: noBody,
  reply: earlier,
  problems: ['not-found', 'gone'],
});
export const listCommentTexts = defineContract({
  id: 'listCommentTexts',
  tag: 'questions',
  summary: 'What a comment said before it was changed, newest first; `at` is until when',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/questions/:question/comments/:comment/texts',
  params: ofComment,
  query: none,
  body: noBody,
  reply: earlier,
  problems: ['not-found', 'gone'],
});

const usefulness = (id: string, summary: string, method: 'PUT' | 'DELETE') =>
  defineContract({
    id,
    tag: 'questions',
    summary,
    method,
    path: '/api/v1/wijken/:wijk/questions/:question/answers/:answer/useful',
    params: ofAnswer,
    query: none,
    body: noBody,
    reply: noReply,
    status: 204,
    problems: ['not-found', 'conflict', 'gone'],
  });
export const markUseful = usefulness('markUseful', 'A reader: this is useful', 'PUT');
export const unmarkUseful = usefulness('unmarkUseful', 'Take that back', 'DELETE');

export const flagComment = defineContract({
  id: 'flagComment',
  tag: 'questions',
  summary: 'Tell the redactie that something is wrong with a comment; once per member',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/questions/:question/comments/:comment/flag',
  params: ofComment,
  query: none,
  body: flagBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'too-many', 'conflict'],
});
