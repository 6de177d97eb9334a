import { leafHash } from '@wijk/domain/ledger';
import { RANKS } from './account-store.ts';
import type { Findings } from './findings.ts';
import { type LoggedRow, loggedEntry, sha256 } from './logged.ts';

/** An account with what its events and its watermark say; bigints and moments as text. */
export interface AccountRow extends Record<string, unknown> {
  id: string;
  kind: string;
  rank: number;
  debitsPending: string;
  debitsPosted: string;
  creditsPending: string;
  creditsPosted: string;
  minWanted: string | null;
  maxWanted: string | null;
  minBalance: string | null;
  maxBalance: string | null;
  dailyLimit: string | null;
  spentDay: string | null;
  spentToday: string;
  /** that day in the wijk; null: no day, or none that exists */
  spentFrom: string | null;
  spentTo: string | null;
  frozen: boolean;
  version: string;
  lastAt: string;
  openedAt: string;
  sealed: string | null;
  /** of its events: how many, the highest number, when opened, and what they say last */
  events: number;
  eventNr: number | null;
  eventOpened: string | null;
  eventMin: string | null;
  eventMax: string | null;
  eventDaily: string | null;
  eventFrozen: boolean | null;
}

export interface LeafRow extends Record<string, unknown> {
  accountId: string;
  version: string;
  height: number;
  position: number;
  hash: Buffer;
}

/** Clocks of two processes may differ by so many seconds around midnight. */
const SKEW = 60;

/** Reads one account through, entry by entry in their order. */
export class AccountCheck {
  readonly #wijkId: string;
  readonly #id: string;
  readonly #account: AccountRow | null;
  readonly #found: Findings;
  #version = 0n;
  #sealed = 0n;
  #debits = 0n;
  #credits = 0n;
  #reserved = 0n;
  #expected = 0n;
  #at = '';
  #spent = { sum: 0n, lastAt: Number.NaN, atMidnight: false };

  /** @param account null where there are entries of an account that does not exist */
  constructor(wijkId: string, id: string, account: AccountRow | null, found: Findings) {
    this.#wijkId = wijkId;
    this.#id = id;
    this.#account = account;
    this.#found = found;
  }

