import { PROPOSAL_KINDS } from '@wijk/domain/wallet';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, none, noReply, uuid } from './shared.ts';
import { givenAmount, givenReason, ofProposal, proposed } from './treasury-shared.ts';
import { minorUnits } from './wallet.ts';

/** A payment as the control room sees it: never with the words of payer and payee. */
export const paymentFacts = z.object({
  id: z.string(),
  payer: z.string(),
  payee: z.string(),
  amount: minorUnits,
  earmarked: minorUnits,
  at: instant,
});
export type PaymentFacts = z.output<typeof paymentFacts>;

export const proposalView = z.object({
  id: z.string(),
  kind: z.enum(PROPOSAL_KINDS),
  amount: minorUnits,
  reason: z.string(),
  payment: paymentFacts.nullable(),
  /** whose account it is about, where it is about no payment */
  account: z.string().nullable(),
  proposedBy: z.string(),
  proposedAt: instant,
  fourEyes: z.boolean(),
  endorsedBy: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  decision: z.enum(['done', 'refused', 'withdrawn']).nullable(),
  note: z.string(),
  /** whether the one who asks may agree, and whether it is theirs to withdraw */
  mayAgree: z.boolean(),
  mayWithdraw: z.boolean(),
});
export type ProposalView = z.output<typeof proposalView>;

export const listProposals = defineContract({
  id: 'listProposals',
  tag: 'wallet',
  summary: 'Proposals that wait, oldest first, and the fifty that were decided last',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury/proposals',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({ open: z.array(proposalView), decided: z.array(proposalView) }),
});

export const readProposal = defineContract({
  id: 'readProposal',
  tag: 'wallet',
  summary: 'One proposal',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury/proposals/:proposal',
  params: ofProposal,
  query: none,
  body: noBody,
  reply: proposalView,
  problems: ['not-found'],
});

export const propose = defineContract({
  id: 'propose',
  tag: 'wallet',
  summary:
    'Make credits for the fund, take some out of it, or take a payment back; done at once below the amount of four eyes',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/treasury/proposals',
  params: inWijk,
  query: none,
  body: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('issuance'), amount: givenAmount, reason: givenReason }),
    z.strictObject({ kind: z.literal('retirement'), amount: givenAmount, reason: givenReason }),
    z.strictObject({ kind: z.literal('reversal'), payment: uuid, reason: givenReason }),
  ]),
  reply: proposed,
  status: 201,
  problems: ['not-found', 'invalid', 'conflict'],
  idempotent: true,
});

export const agreeToProposal = defineContract({
  id: 'agreeToProposal',
  tag: 'wallet',
  summary:
    "The second pair of eyes: it is done, unless a member's request still needs another officer",
  method: 'POST',
  path: '/api/v1/wijken/:wijk/treasury/proposals/:proposal/agreement',
  params: ofProposal,
  query: none,
  body: noBody,
  reply: z.object({ done: z.boolean() }),
  problems: ['not-found', 'forbidden', 'conflict'],
});

export const refuseProposal = defineContract({
  id: 'refuseProposal',
  tag: 'wallet',
  summary: 'Refuse a proposal, with why',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/treasury/proposals/:proposal/refusal',
  params: ofProposal,
  query: none,
  body: z.strictObject({ note: givenReason }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'conflict', 'invalid'],
});

export const withdrawProposal = defineContract({
  id: 'withdrawProposal',
  tag: 'wallet',
  summary: "Take a proposal of one's own back",
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/treasury/proposals/:proposal',
  params: ofProposal,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'conflict'],
});

export const proposeRefund = defineContract({
  id: 'proposeRefund',
  tag: 'wallet',
  summary: "Ask for a payment of one's own back; the treasurer decides",
  method: 'POST',
  path: '/api/v1/wijken/:wijk/wallet/payments/:payment/refund',
  params: inWijk.extend({ payment: uuid }),
  query: none,
  body: z.strictObject({ reason: givenReason }),
  reply: z.object({ id: z.string() }),
  status: 201,
  problems: ['not-found', 'conflict', 'invalid'],
  idempotent: true,
});

export const findPayments = defineContract({
  id: 'findPayments',
  tag: 'wallet',
  summary: 'Payments by the reference that payer and payee see',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury/payments',
  params: inWijk,
  query: z.strictObject({ ref: z.string().trim().min(1).max(60, { abort: true }) }),
  body: noBody,
  reply: z.object({
    items: z.array(
      paymentFacts.extend({
        /** it was taken back, or somebody asks for that */
        reversal: z.enum(['none', 'open', 'done']),
      }),
    ),
  }),
});
