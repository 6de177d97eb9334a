import {
  HOURS_MINUTES_MAX,
  HOURS_STATES,
  HOURS_TEXT_MAX,
  PLEDGE_MINUTES_MAX,
  PLEDGE_STATES,
} from '@wijk/domain/market';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { orderField } from './market-order-views.ts';
import { instant, inWijk, noBody, none, noReply, uuid, wijkSlug } from './shared.ts';

/*
 * Hours for the neighbourhood (M10): what somebody pledged, what they did and who confirmed it. Lengths are whole
 * minutes, days are 'YYYY-MM-DD' by the clock of the wijk. What was done stays between the two; an organisation
 * reads sums of who volunteers for it.
 */

const day = z.string().max(10, { abort: true }).pipe(z.iso.date());
const text = z.string().trim().max(HOURS_TEXT_MAX, { abort: true });
const minutes = z.number().int().min(0).max(HOURS_MINUTES_MAX);
const total = z.number().int();

export const hoursStanding = z.object({
  pledged: total,
  performed: total,
  open: total,
  over: total,
});
export type HoursStandingView = z.output<typeof hoursStanding>;
export const hoursOfMonth = hoursStanding.extend({ month: z.string() });

export const pledgeView = z.object({
  id: z.string(),
  member: z.string().nullable(),
  /** null: the foundation behind the wijk */
  organisation: z.string().nullable(),
  minutesPerMonth: total,
  from: z.string(),
  until: z.string().nullable(),
  purpose: z.string(),
  state: z.enum(PLEDGE_STATES),
  mayDecide: z.boolean(),
  mayEnd: z.boolean(),
});
export type PledgeView = z.output<typeof pledgeView>;

export const readHours = defineContract({
  id: 'readHours',
  tag: 'market',
  summary: 'My hours by month, what I pledged, what I did, and what waits for me to confirm',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/hours',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    today: z.string(),
    /** this month first, then months with something in them */
    months: z.array(
      hoursOfMonth.extend({
        /** done for somebody else than the pledge was made to */
        other: total,
      }),
    ),
    pledges: z.array(pledgeView),
    entries: z.array(
      z.object({
        id: z.string(),
        day: z.string(),
        minutes: total,
        /** who was helped */
        name: z.string().nullable(),
        organisation: z.string().nullable(),
        what: z.string(),
        paid: z.boolean(),
        state: z.enum(HOURS_STATES),
        order: orderField.ref.nullable(),
        /** it corrects hours that were confirmed: `minutes` is what it adds or takes off */
        isCorrection: z.boolean(),
        /** what stands now; null where it cannot be corrected */
        standing: total.nullable(),
      }),
    ),
    toConfirm: z.array(
      z.object({
        id: z.string(),
        day: z.string(),
        /** who helped */
        name: z.string().nullable(),
        what: z.string(),
        /** what it would be; of a correction with what stands now */
        minutes: total,
        standing: total.nullable(),
        madeAt: instant,
      }),
    ),
    /** on whose behalf one can have worked */
    organisations: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
});

export const logHours = defineContract({
  id: 'logHours',
  tag: 'market',
  summary: 'Write down hours that a neighbour confirms; the same key does so once',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/hours',
  params: inWijk,
  query: none,
  body: z.strictObject({
    /** who was helped */
    member: uuid,
    organisation: uuid.nullable().default(null),
    day,
    minutes,
    what: text.default(''),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
  problems: ['invalid', 'conflict'],
  idempotent: true,
});

const ofHours = z.strictObject({ wijk: wijkSlug, hours: uuid });

export const decideHours = defineContract({
  id: 'decideHours',
  tag: 'market',
  summary:
    'Confirm or decline what somebody wrote down of helping me, or take back what I wrote down',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/market/hours/:hours/decision',
  params: ofHours,
  query: none,
  body: z.strictObject({ decision: z.enum(['confirm', 'decline', 'withdraw']) }),
  reply: noReply,
  status: 204,
  problems: ['invalid', 'not-found', 'conflict'],
});

export const correctHours = defineContract({
  id: 'correctHours',
  tag: 'market',
  summary: 'Say what hours that were confirmed should have been; the same key does so once',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/hours/:hours/corrections',
  params: ofHours,
  query: none,
  body: z.strictObject({ minutes, what: text.default('') }),
  reply: z.object({ id: z.string() }),
  status: 201,
  problems: ['invalid', 'not-found', 'conflict'],
  idempotent: true,
});

export const proposePledge = defineContract({
  id: 'proposePledge',
  tag: 'market',
  summary: 'Propose hours for each month to a member, for an organisation or the foundation',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/pledges',
  params: inWijk,
  query: none,
  body: z.strictObject({
    member: uuid,
    organisation: uuid.nullable(),
    minutesPerMonth: z.number().int().min(0).max(PLEDGE_MINUTES_MAX),
    from: day,
    until: day.nullable().default(null),
    purpose: text.default(''),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
  problems: ['invalid', 'forbidden', 'conflict'],
  idempotent: true,
});

export const decidePledge = defineContract({
  id: 'decidePledge',
  tag: 'market',
  summary: 'Agree to a pledge that was proposed to me, decline it, or end one from today on',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/market/pledges/:pledge/decision',
  params: z.strictObject({ wijk: wijkSlug, pledge: uuid }),
  query: none,
  body: z.strictObject({ decision: z.enum(['agree', 'decline', 'end']) }),
  reply: noReply,
  status: 204,
  problems: ['invalid', 'not-found', 'conflict'],
});
