import { z } from 'zod';
import { defineContract } from './define.ts';
import { bytesReply, inWijk, noBody, uuid } from './shared.ts';
import { day, minorUnits, walletParty } from './wallet.ts';

/** What was booked in a wallet in a period, to keep: figures, a table for a spreadsheet, a paper (W6). */

/** Lines of one file; a longer period is asked for in parts. */
export const STATEMENT_LINES_MAX = 5000;

const period = z.strictObject({
  /** first and last day; the last one at most today */
  from: day,
  until: day,
  /** the wallet of an organisation that the actor acts for */
  organisation: uuid.optional(),
});
const inWords = period.extend({ lang: z.enum(['nl', 'en']).default('nl') });

const balances = z.object({
  /** of the account itself */
  own: minorUnits,
  /** of all budgets together */
  budget: minorUnits,
});

export const readStatementPeriod = defineContract({
  id: 'readStatementPeriod',
  tag: 'wallet',
  summary: 'Balances at the beginning and the end of a period, and what came in and went out',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/wallet/period',
  params: inWijk,
  query: period,
  body: noBody,
  reply: z.object({
    unit: z.string(),
    holder: walletParty,
    opening: balances,
    closing: balances,
    /** on the account itself, both above zero */
    in: minorUnits,
    out: minorUnits,
    lines: z.number().int(),
  }),
  problems: ['forbidden', 'invalid', 'conflict'],
});

export const statementCsv = defineContract({
  id: 'statementCsv',
  tag: 'wallet',
  summary: 'The same with every line, as CSV: never with the words of payer and payee',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/wallet/period/csv',
  params: inWijk,
  query: inWords,
  body: noBody,
  reply: bytesReply,
  bytes: 'text/csv',
  problems: ['forbidden', 'invalid', 'conflict'],
});

export const statementPdf = defineContract({
  id: 'statementPdf',
  tag: 'wallet',
  summary: 'The same as a tagged PDF',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/wallet/period/pdf',
  params: inWijk,
  query: inWords,
  body: noBody,
  reply: bytesReply,
  bytes: 'application/pdf',
  problems: ['forbidden', 'invalid', 'conflict'],
});
