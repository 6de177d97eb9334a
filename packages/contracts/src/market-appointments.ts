import { EXCEPTION_KINDS, LISTING_KINDS, LISTING_STATES } from '@wijk/domain/market';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { weekPeriod } from './market.ts';
import {
  listingOfOrder,
  orderField,
  orderParty,
  orderSide,
  orderState,
} from './market-order-views.ts';
import { instant, inWijk, noBody, none, noReply, uuid, wijkSlug } from './shared.ts';

/*
 * When helpers can be asked to come, and when they are taken (M5). Times of a week and of single days are times on
 * the wall of the wijk, 'HH:MM'; what can be chosen and what is agreed are moments.
 */

const { ref } = orderField;
const ofListing = z.strictObject({ wijk: wijkSlug, listing: ref });

/** Days with something free that one reply holds at most. */
export const FREE_DAYS_MAX = 14;

export const freeDay = z.object({
  date: z.string(),
  slots: z.array(
    z.object({
      startsAt: instant,
      endsAt: instant,
      /** places of a group offer; 1 where there is one at a time */
      left: z.number().int(),
    }),
  ),
});
export type FreeDay = z.output<typeof freeDay>;

export const readFreeTimes = defineContract({
  id: 'readFreeTimes',
  tag: 'market',
  summary: 'The times at which an offer can be had, as far as nobody took them',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/listings/:listing/times',
  params: ofListing,
  query: z.strictObject({
    days: z.coerce.number().int().min(1).max(FREE_DAYS_MAX).default(FREE_DAYS_MAX),
  }),
  body: noBody,
  reply: z.object({
    /** false: its provider lets nobody choose; a moment is agreed on in words */
    isOn: z.boolean(),
    slotMinutes: z.number().int(),
    /** of a group offer */
    places: z.number().int().nullable(),
    days: z.array(freeDay),
  }),
  problems: ['not-found', 'gone', 'invalid'],
});

const agendaFields = {
  isOn: z.boolean(),
  /** how long one time is, in whole quarters */
  slotMinutes: z.number().int(),
  noticeHours: z.number().int(),
  horizonDays: z.number().int(),
};

export const readListingAgenda = defineContract({
  id: 'readListingAgenda',
  tag: 'market',
  summary: 'The weekly times of an offer of mine',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/own-listings/:listing/agenda',
  params: ofListing,
  query: none,
  body: noBody,
  reply: z.object({
    listing: listingOfOrder.extend({
      kind: z.enum(LISTING_KINDS),
      state: z.enum(LISTING_STATES),
      places: z.number().int().nullable(),
    }),
    /** of the listing, which holds the periods */
    version: z.number().int(),
    ...agendaFields,
    periods: z.array(weekPeriod),
  }),
  problems: ['not-found', 'conflict'],
});

const typedTime = z.string().trim().max(20, { abort: true });

export const saveListingAgenda = defineContract({
  id: 'saveListingAgenda',
  tag: 'market',
  summary: 'Say at which times of the week an offer can be had, and whether people choose one',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/market/own-listings/:listing/agenda',
  params: ofListing,
  query: none,
  body: z.strictObject({
    /** of the listing as it was looked at */
    version: z.number().int().min(0),
    ...agendaFields,
    periods: z
      .array(
        z.strictObject({
          weekday: z.number().int().min(1).max(7),
          from: typedTime,
          until: typedTime,
        }),
      )
      .max(28),
  }),
  reply: z.object({ version: z.number().int() }),
  problems: ['not-found', 'conflict', 'invalid'],
});

const exceptionFields = {
  kind: z.enum(EXCEPTION_KINDS),
  firstDay: z.string().max(20, { abort: true }),
  lastDay: z.string().max(20, { abort: true }),
  from: typedTime,
  until: typedTime,
};

export const readCalendar = defineContract({
  id: 'readCalendar',
  tag: 'market',
  summary: 'What I agreed to from now on, days on which I differ, and my offers with times',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/calendar',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    appointments: z.array(
      z.object({
        ref,
        title: z.string(),
        side: orderSide,
        /** the other side */
        party: orderParty,
        /** the organisation that the reader acts for in it */
        organisation: z.string().nullable(),
        state: orderState,
        startsAt: instant,
        endsAt: instant,
      }),
    ),
    exceptions: z.array(
      z.object({ id: z.string(), organisation: z.string().nullable(), ...exceptionFields }),
    ),
    organisations: z.array(z.object({ id: z.string(), name: z.string() })),
    offers: z.array(
      listingOfOrder.extend({ isOn: z.boolean(), organisation: z.string().nullable() }),
    ),
    /** the address for a calendar elsewhere; what it is, is told once, when it is made */
    feed: z.object({ titles: z.boolean(), madeAt: instant }).nullable(),
  }),
});

export const addAgendaException = defineContract({
  id: 'addAgendaException',
  tag: 'market',
  summary: 'Say when I cannot, or can beside my week; the same key does so once',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/calendar/exceptions',
  params: inWijk,
  query: none,
  body: z.strictObject({
    /** the organisation that it is for; null: oneself */
    as: uuid.nullable().default(null),
    ...exceptionFields,
  }),
  reply: z.object({
    id: z.string(),
    /** appointments that stand in what is closed now: they stay, and are for the provider to cancel */
    inTheWay: z.number().int(),
  }),
  status: 201,
  problems: ['invalid', 'forbidden', 'conflict', 'too-many'],
  idempotent: true,
});

export const dropAgendaException = defineContract({
  id: 'dropAgendaException',
  tag: 'market',
  summary: 'Take back what I said about single days',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/market/calendar/exceptions/:exception',
  params: z.strictObject({ wijk: wijkSlug, exception: uuid }),
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
});
