import type { PayRequestView, WalletParty } from '@wijk/contracts';
import type { Executor } from '@wijk/db/kernel';
import { type Holder, type PayRequest, readHolders } from '@wijk/db/wallet';
import type { MoneyPolicy } from '@wijk/domain/wallet';

/** What others may know of a holder: a name and a function. */
export function partyOf(holder: Holder | undefined): WalletParty {
  if (!holder) return WIJK;
  const { kind, name, title } = holder;
  if (kind === 'member' || kind === 'organisation') return { kind, name, title };
  return kind === 'fund' ? { kind, name: null, title: null } : WIJK;
}

/** The other side of what nobody in particular did: an issuance, a budget. */
export const WIJK: WalletParty = { kind: 'wijk', name: null, title: null };

export const unitOf = ({ name, plural, symbol }: MoneyPolicy) => ({ name, plural, symbol });

export function stateOf(request: PayRequest, now: Date): PayRequestView['state'] {
  return request.ending ?? (request.expiresAt <= now ? 'expired' : 'open');
}

/** Requests with the names of both sides, in the order given. */
export async function requestViews(
  db: Executor,
  wijkId: string,
  requests: readonly PayRequest[],
  now: Date,
): Promise<PayRequestView[]> {
  const accounts = requests.flatMap(({ payee, payer }) => (payer ? [payee, payer] : [payee]));
  const holders = await holdersBy(db, wijkId, accounts);
  return requests.map((request) => ({
    code: request.ref,
    payee: partyOf(holders.get(request.payee)),
    payer: request.payer === null ? null : partyOf(holders.get(request.payer)),
    amount: request.amount,
    memo: request.memo,
    madeAt: request.madeAt.toISOString(),
    expiresAt: request.expiresAt.toISOString(),
    state: stateOf(request, now),
  }));
}

export async function holdersBy(
  db: Executor,
  wijkId: string,
  accounts: readonly string[],
): Promise<Map<string, Holder>> {
  if (accounts.length === 0) return new Map();
  const holders = await readHolders(db, wijkId, [...new Set(accounts)]);
  return new Map(holders.map((holder) => [holder.accountId, holder]));
}
