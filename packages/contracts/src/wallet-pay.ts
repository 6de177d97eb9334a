import { AMOUNT_MAX } from '@wijk/domain/wallet';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { inWijk, noBody, none, noReply, uuid, wijkSlug } from './shared.ts';
import {
  creditUnit,
  minorUnits,
  payCode,
  paymentView,
  payRequestView,
  walletParty,
} from './wallet.ts';

/** Paying and asking to be paid (W6). Amounts are whole minor units, above zero. */

export const MEMO_MAX = 140;
export const PAYEE_SEARCH_MIN = 3;

const amount = z.number().int().min(1).max(AMOUNT_MAX);
const memo = z.string().trim().max(MEMO_MAX, { abort: true }).default('');

/** Who is paid: somebody of the wijk, or whoever has a printed code or made a request. */
export const payTo = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('member'), id: uuid }),
  z.strictObject({ kind: z.literal('organisation'), id: uuid }),
  /** gives to the wijk */
  z.strictObject({ kind: z.literal('fund') }),
  z.strictObject({ kind: z.literal('code'), code: payCode }),
]);
export type PayTo = z.output<typeof payTo>;

/**
 * By a few letters of a name, as on the list of a street: at least three, at most eight found, with
 * nothing but name and function. Whether somebody ever opened their wallet does not show.
 */
export const findPayees = defineContract({
  id: 'findPayees',
  tag: 'wallet',
  summary: 'Members and organisations of the wijk by the beginning of a name',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/wallet/payees',
  params: inWijk,
  query: z.strictObject({
    q: z.string().trim().min(PAYEE_SEARCH_MIN).max(80, { abort: true }),
  }),
  body: noBody,
  reply: z.object({
    items: z.array(
      z.object({
        kind: z.enum(['member', 'organisation']),
        id: z.string(),
        name: z.string(),
        title: z.string().nullable(),
      }),
    ),
  }),
  problems: ['invalid', 'too-many'],
});

export const readPayee = defineContract({
  id: 'readPayee',
  tag: 'wallet',
  summary: 'By what name somebody to be paid is known',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/wallet/payees/:kind/:id',
  params: z.strictObject({
    wijk: wijkSlug,
    kind: z.enum(['member', 'organisation']),
    id: uuid,
  }),
  query: none,
  body: noBody,
  reply: z.object({ unit: creditUnit, payee: walletParty }),
  problems: ['not-found', 'too-many'],
});

const payment = z.strictObject({
  to: payTo,
  /** of a request: what it asks */
  amount,
  memo,
  /** the organisation that pays; null: oneself */
  from: uuid.nullable().default(null),
});

export const previewPayment = defineContract({
  id: 'previewPayment',
  tag: 'wallet',
  summary: 'What a payment would do; nothing is paid',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/wallet/preview',
  params: inWijk,
  query: none,
  body: payment,
  reply: z.object({
    unit: creditUnit,
    payee: walletParty,
    amount: minorUnits,
    /** from budgets, and from the free balance */
    budget: minorUnits,
    own: minorUnits,
    /** the free balance afterwards */
    balanceAfter: minorUnits,
  }),
  problems: ['not-found', 'conflict', 'forbidden', 'gone'],
});

export const payFromWallet = defineContract({
  id: 'payFromWallet',
  tag: 'wallet',
  summary: 'Pay; the same key pays once',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/wallet/payments',
  params: inWijk,
  query: none,
  body: payment,
  reply: paymentView.extend({ unit: creditUnit, balance: minorUnits, repeated: z.boolean() }),
  status: 201,
  problems: ['not-found', 'conflict', 'forbidden', 'gone', 'too-many'],
  idempotent: true,
});

export const returnPayment = defineContract({
  id: 'returnPayment',
  tag: 'wallet',
  summary: 'Give something of a payment back as who received it, once; the same key pays once',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/wallet/payments/:payment/return',
  params: inWijk.extend({ payment: uuid }),
  query: none,
  body: z.strictObject({
    /** at most what was paid; nothing is taken from it for the fund */
    amount,
  }),
  reply: paymentView,
  status: 201,
  problems: ['not-found', 'conflict', 'forbidden', 'invalid', 'too-many'],
  idempotent: true,
});

export const makePayRequest = defineContract({
  id: 'makePayRequest',
  tag: 'wallet',
  summary: 'Ask to be paid, by somebody or by whoever gets the code',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/wallet/requests',
  params: inWijk,
  query: none,
  body: z.strictObject({
    /** who is asked; null: whoever has the code */
    of: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('member'), id: uuid }),
        z.strictObject({ kind: z.literal('organisation'), id: uuid }),
      ])
      .nullable()
      .default(null),
    amount,
    memo,
    /** the organisation that is to be paid; null: oneself */
    for: uuid.nullable().default(null),
  }),
  reply: payRequestView,
  status: 201,
  problems: ['not-found', 'conflict', 'forbidden', 'too-many'],
  idempotent: true,
});

const byCode = z.strictObject({ wijk: wijkSlug, code: payCode });

export const readPayCode = defineContract({
  id: 'readPayCode',
  tag: 'wallet',
  summary: 'What a scanned code is: a request with its amount, or somebody to be paid',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/wallet/codes/:code',
  params: byCode,
  query: none,
  body: noBody,
  reply: z.object({
    unit: creditUnit,
    payee: walletParty,
    /** null: a printed code, the payer types the amount */
    request: payRequestView.nullable(),
    /** the reader made it, or it is their own code */
    own: z.boolean(),
    /** what paid it, for the two sides of it */
    payment: z.string().nullable(),
    organisations: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  problems: ['not-found'],
});

export const endPayRequest = defineContract({
  id: 'endPayRequest',
  tag: 'wallet',
  summary: 'Decline a request as who is asked, or withdraw it as who asked',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/wallet/codes/:code/ending',
  params: byCode,
  query: none,
  body: z.strictObject({ ending: z.enum(['declined', 'withdrawn']) }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'forbidden', 'gone'],
});
