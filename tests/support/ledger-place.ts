import { randomUUID } from 'node:crypto';
import { connect, type Database } from '@wijk/db/kernel';
import { type AccountKind, type Limits, openAccount, postTransfers } from '@wijk/db/ledger';
import { createWijk } from '@wijk/db/seed';
import { type ManualClock, manualClock } from '@wijk/domain/kernel';
import type { Leg, TransferRequest } from '@wijk/domain/ledger';
import pg from 'pg';
import { Book } from '../../apps/api/src/modules/ledger/index.ts';
import { Wijken } from '../../apps/api/src/modules/wijk/index.ts';
import { testDatabase } from './database.ts';

/** A book on a database of its own, with what tests of payments need around it. */
export interface LedgerPlace {
  db: Database;
  appUrl: string;
  owner: pg.Client;
  clock: ManualClock;
  wijkId: string;
  /** another wijk, without accounts */
  otherWijkId: string;
  /** as another process would have it, on the same database; closed with the place */
  another(url?: string): { db: Database; book: Book };
  book: Book;
  /** opens an account with so much on it */
  account(amount?: number, kind?: AccountKind, limits?: Partial<Limits>): Promise<string>;
  close(): Promise<void>;
}

export async function openLedger(now = '2026-12-01T09:00:00Z'): Promise<LedgerPlace> {
  const database = await testDatabase();
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const clock = manualClock(now);
  const pools: Database[] = [];
  const books: Book[] = [];
  const another = (url = database.appUrl) => {
    const db = connect({ url });
    pools.push(db);
    const book = new Book({ db, clock, wijken: new Wijken(db, clock, undefined) });
    books.push(book);
    return { db, book };
  };
  const { db, book } = another();
  const ownerDb = connect({ url: database.ownerUrl, max: 1 });
  pools.push(ownerDb);
  const wijk = await createWijk(ownerDb, { slug: 'elzen', name: 'Elzen', now: clock.now() });
  const other = await createWijk(ownerDb, { slug: 'molen', name: 'Molen', now: clock.now() });
  const open = async (kind: AccountKind, limits: Partial<Limits> = {}) => {
    const account = {
      wijkId: wijk.id,
      id: randomUUID(),
      kind,
      limits: { min: 0, max: null, daily: null, ...limits },
    };
    await openAccount(db, account, clock.now());
    return account.id;
  };
  const issuance = await open('issuance', { min: null });
  return {
    db,
    appUrl: database.appUrl,
    owner,
    clock,
    wijkId: wijk.id,
    otherWijkId: other.id,
    another,
    book,
    account: async (amount = 0, kind = 'member', limits = {}) => {
      const id = await open(kind, limits);
      const issue = payment(issuance, id, amount);
      if (amount > 0)
        await postTransfers(db, wijk.id, [issue], { at: clock.now(), day: '2026-12-01' });
      return id;
    },
    close: async () => {
      for (const one of books) await one.close();
      for (const pool of pools) await pool.$client.end();
      await owner.end();
      await database.drop();
    },
  };
}

/** From one account to another, once. */
export function payment(
  from: string,
  to: string,
  amount: number,
  id: string = randomUUID(),
): TransferRequest & { legs: readonly Leg[] } {
  return {
    id,
    kind: 'single',
    code: 'payment',
    legs: [
      { account: from, side: 'debit', amount },
      { account: to, side: 'credit', amount },
    ],
  };
}
