import { createHash } from 'node:crypto';
import {
  canonicalRequest,
  type Leg,
  type Outcome,
  type Refusal,
  type TransferCode,
  type TransferRequest,
} from '@wijk/domain/ledger';
import { sql } from 'drizzle-orm';
import type { Executor } from '../kernel/database.ts';
import { run } from '../kernel/run.ts';

export interface Moment {
  at: Date;
  /** the date in the wijk, as '2026-12-01': what the limit of a day counts by */
  day: string;
}

interface Row extends Record<string, unknown> {
  outcome: Refusal | 'posted' | 'repeated';
  account: string | null;
  /** bigint comes as text */
  lacks: string | null;
}

const hashOf = (request: TransferRequest) =>
  createHash('sha256').update(canonicalRequest(request)).digest();
const legsOf = (request: TransferRequest): readonly Leg[] =>
  'legs' in request && request.legs ? request.legs : [];
const referenceOf = (request: TransferRequest) => {
  if ('pending' in request) return request.pending;
  return 'reverses' in request ? request.reverses : null;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const uuidOrNull = (id: string | null) => (id !== null && UUID.test(id) ? id : null);
/** What this says no to would make PostgreSQL refuse the whole call; without its parts it is malformed alone. */
const isRequest = (request: TransferRequest) =>
  (request.kind !== 'pending' || !Number.isNaN(request.expiresAt?.getTime() ?? 0)) &&
  // the function takes a `post` without legs for one of the whole reservation
  !(request.kind === 'post' && request.legs?.length === 0) &&
  legsOf(request).every(({ amount }) => Number.isSafeInteger(amount));

/**
 * Posts transfers in one round trip, in the order given and each by itself: one that is refused leaves the
 * others alone. With a pool it is a transaction of its own; with a transaction it holds when that commits.
 * Call it once in a transaction, with all that belongs to it: accounts are locked in one order.
 *
 * @returns what became of each, in the same order
 * @throws what PostgreSQL throws when two transactions bring the same new id at once with different accounts
 *   (23505): nothing was posted, and asking again tells
 */
export async function postTransfers(
  db: Executor,
  wijkId: string,
  requests: readonly TransferRequest[],
  { at, day }: Moment,
): Promise<Outcome[]> {
  if (requests.length === 0) return [];
  const sound = requests.map(isRequest);
  const legs = requests.flatMap((request, i) =>
    sound[i] ? legsOf(request).map((leg) => ({ ...leg, of: i + 1 })) : [],
  );
  const list = (values: readonly unknown[]) => sql.param(values);
  const { rows } = await run<Row>(
    db,
    sql`select outcome, account, lacks from ledger.post_transfers(${wijkId}, ${at}, ${day},
      ${list(requests.map(({ id }) => uuidOrNull(id)))}::uuid[],
      ${list(requests.map((request, i) => (sound[i] ? hashOf(request) : null)))}::bytea[],
      ${list(requests.map(({ kind }) => kind))}::text[],
      ${list(requests.map((request) => uuidOrNull(referenceOf(request))))}::uuid[],
      ${list(requests.map(({ code }) => code))}::text[],
      ${list(requests.map(({ policyVersion }) => policyVersion ?? null))}::int[],
      ${list(requests.map((request, i) => (sound[i] && request.kind === 'pending' ? request.expiresAt : null)))}::timestamptz[],
      ${list(legs.map((leg) => leg.of))}::int[],
      ${list(legs.map((leg) => uuidOrNull(leg.account)))}::uuid[],
      ${list(legs.map((leg) => leg.side === 'debit'))}::boolean[],
      ${list(legs.map((leg) => leg.amount))}::bigint[])`,
  );
  return rows.map(({ outcome, account, lacks }): Outcome => {
    if (outcome === 'posted' || outcome === 'repeated')
      return { ok: true, repeated: outcome === 'repeated' };
    return { ok: false, refusal: outcome, account, lacks: lacks === null ? null : Number(lacks) };
  });
}

/** Reservations whose time is over, oldest first, of all wijken. */
export async function lapsedHolds(
  db: Executor,
  now: Date,
  limit: number,
): Promise<{ wijkId: string; transferId: string }[]> {
  const { rows } = await run<{ wijkId: string; transferId: string }>(
    db,
    sql`select wijk_id as "wijkId", transfer_id as "transferId" from ledger.lapsed(${now}, ${limit})`,
  );
  return rows;
}

/** The code that each of these transfers was made with, in no order. */
export async function codesOf(
  db: Executor,
  wijkId: string,
  ids: readonly string[],
): Promise<Map<string, TransferCode>> {
  const { rows } = await run<{ id: string; code: TransferCode }>(
    db,
    sql`select id, code from ledger.transfer where wijk_id = ${wijkId} and id = any(${sql.param(ids)}::uuid[])`,
  );
  return new Map(rows.map(({ id, code }) => [id, code]));
}
