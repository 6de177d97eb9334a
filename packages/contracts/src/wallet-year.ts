import { z } from 'zod';
import { defineContract } from './define.ts';
import { bytesReply, inWijk, noBody, uuid } from './shared.ts';
import { givenYear, ofAccount, turnover } from './treasury-shared.ts';
import { minorUnits, walletParty } from './wallet.ts';

/** Year statements, to read and to keep (W7): sums by nature, and nobody's name. Amounts are minor units. */

const asked = z.strictObject({
  year: givenYear.optional(),
  /** the wallet of an organisation that the actor acts for */
  organisation: uuid.optional(),
});
const lang = z.enum(['nl', 'en']).default('nl');

export const readWalletYear = defineContract({
  id: 'readWalletYear',
  tag: 'wallet',
  summary: 'The year statement of a wallet: balances at both ends, and sums by nature',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/wallet/year',
  params: inWijk,
  query: asked,
  body: noBody,
  reply: z.object({
    year: z.number().int(),
    unit: z.string(),
    holder: walletParty,
    opening: minorUnits,
    closing: minorUnits,
    lines: z.array(turnover),
    /** of all budgets together; null: there were none */
    budgets: z
      .object({ opening: minorUnits, closing: minorUnits, lines: z.array(turnover) })
      .nullable(),
  }),
  problems: ['forbidden'],
});

export const walletYearCsv = defineContract({
  id: 'walletYearCsv',
  tag: 'wallet',
  summary: 'The same as CSV',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/wallet/year/csv',
  params: inWijk,
  query: asked.extend({ lang }),
  body: noBody,
  reply: bytesReply,
  bytes: 'text/csv',
  problems: ['forbidden'],
});

export const yearCsv = defineContract({
  id: 'yearCsv',
  tag: 'wallet',
  summary: 'The year statement of the wijk as CSV',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury/year/csv',
  params: inWijk,
  query: z.strictObject({ year: givenYear.optional(), lang }),
  body: noBody,
  reply: bytesReply,
  bytes: 'text/csv',
});

export const accountYearCsv = defineContract({
  id: 'accountYearCsv',
  tag: 'wallet',
  summary: 'The year statement of one account as CSV',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury/accounts/:account/year/csv',
  params: ofAccount,
  query: z.strictObject({ year: givenYear.optional(), lang }),
  body: noBody,
  reply: bytesReply,
  bytes: 'text/csv',
  problems: ['not-found'],
});
