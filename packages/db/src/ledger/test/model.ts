import {
  canonicalRequest,
  type Outcome,
  type Refusal,
  type TransferRequest,
} from '@wijk/domain/ledger';
import {
  availableOf,
  balanceOf,
  countsForTheDay,
  givenBy,
  isWhole,
  type ModelAccount,
  type ModelLimits,
  type ModelTransfer,
  no,
  partsOf,
  promisedOf,
  type Row,
  referenceOf,
  refusalOf,
  spentOn,
} from './rules.ts';

/**
 * What the book has to do, said a second time and as plainly as possible: one request after the other, in
 * memory, nothing at once. Tests hold the book against it.
 */
export class ModelBook {
  readonly accounts = new Map<string, ModelAccount>();
  readonly transfers = new Map<string, ModelTransfer>();
  /** what was ended or taken back */
  readonly ended = new Set<string>();

  open(id: string, wanted: ModelLimits, at: number): void {
    this.accounts.set(id, {
      id,
      debits: { posted: 0, pending: 0 },
      credits: { posted: 0, pending: 0 },
      wanted,
      min: wanted.min === null ? null : Math.min(wanted.min, 0),
      max: wanted.max === null ? null : Math.max(wanted.max, 0),
      spent: null,
      frozen: false,
      lastAt: at,
      entries: [],
    });
  }

  setLimits(id: string, wanted: ModelLimits): void {
    const account = this.accounts.get(id);
    if (!account) return;
    const { min, max, daily } = account.wanted;
    if (min === wanted.min && max === wanted.max && daily === wanted.daily) return;
    account.wanted = wanted;
    account.min = wanted.min === null ? null : Math.min(wanted.min, availableOf(account));
    account.max = wanted.max === null ? null : Math.max(wanted.max, promisedOf(account));
  }

  setFrozen(id: string, frozen: boolean): void {
    const account = this.accounts.get(id);
    if (account) account.frozen = frozen;
  }

  holds(): string[] {
    return [...this.transfers.values()]
      .filter(({ request }) => request.kind === 'pending' && !this.ended.has(request.id))
      .map(({ request }) => request.id)
      .sort();
  }

  post(requests: readonly TransferRequest[], at: number, day: string): Outcome[] {
    const before = new Map(this.transfers);
    return requests.map((request) => this.#one(request, before, at, day));
  }

  #one(
    request: TransferRequest,
    before: ReadonlyMap<string, ModelTransfer>,
    at: number,
    day: string,
  ): Outcome {
    const known = this.transfers.get(request.id);
    const none = request.kind === 'post' && request.legs?.length === 0;
    const safe = !none && givenBy(request).every(({ amount }) => Number.isSafeInteger(amount));
    if (known)
      return safe && canonicalRequest(known.request) === canonicalRequest(request)
        ? { ok: true, repeated: true }
        : no('mismatch');
    if (!safe) return no('malformed');
    if (!/^[a-z][a-z-]{1,30}$/.test(request.code)) return no('malformed');
    const target = before.get(referenceOf(request) ?? '');
    const unfit = this.#judgeReference(request, target, at);
    if (unfit) return no(unfit);
    const parts = partsOf(request, target);
    const missing = parts.find((part) => !this.accounts.has(part.account));
    if (missing) return no('no-account', missing.account);
    const rows = parts.map((part) => ({
      part,
      account: this.accounts.get(part.account) as ModelAccount,
    }));
    if (!isWhole(request, rows)) return no('malformed');
    const refused = refusalOf(request, rows, day);
    if (refused) return refused;
    this.#apply(request, rows, at, day);
    return { ok: true, repeated: false };
  }

  #judgeReference(
    request: TransferRequest,
    target: ModelTransfer | undefined,
    at: number,
  ): Refusal | null {
    if (request.kind === 'single' || request.kind === 'pending') return null;
    const fits = request.kind === 'reversal' ? ['single', 'post'] : ['pending'];
    if (!target || !fits.includes(target.request.kind)) return 'no-reference';
    if (this.ended.has(target.request.id))
      return request.kind === 'reversal' ? 'already-reversed' : 'already-resolved';
    const until = target.request.kind === 'pending' ? target.request.expiresAt : null;
    if (request.kind === 'post' && until && until.getTime() <= at) return 'expired';
    if (request.kind === 'expire' && !(until && until.getTime() <= at)) return 'not-due';
    return null;
  }

  #apply(request: TransferRequest, rows: readonly Row[], at: number, day: string): void {
    const moment = Math.max(at, ...rows.map(({ account }) => account.lastAt));
    for (const { part, account } of rows) {
      const side = part.debit ? account.debits : account.credits;
      side.posted += part.posted;
      side.pending += part.pending;
      if (part.debit && countsForTheDay(request))
        account.spent = {
          day: account.spent && account.spent.day > day ? account.spent.day : day,
          amount: spentOn(account, day) + part.posted + part.pending,
        };
      if (account.min !== null && account.wanted.min !== null && account.min < account.wanted.min)
        account.min = Math.max(account.min, Math.min(account.wanted.min, availableOf(account)));
      if (account.max !== null && account.wanted.max !== null && account.max > account.wanted.max)
        account.max = Math.min(account.max, Math.max(account.wanted.max, promisedOf(account)));
      account.lastAt = moment;
      account.entries.push({
        transferId: request.id,
        version: account.entries.length + 1,
        debit: part.debit,
        posted: part.posted,
        pending: part.pending,
        balance: balanceOf(account),
        reserved: account.debits.pending,
        expected: account.credits.pending,
        at: moment,
      });
    }
    this.transfers.set(request.id, { request, parts: rows.map(({ part }) => part), at: moment });
    const reference = referenceOf(request);
    if (reference) this.ended.add(reference);
  }
}
