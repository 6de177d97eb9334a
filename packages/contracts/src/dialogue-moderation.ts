import { NOTE_MAX, REMOVAL_REASONS } from '@wijk/domain/vraagbaak';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { answerBody, commentBody, ofAnswer, ofComment } from './dialogue.ts';
import { none } from './shared.ts';

const done = z.object({ undo: z.string().nullable() });
const message = z.string().trim().max(NOTE_MAX, { abort: true }).default('');
const reason = z.enum(REMOVAL_REASONS);

const takedown = (id: string, summary: string, last: string) =>
  defineContract({
    id,
    tag: 'desk',
    summary,
    method: 'PUT',
    path: `/api/v1/wijken/:wijk/desk/questions/:question/comments/:comment/${last}`,
    params: ofComment,
    query: none,
    body: z.strictObject({ reason, message }),
    reply: done,
    problems: ['not-found', 'conflict', 'invalid'],
  });
export const hideComment = takedown('hideComment', 'Hide a comment for now', 'hiding');
export const removeComment = takedown(
  'removeComment',
  'Remove a comment, with a reason',
  'removal',
);

export const restoreComment = defineContract({
  id: 'restoreComment',
  tag: 'desk',
  summary: 'Show a held, hidden or removed comment',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/comments/:comment/publication',
  params: ofComment,
  query: none,
  body: z.strictObject({ message }),
  reply: done,
  problems: ['not-found', 'conflict'],
});

export const redactComment = defineContract({
  id: 'redactComment',
  tag: 'desk',
  summary: 'Replace words of a comment; only its author still sees what was there',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/comments/:comment/redaction',
  params: ofComment,
  query: none,
  body: z.strictObject({ body: commentBody, reason, message }),
  reply: done,
  problems: ['not-found', 'conflict', 'invalid'],
});

export const redactAnswer = defineContract({
  id: 'redactAnswer',
  tag: 'desk',
  summary: 'Replace words of an answer; only its author still sees what was there',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/answers/:answer/redaction',
  params: ofAnswer,
  query: none,
  body: z.strictObject({ body: answerBody, reason, message }),
  reply: done,
  problems: ['not-found', 'conflict', 'invalid'],
});
