import { sql } from 'drizzle-orm';
import type { Executor } from './database.ts';

/** A hint for open pages, sent by NOTIFY at commit. Carries no text; `ref` is the public reference. */
export interface LiveHint {
  /** wijk id */
  w: string;
  /** topic: 'desk', 'me' or 'question:<ref>'; between processes also 'presence' */
  t: string;
  /** membership, for 'me' */
  m?: string;
  /** reference of the question it is about */
  r?: string;
  /** what changed: 'answer', 'claim', 'assignment', 'promise', … */
  k?: string;
  /** with topic 'presence': who of one process has which question before them, all of them */
  v?: { from: string; seen: { m: string; n: string; r: string }[] };
}

/** What processes remember and must think over: a person's roles, or the set-up of a wijk. */
export type ChangedHint = { person: string } | { wijk: string };

export const CHANGED_CHANNEL = 'wijk_changed';
export const LIVE_CHANNEL = 'wijk_live';
export const WORK_CHANNEL = 'wijk_work';

export async function hintLive(tx: Executor, ...hints: LiveHint[]): Promise<void> {
  if (hints.length === 0) return;
  const texts = sql.param(hints.map((hint) => JSON.stringify(hint)));
  await tx.execute(
    sql`select pg_notify(${LIVE_CHANNEL}, h.hint) from unnest(${texts}::text[]) as h(hint)`,
  );
}

/** Told to every process at commit. */
export async function hintChanged(tx: Executor, hint: ChangedHint): Promise<void> {
  await tx.execute(sql`select pg_notify(${CHANGED_CHANNEL}, ${JSON.stringify(hint)})`);
}
