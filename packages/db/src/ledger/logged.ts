import { hash as digest } from 'node:crypto';
import type { Hash, LoggedEntry } from '@wijk/domain/ledger';
import { type SQL, sql } from 'drizzle-orm';

/** An entry as the log has it, with its transfer and the kind of its account; bigints come as text. */
export interface LoggedRow extends Record<string, unknown> {
  accountId: string;
  accountKind: string | null;
  version: string;
  transferId: string;
  debit: boolean;
  posted: string;
  pending: string;
  balance: string;
  reserved: string;
  expected: string;
  at: string;
  /** null: there is no such transfer */
  requestHash: Buffer | null;
  kind: string;
  pendingId: string | null;
  reversesId: string | null;
  code: string;
  policyVersion: number | null;
  legs: number;
  expiresAt: string | null;
  transferAt: string;
}

/** A moment as seconds since 1970 with six decimals: a Date would round it. */
export const momentText = (column: SQL): SQL => sql`extract(epoch from ${column})::text`;

/** What `LoggedRow` has of an entry `e` and its transfer `t`. */
export const LOGGED = sql`e.account_id as "accountId", e.version, e.transfer_id as "transferId", e.debit,
  e.posted, e.pending, e.balance, e.reserved, e.expected, ${momentText(sql`e.at`)} as at,
  t.request_hash as "requestHash", t.kind, t.pending_id as "pendingId", t.reverses_id as "reversesId", t.code,
  t.policy_version as "policyVersion", t.legs, ${momentText(sql`t.expires_at`)} as "expiresAt",
  ${momentText(sql`t.at`)} as "transferAt"`;

/** As it is sealed. */
export function loggedEntry(wijkId: string, row: LoggedRow): LoggedEntry {
  return {
    wijkId,
    accountId: row.accountId,
    accountKind: row.accountKind ?? '',
    version: row.version,
    transferId: row.transferId,
    debit: row.debit,
    posted: row.posted,
    pending: row.pending,
    balance: row.balance,
    reserved: row.reserved,
    expected: row.expected,
    at: row.at,
    transfer: {
      requestHash: row.requestHash ?? new Uint8Array(),
      kind: row.kind,
      pendingId: row.pendingId,
      reversesId: row.reversesId,
      code: row.code,
      policyVersion: row.policyVersion === null ? null : String(row.policyVersion),
      legs: String(row.legs),
      expiresAt: row.expiresAt,
      at: row.transferAt,
    },
  };
}

export const sha256: Hash = (bytes) => digest('sha256', bytes, 'buffer');
