import {
  MATERIALS_MAX,
  MINUTES_MAX,
  NOTE_MAX,
  ORDER_AMOUNT_MAX,
  ORDER_STATES,
  orderSteps,
  PLACES_MAX,
  PRICE_MODES,
  SERIES_EVERY,
  SERIES_STATES,
  SIDES,
} from '@wijk/domain/market';
import { z } from 'zod';
import { linkedQuestion } from './market.ts';
import { instant, questionRef } from './shared.ts';
import { creditUnit, minorUnits } from './wallet.ts';

/*
 * Orders on the market (M4) as they are read. Amounts are whole minor units, lengths are minutes in whole quarters,
 * materials are euro cents that are settled outside. An order is read by its two sides and by the market master alone.
 */

/** Fields that several operations take. */
export const orderField = {
  /** in the address of an order, and in that of a listing: eight characters */
  ref: questionRef,
  minutes: z.number().int().min(0).max(MINUTES_MAX),
  amount: z.number().int().min(0).max(ORDER_AMOUNT_MAX),
  places: z.number().int().min(1).max(PLACES_MAX),
  materials: z.number().int().min(0).max(MATERIALS_MAX),
  note: z.string().trim().max(NOTE_MAX, { abort: true }),
  moment: z
    .string()
    .max(40, { abort: true })
    .pipe(z.iso.datetime({ offset: true })),
};

const { ref, minutes } = orderField;

export const orderTerms = z.object({
  mode: z.enum(PRICE_MODES),
  /** of the whole, of a place, of an hour, or what somebody can miss */
  rate: minorUnits,
  minutes: minutes.nullable(),
  places: z.number().int(),
  materials: z.number().int().nullable(),
  startsAt: instant.nullable(),
  /** what all of it comes to */
  amount: minorUnits,
});
export type OrderTermsView = z.output<typeof orderTerms>;

/** One of the two sides, as the other knows them. */
export const orderParty = z.object({
  /** null: somebody who was erased */
  name: z.string().nullable(),
  /** the organisation that they act for */
  organisation: z.string().nullable(),
});

export const orderSide = z.enum(SIDES);
export const orderState = z.enum(ORDER_STATES);
export const listingOfOrder = z.object({ ref, slug: z.string(), title: z.string() });

/** An order in a list. */
export const orderLine = z.object({
  ref,
  listing: listingOfOrder,
  /** of the reader; null: the market master, who is neither */
  side: orderSide.nullable(),
  receiver: orderParty,
  helper: orderParty,
  state: orderState,
  awaiting: orderSide.nullable(),
  startsAt: instant.nullable(),
  /** what it comes to now: what was paid, and before that what was agreed or proposed */
  amount: minorUnits,
  minutes: minutes.nullable(),
  /** when the clock acts if nobody does */
  dueAt: instant.nullable(),
  madeAt: instant,
  /** when its last step was, for the market master */
  completedAt: instant.nullable(),
  /** the series that it is a time of */
  series: ref.nullable(),
});
export type OrderLine = z.output<typeof orderLine>;

/** One step of the timeline. */
export const orderStepView = z.object({
  nr: z.number().int(),
  /** 'request', 'repeat' for a time of a series, or a step */
  step: z.enum(['request', 'repeat', ...orderSteps] as ['request', 'repeat', ...typeof orderSteps]),
  actor: z.enum([...SIDES, 'master', 'clock']),
  /** for whom, where the market master stood in */
  side: orderSide.nullable(),
  /** who pressed; null: the clock, or somebody who was erased */
  name: z.string().nullable(),
  /** the terms that lie there after it; of a delivery `minutes` is the work that was done */
  terms: orderTerms,
  /** what it set aside, paid or gave back */
  amount: minorUnits,
  withExtra: z.boolean(),
  note: z.string(),
  at: instant,
});
export type OrderStepView = z.output<typeof orderStepView>;

export const orderView = orderLine.extend({
  unit: creditUnit,
  /** goes along with a step: whoever presses has seen everything up to it */
  version: z.number().int(),
  openedBy: orderSide,
  terms: orderTerms,
  /** work that was done, as the helper says, and what that comes to */
  worked: z
    .object({ minutes: minutes.nullable(), amount: minorUnits, extra: minorUnits })
    .nullable(),
  reserved: minorUnits,
  paid: minorUnits,
  givenBack: minorUnits,
  /**
   * since when the clock cannot do what it was to do because of a wallet; `own`: it is the
   * reader's; whose else it is nobody is told here
   */
  heldUp: z.object({ since: instant, own: z.boolean() }).nullable(),
  /** what the reader can do now */
  steps: z.array(z.enum(orderSteps)),
  /** until when the receiver cancels without costs, and what it costs after that; null: it never costs anything */
  cancelRule: z.object({ freeUntil: instant, costs: minorUnits }).nullable(),
  /** until when it can be brought before the market master, once it is done */
  disputeUntil: instant.nullable(),
  /** the time that it takes in the calendar of the helper; null: none, or no longer */
  appointment: z.object({ startsAt: instant, endsAt: instant }).nullable(),
  /** how much can go back, and between what a split can be */
  refundable: minorUnits,
  split: z.object({ min: minorUnits, max: minorUnits }).nullable(),
  /** the question that it came from; of one that is public under a name, and in view */
  question: linkedQuestion.nullable(),
  timeline: z.array(orderStepView),
  /** how it comes back: which time this is, how often and how long */
  repeats: z
    .object({
      series: ref,
      state: z.enum(SERIES_STATES),
      every: z.enum(SERIES_EVERY),
      number: z.number().int(),
      times: z.number().int().nullable(),
      until: z.string().nullable(),
    })
    .nullable(),
});
export type OrderView = z.output<typeof orderView>;
