/**
 * What the book of wijk-credits is asked to do (W1, W2). Amounts are whole minor units, a hundredth of a
 * credit, above zero and below 2^53.
 */
export interface Leg {
  account: string;
  /** `debit` takes from the account, `credit` adds to it */
  side: 'debit' | 'credit';
  amount: number;
}

/** What a transfer is for. Neutral on purpose: a line in the book tells no topic (W6). */
export const TRANSFER_CODES = [
  'payment',
  'order',
  'issue',
  'retire',
  'grant',
  'return',
  'settle',
  'contribution',
  'demurrage',
  'correction',
] as const;
export type TransferCode = (typeof TRANSFER_CODES)[number];

interface Asked {
  /** made and kept by whoever asks before they ask: under it this happens once */
  id: string;
  code: TransferCode;
  policyVersion?: number;
  /**
   * What somebody asked for, where the legs are our own making: the same press then is the same request,
   * also when budgets were spent meanwhile and the legs would come out differently.
   */
  intent?: string;
}

export type TransferRequest =
  /** moves at once */
  | (Asked & { kind: 'single'; legs: readonly Leg[] })
  /** reserves; null: until it is ended by hand */
  | (Asked & { kind: 'pending'; legs: readonly Leg[]; expiresAt: Date | null })
  /** ends a reservation by moving it: without `legs` whole, else as much as they say; the rest returns. None is malformed */
  | (Asked & { kind: 'post'; pending: string; legs?: readonly Leg[] })
  /** ends a reservation without moving anything */
  | (Asked & { kind: 'void'; pending: string })
  /** the same, because its time is over */
  | (Asked & { kind: 'expire'; pending: string })
  /** takes a `single` or a `post` back, whole */
  | (Asked & { kind: 'reversal'; reverses: string });

/** Why the book refused, first cause first; see `ledger.post_transfers`. */
export const REFUSALS = [
  'mismatch',
  'no-reference',
  'already-resolved',
  'already-reversed',
  'expired',
  'not-due',
  'no-account',
  'malformed',
  'frozen',
  'insufficient',
  'over-maximum',
  'over-daily',
] as const;
export type Refusal = (typeof REFUSALS)[number];

export type Outcome =
  /** `repeated`: this very request was posted before; it has not happened again */
  | { ok: true; repeated: boolean }
  | {
      ok: false;
      refusal: Refusal;
      /** the account that stands in the way */
      account: string | null;
      /** how much is lacking, or too much, in minor units */
      lacks: number | null;
    };

/**
 * The request as one text, the same for the same request, so that its hash tells another request under
 * the same id. Lengths go before parts: no two requests have one text.
 */
export function canonicalRequest(request: TransferRequest): string {
  const legs = 'legs' in request && request.legs ? request.legs : [];
  const parts =
    request.intent === undefined
      ? partsOf(request, legs)
      : ['intent', request.code, request.intent];
  return parts.map((part) => `${part.length}:${part}`).join('');
}

function partsOf(request: TransferRequest, legs: readonly Leg[]): string[] {
  return [
    request.kind,
    request.code,
    'pending' in request ? request.pending : 'reverses' in request ? request.reverses : '',
    request.kind === 'pending' ? (request.expiresAt?.toISOString() ?? '') : '',
    ...legs.flatMap((leg) => [leg.account, leg.side, String(leg.amount)]),
  ];
}
