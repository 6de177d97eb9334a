import { z } from 'zod';
import { defineContract } from './define.ts';
import { orderField } from './market-order-views.ts';
import { bytesReply, inWijk, linkToken, noBody, none, noReply, wijkSlug } from './shared.ts';

/* What goes to calendars elsewhere (M5): a file of one appointment, and the secret address of a member's own. */

const { ref } = orderField;

export const makeCalendarFeed = defineContract({
  id: 'makeCalendarFeed',
  tag: 'market',
  summary: 'A new secret address of my calendar; the one before it is over at once',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/calendar/feed',
  params: inWijk,
  query: none,
  /** whether titles stand in it; without them it says that there is something, and no more */
  body: z.strictObject({ titles: z.boolean().default(false) }),
  reply: z.object({ token: z.string() }),
  status: 201,
});

export const dropCalendarFeed = defineContract({
  id: 'dropCalendarFeed',
  tag: 'market',
  summary: 'End the address of my calendar',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/market/calendar/feed',
  params: inWijk,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
});

export const calendarFeed = defineContract({
  id: 'calendarFeed',
  tag: 'market',
  summary: 'The calendar behind a secret address, as iCalendar (RFC 5545)',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/calendars/:token',
  params: z.strictObject({ wijk: wijkSlug, token: linkToken }),
  query: none,
  body: noBody,
  reply: bytesReply,
  bytes: 'text/calendar',
  problems: ['not-found'],
});

export const appointmentFile = defineContract({
  id: 'appointmentFile',
  tag: 'market',
  summary: 'One appointment of mine, as iCalendar (RFC 5545)',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/orders/:order/appointment',
  params: z.strictObject({ wijk: wijkSlug, order: ref }),
  query: none,
  body: noBody,
  reply: bytesReply,
  bytes: 'text/calendar',
  problems: ['not-found'],
});
