import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, none, noReply, page } from './shared.ts';
import { givenReason, ofAccount } from './treasury-shared.ts';
import { minorUnits } from './wallet.ts';

const accountRow = z.object({
  id: z.string(),
  kind: z.enum(['member', 'organisation']),
  name: z.string(),
  balance: minorUnits,
  reserved: minorUnits,
  frozen: z.boolean(),
});
export type AccountRow = z.output<typeof accountRow>;

export const listTreasuryAccounts = defineContract({
  id: 'listTreasuryAccounts',
  tag: 'wallet',
  summary: 'Accounts of members and organisations by name, at most fifty',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury/accounts',
  params: inWijk,
  query: z.strictObject({ search: z.string().trim().max(100, { abort: true }).default('') }),
  body: noBody,
  reply: z.object({ items: z.array(accountRow), more: z.boolean() }),
});

export const controlActionView = z.object({
  id: z.string(),
  at: instant,
  /** name; null: by itself */
  by: z.string().nullable(),
  kind: z.string(),
  /** whose account or which thing it was about, by name where it has one */
  subject: z.string().nullable(),
  reason: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export type ControlActionView = z.output<typeof controlActionView>;

export const readTreasuryAccount = defineContract({
  id: 'readTreasuryAccount',
  tag: 'wallet',
  summary: 'One account: limits, freezing, and what was done with it; not what was paid for',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury/accounts/:account',
  params: ofAccount,
  query: none,
  body: noBody,
  reply: accountRow.extend({
    min: minorUnits.nullable(),
    max: minorUnits.nullable(),
    dailyLimit: minorUnits.nullable(),
    /** the limit is this account's own */
    ownLimit: z.boolean(),
    confirmed: z.boolean(),
    actions: z.array(controlActionView),
  }),
  problems: ['not-found'],
});

const why = z.strictObject({ reason: givenReason });

export const freezeAccount = defineContract({
  id: 'freezeAccount',
  tag: 'wallet',
  summary: 'Freeze an account with its budgets: nothing is paid from it or to it',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/treasury/accounts/:account/freeze',
  params: ofAccount,
  query: none,
  body: why,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'invalid', 'conflict'],
});

export const thawAccount = defineContract({
  id: 'thawAccount',
  tag: 'wallet',
  summary: 'Let a frozen account pay and be paid again',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/treasury/accounts/:account/thaw',
  params: ofAccount,
  query: none,
  body: why,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'invalid', 'conflict'],
});

export const changeDailyLimit = defineContract({
  id: 'changeDailyLimit',
  tag: 'wallet',
  summary: 'Give an account a limit of a day of its own; null: that of the policy again',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/treasury/accounts/:account/daily-limit',
  params: ofAccount,
  query: none,
  body: z.strictObject({
    amount: z.number().int().min(0).max(100_000_000).nullable(),
    reason: givenReason,
  }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'invalid'],
});

export const listControlActions = defineContract({
  id: 'listControlActions',
  tag: 'wallet',
  summary: 'What was done in the control room, by whom and why; newest first',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury/actions',
  params: inWijk,
  query: page,
  body: noBody,
  reply: z.object({ items: z.array(controlActionView), nextCursor: z.string().nullable() }),
});
