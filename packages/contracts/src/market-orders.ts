import { LISTING_KINDS, PRICE_MODES, SERIES_EVERY } from '@wijk/domain/market';
import { z } from 'zod';
import { defineContract } from './define.ts';
import {
  listingOfOrder,
  orderField,
  orderLine,
  orderParty,
  orderSide,
  orderState,
  orderView,
} from './market-order-views.ts';
import { inWijk, noBody, none, page, uuid, wijkSlug } from './shared.ts';
import { creditUnit, minorUnits } from './wallet.ts';

export * from './market-order-views.ts';

/* What one does with orders on the market (M4). */

const { ref, minutes, amount, places, materials, note, moment } = orderField;
const ofOrder = z.strictObject({ wijk: wijkSlug, order: ref });
const ofListing = z.strictObject({ wijk: wijkSlug, listing: ref });

/** What an order can be made from, before it is made. */
export const readOrderOpening = defineContract({
  id: 'readOrderOpening',
  tag: 'market',
  summary: 'What I can ask or offer by this listing, and by which rules',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/openings/:listing',
  params: ofListing,
  query: none,
  body: noBody,
  reply: z.object({
    unit: creditUnit,
    listing: listingOfOrder.extend({
      kind: z.enum(LISTING_KINDS),
      mode: z.enum(PRICE_MODES),
      rate: minorUnits,
      places: z.number().int().nullable(),
      availability: z.string(),
    }),
    /** the other side, and which side the reader would be */
    party: orderParty,
    side: orderSide,
    /** organisations that the reader can do it for */
    organisations: z.array(z.object({ id: z.string(), name: z.string() })),
    /** what can be paid freely from their own wallet now; null where they would not pay */
    available: minorUnits.nullable(),
    rules: z.object({
      answerDays: z.number().int(),
      confirmDays: z.number().int(),
      disputeDays: z.number().int(),
      freeCancelHours: z.number().int(),
      lateCancelPermille: z.number().int(),
    }),
  }),
  problems: ['not-found', 'conflict', 'gone'],
});

/** What whoever asks or offers may say; what it costs per hour, place or whole is the listing's. */
const proposal = {
  minutes: minutes.nullable().default(null),
  places: places.default(1),
  materials: materials.nullable().default(null),
  startsAt: moment.nullable().default(null),
  note: note.default(''),
};

/** The answer to a press: the same for the same press. */
export const stepped = z.object({ ref, nr: z.number().int(), state: orderState });

export const requestOrder = defineContract({
  id: 'requestOrder',
  tag: 'market',
  summary: 'Ask for what a listing offers, or offer what it asks for; the same key does so once',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/orders',
  params: inWijk,
  query: none,
  body: z.strictObject({
    listing: ref,
    /** the organisation that it is for; null: oneself */
    as: uuid.nullable().default(null),
    /** what one can miss, for what is paid "naar vermogen"; of no meaning for anything else */
    rate: amount.default(0),
    /** where they came from: the order keeps it if readers see who asked, and the listing is of that question */
    question: ref.nullable().default(null),
    ...proposal,
    /** how often it comes back, so many times or until a date; null: once */
    repeat: z
      .strictObject({
        every: z.enum(SERIES_EVERY),
        times: z.number().int().nullable().default(null),
        until: z.iso.date().nullable().default(null),
      })
      .nullable()
      .default(null),
  }),
  reply: stepped,
  status: 201,
  problems: ['invalid', 'not-found', 'conflict', 'forbidden', 'gone'],
  idempotent: true,
});

export const listOrders = defineContract({
  id: 'listOrders',
  tag: 'market',
  summary: 'My orders: open ones with those that wait for me first, or those that are over',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/orders',
  params: inWijk,
  query: page.extend({ show: z.enum(['open', 'over']).default('open') }),
  body: noBody,
  reply: z.object({
    unit: creditUnit,
    items: z.array(orderLine),
    nextCursor: z.string().nullable(),
  }),
  problems: ['invalid'],
});

export const readOrder = defineContract({
  id: 'readOrder',
  tag: 'market',
  summary: 'One order of mine: where it stands, what I can do now, and how it came there',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/orders/:order',
  params: ofOrder,
  query: none,
  body: noBody,
  reply: orderView,
  problems: ['not-found'],
});

/** The version that was looked at: another step meanwhile is refused, with what happened. */
const version = z.number().int().min(0);
const words = { version, note: note.default('') };

const SHARED_STEPS = [
  z.strictObject({
    step: z.enum(['accept', 'decline', 'withdraw', 'cancel', 'cancel-late']),
    ...words,
  }),
  z.strictObject({ step: z.literal('counter'), version, rate: amount, ...proposal }),
  z.strictObject({
    step: z.literal('deliver'),
    ...words,
    workedMinutes: minutes.nullable().default(null),
  }),
  z.strictObject({ step: z.literal('confirm'), ...words, withExtra: z.boolean().default(false) }),
  z.strictObject({ step: z.literal('refund'), ...words, amount }),
] as const;

export const stepOrder = defineContract({
  id: 'stepOrder',
  tag: 'market',
  summary: 'Take a step as one of the two sides; the same key does so once',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/orders/:order/steps',
  params: ofOrder,
  query: none,
  body: z.discriminatedUnion('step', [
    ...SHARED_STEPS,
    z.strictObject({ step: z.literal('dispute'), version, note: note.min(1) }),
  ]),
  reply: stepped,
  problems: ['invalid', 'not-found', 'conflict', 'forbidden'],
  idempotent: true,
});

export const readProviderDesk = defineContract({
  id: 'readProviderDesk',
  tag: 'market',
  summary: 'What waits for my answer as a helper, and what I earned and worked by month',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/desk',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    unit: creditUnit,
    items: z.array(orderLine),
    /** the newest first; a month without anything is left out */
    months: z.array(
      z.object({ month: z.string(), earned: minorUnits, payments: z.number().int(), minutes }),
    ),
  }),
});

const OF_MASTER = '/api/v1/wijken/:wijk/market/master/orders';

export const listMasterOrders = defineContract({
  id: 'listMasterOrders',
  tag: 'market',
  summary: 'What the market master has to look at, the oldest first',
  method: 'GET',
  path: OF_MASTER,
  params: inWijk,
  query: z.strictObject({ show: z.enum(['disputed', 'stuck']).default('disputed') }),
  body: noBody,
  reply: z.object({
    unit: creditUnit,
    items: z.array(orderLine),
    counts: z.object({ disputed: z.number().int(), stuck: z.number().int() }),
  }),
});

export const readMasterOrder = defineContract({
  id: 'readMasterOrder',
  tag: 'market',
  summary: 'An order of two others, for the market master',
  method: 'GET',
  path: `${OF_MASTER}/:order`,
  params: ofOrder,
  query: none,
  body: noBody,
  reply: orderView,
  problems: ['not-found', 'forbidden'],
});

export const stepOrderAsMaster = defineContract({
  id: 'stepOrderAsMaster',
  tag: 'market',
  summary: 'Stand in for a side with a reason, or decide a dispute; the same key does so once',
  method: 'POST',
  path: `${OF_MASTER}/:order/steps`,
  params: ofOrder,
  query: none,
  /** `note` says why the market master steps in, and both sides read it */
  body: z.discriminatedUnion('step', [
    ...SHARED_STEPS,
    z.strictObject({ step: z.literal('dispute'), ...words }),
    z.strictObject({ step: z.literal('settle'), ...words, amount }),
  ]),
  reply: stepped,
  problems: ['invalid', 'not-found', 'conflict', 'forbidden'],
  idempotent: true,
});
