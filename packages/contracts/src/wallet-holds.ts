import { TRANSFER_CODES } from '@wijk/domain/ledger';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, page, uuid } from './shared.ts';
import { creditUnit, minorUnits, walletParty } from './wallet.ts';

/** Reservations that nothing ended yet, one by one (W2, W6, W7). Amounts are minor units. */

const open = {
  id: z.string(),
  amount: minorUnits,
  since: instant,
  /** when it ends by itself; null: by hand alone */
  until: instant.nullable(),
};

export const walletHold = z.object({
  ...open,
  /** out of this wallet, or promised to it */
  direction: z.enum(['out', 'in']),
  /** of the amount what a budget holds */
  budget: minorUnits,
  /** what it stands for; neutral, as on a statement */
  kind: z.enum(TRANSFER_CODES),
  /** who gets it, or from whom it comes */
  party: walletParty,
});
export type WalletHold = z.output<typeof walletHold>;

export const listWalletHolds = defineContract({
  id: 'listWalletHolds',
  tag: 'wallet',
  summary: 'What is reserved in a wallet and for it, one by one, the oldest first',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/wallet/holds',
  params: inWijk,
  query: page.extend({ organisation: uuid.optional() }),
  body: noBody,
  reply: z.object({
    unit: creditUnit,
    holder: walletParty,
    items: z.array(walletHold),
    nextCursor: z.string().nullable(),
  }),
  problems: ['forbidden'],
});

export const treasuryHold = z.object({
  ...open,
  /** of whom: the account itself, also where a budget of theirs is reserved */
  account: z.string(),
  kind: z.string(),
  name: z.string(),
});
export type TreasuryHold = z.output<typeof treasuryHold>;

export const listTreasuryHolds = defineContract({
  id: 'listTreasuryHolds',
  tag: 'wallet',
  summary:
    'Open reservations, the oldest first: how much, of whom, since and until when; not for what',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury/holds',
  params: inWijk,
  query: page,
  body: noBody,
  reply: z.object({
    /** of all of them together */
    total: minorUnits,
    items: z.array(treasuryHold),
    nextCursor: z.string().nullable(),
  }),
});
