import { z } from 'zod';
import { defineContract } from './define.ts';
import { hoursOfMonth, hoursStanding, pledgeView } from './market-hours.ts';
import { bytesReply, inWijk, noBody, uuid, wijkSlug } from './shared.ts';

/* Hours by quarter (M10), planned and real: of an organisation by volunteer, of the wijk by organisation. */

const quarter = z
  .string()
  .max(7, { abort: true })
  .regex(/^20\d\d-Q[1-4]$/);
const lang = z.enum(['nl', 'en']).default('nl');
const total = z.number().int();

const quarterReply = {
  quarter: z.string(),
  /** that there is something to read of, the newest first */
  quarters: z.array(z.string()),
};
const ofOrganisation = z.strictObject({ wijk: wijkSlug, organisation: uuid });
const asked = z.strictObject({ quarter: quarter.optional() });
const OF_ORGANISATION = '/api/v1/wijken/:wijk/market/organisations/:organisation/hours';

export const readOrganisationHours = defineContract({
  id: 'readOrganisationHours',
  tag: 'market',
  summary: 'Hours of those who volunteer for an organisation in a quarter, planned and real',
  method: 'GET',
  path: OF_ORGANISATION,
  params: ofOrganisation,
  query: asked,
  body: noBody,
  reply: z.object({
    organisation: z.string(),
    ...quarterReply,
    members: z.array(
      z.object({ name: z.string().nullable(), months: z.array(hoursOfMonth), sum: hoursStanding }),
    ),
    total: hoursStanding,
    pledges: z.array(pledgeView),
  }),
  problems: ['not-found', 'invalid'],
});
export type OrganisationHours = z.output<(typeof readOrganisationHours)['reply']>;

export const organisationHoursCsv = defineContract({
  id: 'organisationHoursCsv',
  tag: 'market',
  summary: 'The same as CSV: a line for each volunteer and month',
  method: 'GET',
  path: `${OF_ORGANISATION}/csv`,
  params: ofOrganisation,
  query: asked.extend({ lang }),
  body: noBody,
  reply: bytesReply,
  bytes: 'text/csv',
  problems: ['not-found', 'invalid'],
});

export const readHoursOverview = defineContract({
  id: 'readHoursOverview',
  tag: 'market',
  summary: 'Hours of the whole wijk in a quarter by organisation, planned and real, without names',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/master/hours',
  params: inWijk,
  query: asked,
  body: noBody,
  reply: z.object({
    ...quarterReply,
    rows: z.array(
      hoursStanding.extend({
        /** null: the foundation, or for 'neighbours' nobody */
        organisation: z.string().nullable(),
        kind: z.enum(['organisation', 'foundation', 'neighbours']),
        members: total,
        paid: total,
      }),
    ),
    /** pledges with the foundation */
    pledges: z.array(pledgeView),
  }),
  problems: ['invalid'],
});
export type HoursOverview = z.output<(typeof readHoursOverview)['reply']>;

export const hoursOverviewCsv = defineContract({
  id: 'hoursOverviewCsv',
  tag: 'market',
  summary: 'The same as CSV',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/master/hours/csv',
  params: inWijk,
  query: asked.extend({ lang }),
  body: noBody,
  reply: bytesReply,
  bytes: 'text/csv',
  problems: ['invalid'],
});
