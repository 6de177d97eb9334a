import { AMOUNT_MAX, SCHEDULE_EVERY } from '@wijk/domain/wallet';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, none, noReply, uuid } from './shared.ts';
import { creditUnit, day, minorUnits, walletParty } from './wallet.ts';
import { MEMO_MAX, payTo } from './wallet-pay.ts';

/** Payments that are planned for a date (W6). Amounts are whole minor units; dates are days of the wijk. */

export const scheduleView = z.object({
  id: z.string(),
  payee: walletParty,
  amount: minorUnits,
  /** for payer and payee alone */
  memo: z.string().nullable(),
  every: z.enum(SCHEDULE_EVERY),
  startsOn: day,
  endsOn: day.nullable(),
  /** the next date; null: it ended or was stopped */
  nextOn: day.nullable(),
  /** the date is today, was refused, and is tried again then */
  triedAgainAt: instant.nullable(),
  stoppedAt: instant.nullable(),
  /** code of the last refusal, while no date after it was paid */
  lastRefusal: z.string().nullable(),
});
export type ScheduleView = z.output<typeof scheduleView>;

const ofSchedule = inWijk.extend({ schedule: uuid });
/** An organisation that the actor manages; left out: their own wallet. */
const ofWhom = z.strictObject({ organisation: uuid.optional() });

export const listSchedules = defineContract({
  id: 'listSchedules',
  tag: 'wallet',
  summary: 'Payments that I planned: those that go on by their next date, then those that ended',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/wallet/schedules',
  params: inWijk,
  query: ofWhom,
  body: noBody,
  reply: z.object({ unit: creditUnit, items: z.array(scheduleView) }),
  problems: ['forbidden'],
});

export const readSchedule = defineContract({
  id: 'readSchedule',
  tag: 'wallet',
  summary: 'One planned payment, with what came of its last dates',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/wallet/schedules/:schedule',
  params: ofSchedule,
  query: none,
  body: noBody,
  reply: scheduleView.extend({
    unit: creditUnit,
    /** the organisation that pays; null: the reader */
    organisation: z.object({ id: z.string(), name: z.string() }).nullable(),
    runs: z.array(
      z.object({
        date: day,
        outcome: z.enum(['paid', 'refused', 'missed']),
        refusal: z.string().nullable(),
        payment: z.string().nullable(),
        at: instant,
      }),
    ),
  }),
  problems: ['not-found'],
});

export const makeSchedule = defineContract({
  id: 'makeSchedule',
  tag: 'wallet',
  summary: 'Plan a payment, once or again and again; the same key plans once',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/wallet/schedules',
  params: inWijk,
  query: none,
  body: z.strictObject({
    to: payTo,
    amount: z.number().int().min(1).max(AMOUNT_MAX),
    memo: z.string().trim().max(MEMO_MAX, { abort: true }).default(''),
    /** the organisation that pays; null: oneself */
    from: uuid.nullable().default(null),
    every: z.enum(SCHEDULE_EVERY),
    /** tomorrow or later */
    startsOn: day,
    /** the last date that may be one; of no meaning for a payment once */
    endsOn: day.nullable().default(null),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
  problems: ['invalid', 'not-found', 'conflict', 'forbidden'],
  idempotent: true,
});

export const stopSchedule = defineContract({
  id: 'stopSchedule',
  tag: 'wallet',
  summary: 'Stop a planned payment: nothing is paid by it any more',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/wallet/schedules/:schedule',
  params: ofSchedule,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found'],
});
