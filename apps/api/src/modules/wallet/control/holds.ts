import type {
  listTreasuryHolds as contract,
  QueryOf,
  ReplyOf,
  TreasuryHold,
} from '@wijk/contracts';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { ownersOf, pageOf, sum } from '../holds.ts';
import { holdersBy } from '../views.ts';
import { readCursor } from './cursor.ts';
import { accountNames } from './queries.ts';

/**
 * Open reservations of the wijk, the oldest first, a line for each payer. For what and for whom they are is
 * not the control room's to know.
 */
export async function openHolds(
  services: Services,
  wijk: Wijk,
  { cursor, limit }: QueryOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const { db, book } = services;
  const [holds, totals] = await Promise.all([
    book.holds(wijk.id, { after: readCursor(cursor), limit: limit + 1 }),
    book.totals(wijk.id),
  ]);
  const { shown, nextCursor } = pageOf(holds, limit);
  const ownerOf = await ownersOf(services, wijk.id, shown);
  const lines = shown.flatMap(({ transferId, at, expiresAt, legs }) => {
    const debits = legs.filter(({ side }) => side === 'debit');
    return [...new Set(debits.map(ownerOf))].map((account) => ({
      id: transferId,
      account,
      amount: sum(debits.filter((leg) => ownerOf(leg) === account)),
      since: at.toISOString(),
      until: expiresAt?.toISOString() ?? null,
    }));
  });
  const accounts = [...new Set(lines.map(({ account }) => account))];
  const [names, holders] = await Promise.all([
    accountNames(db, wijk.id, accounts),
    holdersBy(db, wijk.id, accounts),
  ]);
  return {
    total: totals.reduce((all, { reserved }) => all + reserved, 0),
    items: lines.map(
      (line): TreasuryHold => ({
        ...line,
        kind: holders.get(line.account)?.kind ?? '',
        name: names.get(line.account) ?? '',
      }),
    ),
    nextCursor,
  };
}
