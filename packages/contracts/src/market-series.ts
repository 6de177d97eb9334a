import {
  MASTER_SERIES_PRESSES,
  PRICE_MODES,
  SERIES_ENDINGS,
  SERIES_EVERY,
  SERIES_PRESSES,
  SERIES_STATES,
  SERIES_TIMES_MAX,
  SIDES,
  seriesSteps,
} from '@wijk/domain/market';
import { z } from 'zod';
import { defineContract } from './define.ts';
import {
  listingOfOrder,
  orderField,
  orderParty,
  orderSide,
  orderState,
} from './market-order-views.ts';
import { instant, inWijk, noBody, none, wijkSlug } from './shared.ts';
import { creditUnit, minorUnits } from './wallet.ts';

/*
 * Help that comes back (M4): both agree once, and each time is an order of its own. Read by its two sides, and by the
 * market master where it waits or by its reference. Amounts are whole minor units.
 */

const { ref, minutes, amount, note } = orderField;
const ofSeries = z.strictObject({ wijk: wijkSlug, series: ref });
const every = z.enum(SERIES_EVERY);
const times = z.number().int().min(0).max(SERIES_TIMES_MAX);
const number = z.number().int().min(0).max(SERIES_TIMES_MAX);

/** One time: what became of it, or what is to become of it. */
export const seriesTime = z.object({
  number,
  startsAt: instant,
  /** made: it is an order; waits: its credits cannot be set aside yet; missed: nothing came of it */
  state: z.enum(['planned', 'made', 'waits', 'skipped', 'missed']),
  order: z.object({ ref, state: orderState }).nullable(),
});

/** A series in a list. */
export const seriesLine = z.object({
  ref,
  listing: listingOfOrder,
  /** of the reader; null: the market master, who is neither */
  side: orderSide.nullable(),
  receiver: orderParty,
  helper: orderParty,
  every,
  /** how many times, or the last date that may be one */
  times: times.nullable(),
  until: z.string().nullable(),
  /** the moment of the first one: all others are at its hour on the wall of the wijk */
  startsAt: instant,
  state: z.enum(SERIES_STATES),
  ending: z.enum(SERIES_ENDINGS).nullable(),
  /** who has to answer to a new price */
  awaiting: orderSide.nullable(),
  mode: z.enum(PRICE_MODES),
  rate: minorUnits,
  proposedRate: minorUnits.nullable(),
  minutes: minutes.nullable(),
  /** what one time comes to, at the price that holds and at the one that is proposed */
  amount: minorUnits,
  proposedAmount: minorUnits.nullable(),
  stopsAt: instant.nullable(),
  waitingSince: instant.nullable(),
  /** what is to come, the soonest first */
  next: z.array(seriesTime),
});
export type SeriesLine = z.output<typeof seriesLine>;

export const seriesStepView = z.object({
  nr: z.number().int(),
  step: z.enum(seriesSteps as [(typeof seriesSteps)[number], ...typeof seriesSteps]),
  actor: z.enum([...SIDES, 'master', 'clock']),
  side: orderSide.nullable(),
  /** who pressed; null: the clock, or somebody who was erased */
  name: z.string().nullable(),
  /** the moment of the time that it is about */
  startsAt: instant.nullable(),
  rate: minorUnits.nullable(),
  note: z.string(),
  at: instant,
});

export const seriesView = seriesLine.extend({
  unit: creditUnit,
  /** goes along with a step: whoever presses has seen everything up to it */
  version: z.number().int(),
  /** what the reader can do now */
  steps: z.array(z.enum(SERIES_PRESSES)),
  /** how long ahead credits are set aside, and from when on there would be no times after a stop now */
  rules: z.object({ aheadDays: z.number(), stopsAt: instant }),
  timeline: z.array(seriesStepView),
});
export type SeriesView = z.output<typeof seriesView>;

export const listSeries = defineContract({
  id: 'listSeries',
  tag: 'market',
  summary: 'What comes back for me and by me: those that run, with their next times',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/series',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({ unit: creditUnit, items: z.array(seriesLine) }),
});

export const readSeries = defineContract({
  id: 'readSeries',
  tag: 'market',
  summary: 'One series of mine: its next times, what I can do now, and what happened',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/series/:series',
  params: ofSeries,
  query: none,
  body: noBody,
  reply: seriesView,
  problems: ['not-found'],
});

const words = { version: z.number().int().min(0), note: note.default('') };

export const steppedSeries = z.object({
  ref,
  nr: z.number().int(),
  state: z.enum(SERIES_STATES),
});

export const stepSeries = defineContract({
  id: 'stepSeries',
  tag: 'market',
  summary: 'Skip a time, stop, or agree on another price; the same key does so once',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/series/:series/steps',
  params: ofSeries,
  query: none,
  body: z.discriminatedUnion('step', [
    z.strictObject({ step: z.literal('skip'), ...words, number }),
    z.strictObject({ step: z.literal('propose'), ...words, rate: amount }),
    z.strictObject({ step: z.enum(['stop', 'agree', 'refuse', 'take-back']), ...words }),
  ]),
  reply: steppedSeries,
  problems: ['invalid', 'not-found', 'conflict', 'forbidden'],
  idempotent: true,
});

const OF_MASTER = '/api/v1/wijken/:wijk/market/master/series';

export const listMasterSeries = defineContract({
  id: 'listMasterSeries',
  tag: 'market',
  summary: 'Series whose next time waits for credits, the longest first',
  method: 'GET',
  path: OF_MASTER,
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({ unit: creditUnit, items: z.array(seriesLine) }),
});

export const readMasterSeries = defineContract({
  id: 'readMasterSeries',
  tag: 'market',
  summary: 'A series of two others, for the market master',
  method: 'GET',
  path: `${OF_MASTER}/:series`,
  params: ofSeries,
  query: none,
  body: noBody,
  reply: seriesView,
  problems: ['not-found', 'forbidden'],
});

export const stepSeriesAsMaster = defineContract({
  id: 'stepSeriesAsMaster',
  tag: 'market',
  summary: 'Skip a time or stop a series of two others, with a reason; the same key does so once',
  method: 'POST',
  path: `${OF_MASTER}/:series/steps`,
  params: ofSeries,
  query: none,
  /** `note` says why, and both sides read it */
  body: z.discriminatedUnion('step', [
    z.strictObject({ step: z.literal(MASTER_SERIES_PRESSES[0]), ...words, number }),
    z.strictObject({ step: z.literal(MASTER_SERIES_PRESSES[1]), ...words }),
  ]),
  reply: steppedSeries,
  problems: ['invalid', 'not-found', 'conflict', 'forbidden'],
  idempotent: true,
});
