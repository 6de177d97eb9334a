import { randomUUID } from 'node:crypto';
import type { Leg, TransferRequest } from '@wijk/domain/ledger';
import type { Dice } from './dice.ts';

/** Reservations lapse here: posting happens before, expiring after. */
export const START = Date.parse('2026-12-01T09:00:00Z');
export const DUE = new Date(START + 30 * 60_000);
export const DAY = '2026-12-01';

/** Who pays whom, and the clients' own list: what they were told is posted, and how often as new. */
export interface Market {
  wijkId: string;
  fund: string;
  accounts: readonly string[];
  confirmed: Map<string, { request: TransferRequest; asNew: number }>;
}

/** Something new, or the end of something that was confirmed. */
export function freshRequest(market: Market, dice: Dice): TransferRequest {
  const asked = { id: randomUUID(), code: 'payment' as const };
  const kind = dice.of([
    'single',
    'single',
    'single',
    'pending',
    'post',
    'void',
    'expire',
    'reversal',
  ] as const);
  if (kind === 'single') return { ...asked, kind, legs: legsOf(market, dice) };
  if (kind === 'pending') return { ...asked, kind, legs: legsOf(market, dice), expiresAt: DUE };
  const meant = [...market.confirmed.values()]
    .map(({ request }) => request)
    .filter((one) => one.kind === (kind === 'reversal' ? 'single' : 'pending'));
  const target = meant.at(-dice.between(1, 6))?.id ?? randomUUID();
  return kind === 'reversal'
    ? { ...asked, kind, reverses: target }
    : { ...asked, kind, pending: target };
}

function legsOf({ accounts, fund }: Market, dice: Dice): Leg[] {
  const payer = dice.of(accounts);
  const payee = dice.of(accounts.filter((id) => id !== payer));
  const amount = dice.between(2, 90);
  return [
    { account: payer, side: 'debit', amount },
    { account: payee, side: 'credit', amount: amount - 1 },
    { account: fund, side: 'credit', amount: 1 },
  ];
}
