import { createHash } from 'node:crypto';
import type { Leg, TransferCode, TransferRequest } from '@wijk/domain/ledger';
import type { Ask } from './script.ts';

/** The same number, the same id; ids come in any order. */
export const idOf = (what: string, nr: number): string => {
  const hex = createHash('sha256').update(`${what} ${nr}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-');
};

/** Writes out what a script asks for, and remembers it: requests come again, and refer to each other. */
export class Scribe {
  /** the clock of the script, in milliseconds */
  now = 0;
  readonly made: TransferRequest[] = [];
  /** what the book took: mostly this is what is ended or taken back */
  readonly taken = new Set<string>();
  readonly #accounts: readonly string[];

  constructor(accounts: readonly string[]) {
    this.#accounts = accounts;
  }

  /** An earlier request, counted back. */
  earlier(pick: number): TransferRequest | undefined {
    return this.made.at(-1 - (pick % Math.max(this.made.length, 1)));
  }

  make(ask: Ask): TransferRequest {
    const before = this.earlier(ask.ref);
    const request =
      ask.twist === 'same-id-same-body' && before ? before : twisted(this.#plain(ask), ask, before);
    this.made.push(request);
    return request;
  }

  #account(nr: number): string {
    return this.#accounts[nr % this.#accounts.length] as string;
  }

  #plain(ask: Ask): TransferRequest {
    const code: TransferCode = ask.ref === 4 ? 'return' : 'payment';
    const asked = { id: idOf('transfer', this.made.length), code };
    switch (ask.kind) {
      case 'single':
        return { ...asked, kind: 'single', legs: this.#legs(ask) };
      case 'pending':
        return {
          ...asked,
          kind: 'pending',
          legs: this.#legs(ask),
          expiresAt: this.#until(ask.minutes),
        };
      case 'reversal':
        return { ...asked, kind: 'reversal', reverses: this.#meant(ask, ['single', 'post']).id };
      case 'post': {
        const meant = this.#meant(ask, ['pending']);
        const legs =
          'legs' in meant && ask.share > 0 ? shareOf(meant.legs ?? [], ask.share) : undefined;
        return { ...asked, kind: 'post', pending: meant.id, ...(legs && { legs }) };
      }
      default:
        return { ...asked, kind: ask.kind, pending: this.#meant(ask, ['pending']).id };
    }
  }

  /** Of the kinds that can be meant, one of the latest; where there is none, one that never was. */
  #meant({ ref, twist }: Ask, kinds: readonly string[]): { id: string; legs?: readonly Leg[] } {
    const fits = this.made.filter(
      ({ id, kind }) =>
        kinds.includes(kind) !== (twist === 'wrong-reference') && (ref === 5 || this.taken.has(id)),
    );
    const found =
      twist === 'unknown-reference' ? undefined : fits.at(-1 - (ref % Math.max(fits.length, 1)));
    return found ?? { id: idOf('nothing', ref) };
  }

  #legs({ payer, payees, amounts }: Ask): Leg[] {
    const debtor = this.#account(payer);
    const creditors = [...new Set(payees.map((nr) => this.#account(nr)))].filter(
      (id) => id !== debtor,
    );
    if (creditors.length === 0) creditors.push(this.#account(payer + 1));
    const credits = creditors.map(
      (account, i): Leg => ({ account, side: 'credit', amount: amounts[i] ?? 1 }),
    );
    return [{ account: debtor, side: 'debit', amount: totalOf(credits) }, ...credits];
  }

  #until(minutes: number | null): Date | null {
    return minutes === null ? null : new Date(this.now + minutes * 60_000);
  }
}

const totalOf = (legs: readonly Leg[]) => legs.reduce((sum, leg) => sum + leg.amount, 0);

/** Each payee gets that much of it, rounded down; the payer pays what that comes to. */
function shareOf(legs: readonly Leg[], hundredths: number): Leg[] {
  const credits = legs
    .filter(({ side }) => side === 'credit')
    .map((leg) => ({ ...leg, amount: Math.floor((leg.amount * hundredths) / 100) }));
  return legs
    .map((leg) => (leg.side === 'debit' ? { ...leg, amount: totalOf(credits) } : leg))
    .map(
      (leg) =>
        credits.find(({ account, side }) => account === leg.account && side === leg.side) ?? leg,
    );
}

/** The same request, spoilt. */
function twisted(
  request: TransferRequest,
  { twist, ref, payees }: Ask,
  before: TransferRequest | undefined,
): TransferRequest {
  const legs = 'legs' in request && request.legs ? [...request.legs] : [];
  const [first, second, ...rest] = legs;
  const to = (...changed: Leg[]) => ({ ...request, legs: changed }) as TransferRequest;
  if (twist === 'same-id-other-body' && before) return { ...request, id: before.id };
  if (twist === 'same-intent')
    return {
      ...request,
      id: before && ref % 2 ? before.id : request.id,
      intent: `want ${ref % 2}`,
    };
  if (twist === 'no-code') return { ...request, code: 'Een betaling' as TransferCode };
  if (!first || !second) return request;
  const amounts = {
    'not-positive': payees.length - 2,
    enormous: Number.MAX_SAFE_INTEGER - ref,
    'no-number': 2 ** 53 + ref / 2,
  };
  switch (twist) {
    case 'unbalanced':
      return to({ ...first, amount: first.amount + 1 }, second, ...rest);
    case 'one-leg':
      return to(first);
    case 'no-legs':
      return to();
    case 'twice-the-same-account':
      return to({ ...first, amount: first.amount * 2 }, second, ...rest, second, ...rest);
    case 'not-positive':
    case 'enormous':
    case 'no-number':
      return to({ ...first, amount: amounts[twist] }, { ...second, amount: amounts[twist] });
    case 'unknown-account':
      return to(first, { ...second, account: idOf('nobody', ref) }, ...rest);
    case 'more-than-reserved':
      return to(
        { ...first, amount: first.amount * 3 },
        { ...second, amount: second.amount * 3 },
        ...rest,
      );
    case 'another-party':
      return to({ ...first, side: 'credit' }, { ...second, side: 'debit' }, ...rest);
    default:
      return request;
  }
}
