import {
  ANSWER_BODY_MAX,
  ANSWER_BODY_MIN,
  CAPACITIES,
  QUESTION_BODY_MAX,
  QUESTION_TITLE_MAX,
  QUESTION_TITLE_MIN,
  VISIBILITIES,
} from '@wijk/domain/vraagbaak';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, page } from './shared.ts';

/** First line of a file of questions: what it is, in which version. */
export const EXCHANGE_FORMAT = 'vraagbaak-questions';
export const EXCHANGE_VERSION = 1;
/** Longer lines are refused unread; the longest that is right takes a fraction of it. */
export const EXCHANGE_LINE_MAX = 100_000;

/** Text that arrives as it was written: a sign that could not be read is no text. */
const written = (min: number, max: number) =>
  z
    .string()
    .min(min)
    .max(max, { abort: true })
    .refine((text) => text.isWellFormed() && !/[\0\uFFFD]/.test(text), 'characters');
const id = written(1, 100);
const moment = z.iso.datetime({ offset: true });

export const exchangeHeader = z.strictObject({
  type: z.literal('header'),
  format: z.literal(EXCHANGE_FORMAT),
  version: z.literal(EXCHANGE_VERSION),
  /** slug of the wijk that it came from */
  wijk: written(1, 100).optional(),
  exportedAt: moment.optional(),
  /** 'all': the archive of a wijk, with what is private or held */
  scope: z.enum(['public', 'all']).optional(),
});

export const exchangeQuestion = z.strictObject({
  type: z.literal('question'),
  /** of the source; the same one later is the same question */
  id,
  title: written(QUESTION_TITLE_MIN, QUESTION_TITLE_MAX),
  body: written(0, QUESTION_BODY_MAX),
  /** slug of a theme of the wijk */
  theme: written(1, 40),
  visibility: z.enum(VISIBILITIES),
  /** as readers see it; null: "een buurtgenoot" */
  askedBy: written(1, 80).nullable(),
  askedAt: moment,
  /** it tells of somebody's health */
  health: z.boolean().default(false),
});

export const exchangeAnswer = z.strictObject({
  type: z.literal('answer'),
  id,
  /** id of its question, in this file or imported before from the same source */
  question: id,
  body: written(ANSWER_BODY_MIN, ANSWER_BODY_MAX),
  format: z.enum(['text', 'markup']).default('text'),
  author: z.strictObject({
    name: written(1, 80),
    title: written(1, 120).nullable().default(null),
    capacity: z.enum(CAPACITIES),
  }),
  at: moment,
  /** since when the redactie stands behind it */
  endorsedAt: moment.nullable().default(null),
  /** since when it helped the asker */
  helpfulAt: moment.nullable().default(null),
});

export const exchangeLine = z.discriminatedUnion('type', [
  exchangeHeader,
  exchangeQuestion,
  exchangeAnswer,
]);
export type ExchangeHeader = z.output<typeof exchangeHeader>;
export type ExchangeQuestion = z.output<typeof exchangeQuestion>;
export type ExchangeAnswer = z.output<typeof exchangeAnswer>;
export type ExchangeLine = z.output<typeof exchangeLine>;

/** Name of where it comes from: one for each other system, always the same. */
export const sourceName = z
  .string()
  .max(40, { abort: true })
  .regex(/^[a-z0-9][a-z0-9-]*$/);

export const importReport = z.object({
  dryRun: z.boolean(),
  lines: z.number().int(),
  questions: z.number().int(),
  answers: z.number().int(),
  /** were there already, the same */
  known: z.number().int(),
  /** how many lines were refused; `refused` holds the first of them */
  refusedCount: z.number().int(),
  refused: z.array(
    z.object({
      line: z.number().int(),
      /** name of the field, '' for the whole line */
      field: z.string(),
      code: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
  /** the file could not be read on from here: nothing after it was looked at */
  stopped: z.boolean(),
});
export type ImportReport = z.output<typeof importReport>;

export const IMPORT_TEXT_MAX = 450_000;

export const importQuestions = defineContract({
  id: 'importQuestions',
  tag: 'admin',
  summary: 'Take in questions and answers from elsewhere, as JSON Lines; again changes nothing',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/question-imports',
  params: inWijk,
  query: z.strictObject({}),
  body: z.strictObject({
    source: sourceName,
    text: z.string().min(1).max(IMPORT_TEXT_MAX, { abort: true }),
    /** only say what would happen */
    dryRun: z.boolean(),
  }),
  reply: importReport,
  problems: ['not-found', 'too-many'],
});

export const exportQuestions = defineContract({
  id: 'exportQuestions',
  tag: 'admin',
  summary: 'Questions that everybody sees and their answers, as lines of an export, oldest first',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/question-exports',
  params: inWijk,
  query: z.strictObject({ cursor: page.shape.cursor }),
  body: noBody,
  reply: z.object({
    exportedAt: instant,
    /** each a line of the file; the first page begins with its header */
    lines: z.array(z.string()),
    nextCursor: z.string().nullable(),
  }),
  problems: ['not-found'],
});
