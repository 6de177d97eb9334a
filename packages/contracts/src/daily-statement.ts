import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody } from './shared.ts';

export const ACCOUNT_KINDS = [
  'member',
  'organisation',
  'lot',
  'programme',
  'escrow',
  'fund',
  'issuance',
] as const;

/** A date in the wijk, as '2026-12-01'. */
export const calendarDay = z.string().max(10, { abort: true }).pipe(z.iso.date());

const minor = z.number().int();

export const getDailyStatement = defineContract({
  id: 'getDailyStatement',
  tag: 'wallet',
  summary: 'The public daily statement of the book of wijk-credits, of a day or the last',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/daily-statement',
  params: inWijk,
  query: z.strictObject({ day: calendarDay.optional() }),
  body: noBody,
  reply: z.object({
    /** how the wijk calls its credits, and the sign before an amount */
    unit: z.object({ plural: z.string(), symbol: z.string() }),
    /** null: there is none yet */
    statement: z
      .object({
        day: z.string(),
        /** number of the last block then; 0: nothing was sealed */
        height: z.number().int(),
        /** its hash, hexadecimal; whoever keeps it can tell later whether anything was changed */
        head: z.string(),
        /** at the end of the day, in minor units; together they are zero. null: too few to show */
        totals: z
          .array(
            z.object({
              /** several where there are few of one */
              kinds: z.array(z.enum(ACCOUNT_KINDS)),
              accounts: z.number().int(),
              balance: minor,
              reserved: minor,
            }),
          )
          .nullable(),
        /** of the day; null: fewer than five */
        payments: z.number().int().nullable(),
        volume: minor.nullable(),
        madeAt: instant,
      })
      .nullable(),
    /** days that have one */
    previous: z.string().nullable(),
    next: z.string().nullable(),
  }),
  problems: ['not-found', 'invalid'],
});
