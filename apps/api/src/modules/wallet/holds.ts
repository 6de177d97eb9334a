import type { listWalletHolds as contract, QueryOf, ReplyOf, WalletHold } from '@wijk/contracts';
import { type Holder, listLotAccounts, readLots } from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import type { Services } from '../../services.ts';
import type { Hold, HoldLeg } from '../ledger/index.ts';
import { walletOf } from './access.ts';
import { cursorOf, readCursor } from './control/cursor.ts';
import type { Wijk } from './pay.ts';
import { holdersBy, partyOf, unitOf } from './views.ts';

/**
 * What is reserved in a wallet and for it, one by one, the oldest first. Its owner reads what each stands for,
 * as neutral as on a statement.
 * @throws `wallet.not-operator`
 */
export async function walletHolds(
  services: Services,
  actor: Member,
  wijk: Wijk,
  query: QueryOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const { db, book } = services;
  const holder = await walletOf(services, actor, query.organisation);
  const own = holder.accountId;
  const accounts = [own, ...(await listLotAccounts(db, wijk.id, own))];
  const page = { accounts, after: readCursor(query.cursor), limit: query.limit + 1 };
  const holds = await book.holds(wijk.id, page);
  const { shown, nextCursor } = pageOf(holds, query.limit);
  const ownerOf = await ownersOf(services, wijk.id, shown);
  const owners = [...new Set(shown.flatMap(({ legs }) => legs.map(ownerOf)))];
  const holders = await holdersBy(db, wijk.id, owners);
  return {
    unit: unitOf(await services.wallet.policies.current(wijk.id)),
    holder: partyOf(holder),
    items: shown.map((hold) => viewOf(hold, { own, ownerOf, holders })),
    nextCursor,
  };
}

/** The page itself, of a list that was read one further. */
export function pageOf(
  holds: readonly Hold[],
  limit: number,
): { shown: Hold[]; nextCursor: string | null } {
  const shown = holds.slice(0, limit);
  const last = holds.length > limit ? shown.at(-1) : undefined;
  return { shown, nextCursor: last ? cursorOf({ at: last.at, id: last.transferId }) : null };
}

type OwnerOf = (leg: HoldLeg) => string;

/** The account that stands behind a leg: that of a budget is its participant's. */
export async function ownersOf(
  services: Services,
  wijkId: string,
  holds: readonly Hold[],
): Promise<OwnerOf> {
  const accounts = holds.flatMap(({ legs }) => legs.map(({ account }) => account));
  const lots = await readLots(services.db, wijkId, [...new Set(accounts)]);
  const participant = new Map(lots.map((lot) => [lot.accountId, lot.holder]));
  return ({ account }) => participant.get(account) ?? account;
}

function viewOf(
  { transferId, code, at, expiresAt, legs }: Hold,
  of: { own: string; ownerOf: OwnerOf; holders: ReadonlyMap<string, Holder> },
): WalletHold {
  const mine = legs.filter((leg) => of.ownerOf(leg) === of.own);
  const out = mine.filter(({ side }) => side === 'debit');
  const moved = out.length > 0 ? out : mine;
  const others = legs
    .filter((leg) => !mine.includes(leg) && leg.side !== moved[0]?.side)
    .flatMap((leg) => of.holders.get(of.ownerOf(leg)) ?? []);
  // beside the one that it is for, a part may be meant for the fund
  const party = others.find(({ kind }) => kind !== 'fund') ?? others[0];
  return {
    id: transferId,
    direction: out.length > 0 ? 'out' : 'in',
    amount: sum(moved),
    budget: sum(moved.filter(({ account }) => account !== of.own)),
    kind: code,
    party: partyOf(party),
    since: at.toISOString(),
    until: expiresAt?.toISOString() ?? null,
  };
}

export const sum = (legs: readonly HoldLeg[]): number =>
  legs.reduce((all, { amount }) => all + amount, 0);