  /** @param leaf what was sealed of it, if it was */
  entry(row: LoggedRow, leaf: LeafRow | null): void {
    const where = {
      account: this.#id,
      version: Number(row.version),
      transfer: row.transferId,
      height: leaf?.height ?? null,
      position: leaf?.position ?? null,
    };
    const version = BigInt(row.version);
    if (version !== this.#version + 1n)
      this.#found.add('entry-missing', { account: this.#id, version: Number(this.#version) + 1 });
    this.#version = version;
    if (!this.#account) this.#found.add('entry-without-account', where);
    if (!row.requestHash) this.#found.add('entry-without-transfer', where);
    this.#seal(row, leaf, where);
    this.#balances(row, where);
    const back = this.#at !== '' && Number(row.at) < Number(this.#at);
    if (back || row.at !== row.transferAt) this.#found.add('entry-moment', where);
    this.#at = row.at;
  }

  /** Something was sealed here that is not in the book. */
  leafAlone(leaf: LeafRow): void {
    const { height, position } = leaf;
    const where = { account: this.#id, version: Number(leaf.version), height, position };
    const version = BigInt(leaf.version);
    const gone =
      version === this.#version + 1n && version <= BigInt(this.#account?.version ?? version);
    this.#found.add(gone ? 'entry-missing' : 'leaf-stray', where);
    if (gone) this.#version = version;
    this.#sealed = version;
  }

  #seal(row: LoggedRow, leaf: LeafRow | null, where: object): void {
    if (leaf) {
      this.#sealed = BigInt(leaf.version);
      const accountKind = this.#account?.kind ?? '';
      const hash = leafHash(sha256, loggedEntry(this.#wijkId, { ...row, accountKind }));
      if (!leaf.hash.equals(hash)) this.#found.add('entry-changed', where);
    } else if (BigInt(row.version) <= BigInt(this.#account?.sealed ?? 0))
      this.#found.add('entry-unsealed', where);
  }

  #balances(row: LoggedRow, where: object): void {
    const [posted, pending] = [BigInt(row.posted), BigInt(row.pending)];
    if (row.debit) {
      this.#debits += posted;
      this.#reserved += pending;
      // the limit of a day is about paying, as in `ledger.post_transfers`
      const paying = row.code === 'payment' || row.code === 'order';
      if (paying && (row.kind === 'single' || row.kind === 'pending'))
        this.#spend(row, posted + pending);
    } else {
      this.#credits += posted;
      this.#expected += pending;
    }
    if (
      BigInt(row.balance) !== this.#credits - this.#debits ||
      BigInt(row.reserved) !== this.#reserved ||
      BigInt(row.expected) !== this.#expected
    )
      this.#found.add('entry-balance', where);
  }

  /** Adds up what went out on the day that the account counts. */
  #spend(row: LoggedRow, amount: bigint): void {
    const at = Number(row.at);
    this.#spent.lastAt = at;
    if (!this.#account?.spentFrom) return;
    const [from, to] = [Number(this.#account.spentFrom), Number(this.#account.spentTo)];
    if (at < from || at >= to + SKEW) return;
    this.#spent.sum += amount;
    if (at < from + SKEW || at >= to) this.#spent.atMidnight = true;
  }

  /** After its last entry: what the account says follows from them. */
  close(): void {
    const account = this.#account;
    if (!account) return;
    const at = { account: this.#id };
    const version = BigInt(account.version);
    if (version > this.#version)
      this.#found.add('entry-missing', { ...at, version: Number(this.#version) + 1 });
    else if (version < this.#version) this.#found.add('account-version', at);
    if (
      BigInt(account.debitsPosted) !== this.#debits ||
      BigInt(account.creditsPosted) !== this.#credits ||
      BigInt(account.debitsPending) !== this.#reserved ||
      BigInt(account.creditsPending) !== this.#expected
    )
      this.#found.add('account-counters', at);
    if (account.lastAt !== (this.#at || account.openedAt)) this.#found.add('account-moment', at);
    if (BigInt(account.sealed ?? 0) !== this.#sealed) this.#found.add('account-sealed', at);
    const ranks: Readonly<Record<string, number>> = RANKS;
    if (ranks[account.kind] !== account.rank) this.#found.add('account-kind', at);
    if (!this.#limitsHold(account)) this.#found.add('account-limits', at);
    if (!this.#stateHolds(account)) this.#found.add('account-state', at);
    if (!this.#spentHolds(account)) this.#found.add('account-spent', at);
  }

  /**
   * What is wanted was last set by an event. What holds is that, or where the balance was beyond it, what
   * the balance has come back to.
   */
  #limitsHold(account: AccountRow): boolean {
    const { minWanted, maxWanted, minBalance, maxBalance, dailyLimit } = account;
    const balance = this.#credits - this.#debits;
    const [low, high] = [balance - this.#reserved, balance + this.#expected];
    const min = minWanted === null ? null : smallest(BigInt(minWanted), low);
    const max = maxWanted === null ? null : largest(BigInt(maxWanted), high);
    return (
      minWanted === account.eventMin &&
      maxWanted === account.eventMax &&
      dailyLimit === account.eventDaily &&
      (minBalance === null ? null : BigInt(minBalance)) === min &&
      (maxBalance === null ? null : BigInt(maxBalance)) === max
    );
  }

  #stateHolds(account: AccountRow): boolean {
    return (
      account.frozen === (account.eventFrozen ?? false) &&
      account.events === account.eventNr &&
      account.openedAt === account.eventOpened
    );
  }

  #spentHolds({ spentDay, spentFrom, spentTo, spentToday }: AccountRow): boolean {
    const { sum, lastAt, atMidnight } = this.#spent;
    const counted = BigInt(spentToday);
    if (Number.isNaN(lastAt)) return spentDay === null && counted === 0n;
    if (spentFrom === null || lastAt < Number(spentFrom) || lastAt >= Number(spentTo) + SKEW)
      return false;
    // two clocks around midnight may have begun the day anew in between
    return atMidnight ? counted > 0n && counted <= sum : counted === sum;
  }
}

const smallest = (a: bigint, b: bigint) => (a < b ? a : b);
const largest = (a: bigint, b: bigint) => (a > b ? a : b);
