import type { Leg, Outcome, Refusal, TransferRequest } from '@wijk/domain/ledger';

/** The rules of the model: what a request would enter, and why it may not. All pure. */
export interface ModelEntry {
  transferId: string;
  version: number;
  debit: boolean;
  posted: number;
  pending: number;
  balance: number;
  reserved: number;
  expected: number;
  at: number;
}

export interface ModelLimits {
  min: number | null;
  max: number | null;
  daily: number | null;
}

export interface ModelAccount {
  id: string;
  debits: { posted: number; pending: number };
  credits: { posted: number; pending: number };
  wanted: ModelLimits;
  min: number | null;
  max: number | null;
  spent: { day: string; amount: number } | null;
  frozen: boolean;
  lastAt: number;
  entries: ModelEntry[];
}

export interface Part {
  account: string;
  debit: boolean;
  posted: number;
  pending: number;
  /** there is nothing that it could stand for */
  bad: boolean;
}

export interface ModelTransfer {
  request: TransferRequest;
  parts: Part[];
  at: number;
}

const MOST = Number.MAX_SAFE_INTEGER;
export const no = (
  refusal: Refusal,
  account: string | null = null,
  lacks: number | null = null,
): Outcome => ({
  ok: false,
  refusal,
  account,
  lacks,
});
export const balanceOf = ({ debits, credits }: ModelAccount) => credits.posted - debits.posted;
export const availableOf = (account: ModelAccount) => balanceOf(account) - account.debits.pending;
export const promisedOf = (account: ModelAccount) => balanceOf(account) + account.credits.pending;
const signed = ({ debit }: { debit: boolean }, amount: number) => BigInt(debit ? -amount : amount);

export interface Row {
  part: Part;
  account: ModelAccount;
}

export const givenBy = (request: TransferRequest): readonly Leg[] =>
  'legs' in request && request.legs ? request.legs : [];
export const referenceOf = (request: TransferRequest): string | null =>
  'pending' in request ? request.pending : 'reverses' in request ? request.reverses : null;
/** The limit of a day is about paying, not about what is settled, returned or melts away. */
export const countsForTheDay = ({ kind, code }: TransferRequest) =>
  (kind === 'single' || kind === 'pending') && (code === 'payment' || code === 'order');
export const spentOn = ({ spent }: ModelAccount, day: string) =>
  spent && spent.day >= day ? spent.amount : 0;

/** What a request would enter, in the order in which accounts are looked at. */
export function partsOf(request: TransferRequest, target: ModelTransfer | undefined): Part[] {
  const given = givenBy(request);
  if (request.kind === 'single' || request.kind === 'pending' || !target)
    return given.map(({ account, side, amount }) => ({
      account,
      debit: side === 'debit',
      posted: request.kind === 'pending' ? 0 : amount,
      pending: request.kind === 'pending' ? amount : 0,
      bad: false,
    }));
  const matches = (leg: Leg, part: Part) =>
    leg.account === part.account && (leg.side === 'debit') === part.debit;
  const ending = (part: Part, posted: number, bad = false): Part =>
    request.kind === 'reversal'
      ? { ...part, debit: !part.debit, posted: part.posted, pending: 0, bad }
      : { ...part, posted, pending: -part.pending, bad };
  const parts = [...target.parts].sort((a, b) => (a.account < b.account ? -1 : 1));
  const partial = request.kind === 'post' && given.length > 0;
  const rest = parts
    .filter((part) => !given.some((leg) => matches(leg, part)))
    .map((part) => ending(part, request.kind === 'post' && !partial ? part.pending : 0));
  return rest.concat(
    given.map((leg) => {
      const part = parts.find((one) => matches(leg, one));
      if (!part)
        return {
          account: leg.account,
          debit: leg.side === 'debit',
          posted: 0,
          pending: 0,
          bad: true,
        };
      return ending(part, leg.amount, !partial || leg.amount > part.pending);
    }),
  );
}

export function isWhole(request: TransferRequest, rows: readonly Row[]): boolean {
  const starts = request.kind === 'single' || request.kind === 'pending';
  if (rows.length < 2 || new Set(rows.map(({ part }) => part.account)).size < rows.length)
    return false;
  for (const { part, account } of rows) {
    if (part.bad || part.posted < 0 || (starts && part.posted + part.pending <= 0)) return false;
    const side = part.debit ? account.debits : account.credits;
    const total = BigInt(side.posted) + BigInt(side.pending) + BigInt(part.posted + part.pending);
    if (part.posted + part.pending > 0 && total > BigInt(MOST)) return false;
  }
  const sum = (of: 'posted' | 'pending') =>
    rows.reduce((all, { part }) => all + signed(part, part[of]), 0n);
  return sum('posted') === 0n && sum('pending') === 0n;
}

/** Frozen, then each payer's least, each payee's most, and each payer's day. */
export function refusalOf(
  request: TransferRequest,
  rows: readonly Row[],
  day: string,
): Outcome | null {
  const starts = request.kind === 'single' || request.kind === 'pending';
  const frozen = rows.find(({ account }) => account.frozen);
  if (frozen && (starts || request.kind === 'post')) return no('frozen', frozen.account.id);
  const adding = rows
    .map(({ part, account }) => ({ account, debit: part.debit, more: part.posted + part.pending }))
    .filter(({ more }) => more > 0);
  const paying = adding.filter(({ debit }) => debit);
  for (const { account, more } of paying) {
    const left = availableOf(account) - more;
    if (account.min !== null && left < account.min)
      return no('insufficient', account.id, account.min - left);
  }
  for (const { account, more } of adding.filter(({ debit }) => !debit)) {
    const then = promisedOf(account) + more;
    if (account.max !== null && then > account.max)
      return no('over-maximum', account.id, then - account.max);
  }
  for (const { account, more } of countsForTheDay(request) ? paying : []) {
    const then = spentOn(account, day) + more;
    if (account.wanted.daily !== null && then > account.wanted.daily)
      return no('over-daily', account.id, then - account.wanted.daily);
  }
  return null;
}
