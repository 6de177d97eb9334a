import { TRANSFER_CODES } from '@wijk/domain/ledger';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, page, uuid, wijkSlug } from './shared.ts';

/*
 * What a member sees of their own wallet (W6). Amounts are whole minor units, a hundredth of a credit.
 * `organisation` in a query: the wallet of an organisation that the actor acts for, in place of their own.
 */

/** Whole minor units; below zero where a balance is. */
export const minorUnits = z.number().int();

/** How the wijk calls its credits. */
export const creditUnit = z.object({ name: z.string(), plural: z.string(), symbol: z.string() });

/** Who is at the other side, as others know them. */
export const walletParty = z.object({
  kind: z.enum(['member', 'organisation', 'fund', 'wijk']),
  /** null: the fund, the wijk, or somebody who was erased */
  name: z.string().nullable(),
  /** function of a member */
  title: z.string().nullable(),
});
export type WalletParty = z.output<typeof walletParty>;

/** In the address of a printed code or of a request. */
export const payCode = z
  .string()
  .max(10, { abort: true })
  .regex(/^[a-hjkmnp-z2-9]{10}$/);

/** A day in the wijk, '2026-12-01'. */
export const day = z.string().max(10, { abort: true }).pipe(z.iso.date());

const ofWhom = z.strictObject({ organisation: uuid.optional() });

/** Somebody asks to be paid. */
export const payRequestView = z.object({
  code: payCode,
  /** who is to be paid */
  payee: walletParty,
  /** who is asked; null: whoever has the code */
  payer: walletParty.nullable(),
  amount: minorUnits,
  memo: z.string().nullable(),
  madeAt: instant,
  expiresAt: instant,
  state: z.enum(['open', 'paid', 'declined', 'withdrawn', 'expired']),
});
export type PayRequestView = z.output<typeof payRequestView>;

export const readWallet = defineContract({
  id: 'readWallet',
  tag: 'wallet',
  summary: 'My wallet; opened at the first look',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/wallet',
  params: inWijk,
  query: ofWhom,
  body: noBody,
  reply: z.object({
    unit: creditUnit,
    /** whose it is */
    holder: walletParty,
    /** everything that was booked */
    balance: minorUnits,
    /** of it reserved for what was agreed on */
    reserved: minorUnits,
    /** reserved by others, to come */
    expected: minorUnits,
    /** what can be paid freely now: balance less reserved, and credit below zero */
    available: minorUnits,
    /** how far below zero this wallet may go */
    credit: minorUnits,
    /** above this nothing more comes in; null: no maximum */
    max: minorUnits.nullable(),
    /** what may still go out today; null: no limit */
    leftToday: minorUnits.nullable(),
    frozen: z.boolean(),
    payCode,
    /** budgets of programmes, the one that ends soonest first */
    budgets: z.array(
      z.object({
        id: z.string(),
        /** for their holder alone: it may tell a topic */
        name: z.string(),
        available: minorUnits,
        reserved: minorUnits,
        startsOn: day,
        endsOn: day,
        /** where it can be spent */
        suppliers: z.array(z.string()),
      }),
    ),
    /** open requests that wait for this wallet to pay, and those it made */
    toPay: z.array(payRequestView),
    asked: z.array(payRequestView),
    /** organisations that the actor acts for */
    organisations: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  problems: ['forbidden'],
});

/** What a line is: a payment, one taken back, or what the wijk does. Neutral: no topic. */
export const LINE_KINDS = [...TRANSFER_CODES, 'reversal'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

export const statementLine = z.object({
  id: z.string(),
  at: instant,
  kind: z.enum(LINE_KINDS),
  /** what it did to the balance; zero where a budget paid all of it */
  amount: minorUnits,
  /** what it did to budgets */
  budget: minorUnits,
  /** the balance afterwards */
  balance: minorUnits,
  /** of a payment that came in: what of it went to the fund */
  contribution: minorUnits,
  party: walletParty,
  /** the payment to look at; null where there is none */
  payment: z.string().nullable(),
});
export type StatementLine = z.output<typeof statementLine>;

export const readWalletStatement = defineContract({
  id: 'readWalletStatement',
  tag: 'wallet',
  summary: 'What was booked in my wallet, newest first',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/wallet/statement',
  params: inWijk,
  query: page.extend({
    organisation: uuid.optional(),
    direction: z.enum(['in', 'out']).optional(),
    /** first and last day */
    from: day.optional(),
    until: day.optional(),
    /** words of the name at the other side */
    q: z.string().trim().max(80, { abort: true }).optional(),
  }),
  body: noBody,
  reply: z.object({ items: z.array(statementLine), nextCursor: z.string().nullable() }),
  problems: ['forbidden', 'invalid'],
});

export const paymentView = z.object({
  id: z.string(),
  at: instant,
  /** seen from the wallet of the reader */
  direction: z.enum(['in', 'out']),
  amount: minorUnits,
  party: walletParty,
  /** for the two of them alone */
  memo: z.string().nullable(),
  /** of it from budgets; for who paid alone */
  budget: minorUnits.nullable(),
  /** of it to the fund; for who received it alone */
  contribution: minorUnits.nullable(),
  way: z.enum(['send', 'request', 'code', 'scheduled', 'order', 'return']),
  /** who pressed, where an organisation paid: for its managers, and for who pressed */
  by: z.string().nullable(),
  /** it was taken back then */
  reversedAt: instant.nullable(),
  /** what the reader, who received it, may give back of it at most; zero: nothing */
  mayReturn: minorUnits,
  /** the payment of which this gives something back */
  returns: z.string().nullable(),
  /** the payment by which something of it was given back */
  givenBack: z.object({ payment: z.string(), amount: minorUnits }).nullable(),
  /** the organisation whose wallet it is in; null: the reader's own */
  organisation: z.string().nullable(),
});
export type PaymentView = z.output<typeof paymentView>;

export const readWalletPayment = defineContract({
  id: 'readWalletPayment',
  tag: 'wallet',
  summary: 'One payment of mine, for who paid and who was paid',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/wallet/payments/:payment',
  params: z.strictObject({ wijk: wijkSlug, payment: uuid }),
  query: z.strictObject({}),
  body: noBody,
  reply: paymentView,
  problems: ['not-found'],
});
