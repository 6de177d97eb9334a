import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, none } from './shared.ts';
import { givenYear, ofAccount, turnover } from './treasury-shared.ts';
import { minorUnits } from './wallet.ts';

const share = z.number().nullable();

export const circulationPeriod = z.object({
  /** first day */
  startsOn: z.string(),
  /** still running */
  running: z.boolean(),
  payments: z.number().int(),
  volume: minorUnits,
  active: z.number().int(),
  held: minorUnits,
  velocity: share,
  gini: share,
  topShare: share,
  dormantShare: share,
});
export type CirculationPeriod = z.output<typeof circulationPeriod>;

export const readCirculation = defineContract({
  id: 'readCirculation',
  tag: 'wallet',
  summary: 'How credits move and how they are spread, by week or month, oldest first',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury/circulation',
  params: inWijk,
  query: z.strictObject({ by: z.enum(['week', 'month']).default('week') }),
  body: noBody,
  reply: z.object({ periods: z.array(circulationPeriod), accounts: z.number().int() }),
});

export const readTreasury = defineContract({
  id: 'readTreasury',
  tag: 'wallet',
  summary: 'What waits in the control room, and what there is',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    /** proposals that wait, and of them those that this officer may agree to */
    proposals: z.number().int(),
    mine: z.number().int(),
    /** suppliers with payments of an earlier day that were not settled */
    settlements: z.array(
      z.object({
        programme: z.string(),
        programmeName: z.string(),
        name: z.string(),
        amount: minorUnits,
      }),
    ),
    frozen: z.number().int(),
    /** of all kinds of accounts but the issuance: what is outstanding, in credits */
    outstanding: minorUnits,
    totals: z.array(
      z.object({ kind: z.string(), accounts: z.number().int(), balance: minorUnits }),
    ),
    /** the last time that the book was read through; null: never */
    verification: z
      .object({ at: instant, ok: z.boolean(), broken: z.string().nullable() })
      .nullable(),
    unit: z.object({ name: z.string(), plural: z.string(), symbol: z.string() }),
  }),
});

export const readYear = defineContract({
  id: 'readYear',
  tag: 'wallet',
  summary:
    'The year statement of the wijk: per kind of account what came in and went out, by nature',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury/year',
  params: inWijk,
  query: z.strictObject({ year: givenYear.optional() }),
  body: noBody,
  reply: z.object({
    year: z.number().int(),
    lines: z.array(turnover.extend({ kind: z.string() })),
  }),
});

export const readAccountYear = defineContract({
  id: 'readAccountYear',
  tag: 'wallet',
  summary: 'The year statement of one account: balances at both ends, and sums by nature',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury/accounts/:account/year',
  params: ofAccount,
  query: z.strictObject({ year: givenYear.optional() }),
  body: noBody,
  reply: z.object({
    year: z.number().int(),
    name: z.string(),
    opening: minorUnits,
    closing: minorUnits,
    lines: z.array(turnover),
  }),
  problems: ['not-found'],
});
