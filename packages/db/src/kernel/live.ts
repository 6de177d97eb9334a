import { sql } from 'drizzle-orm';
import type { Executor } from './database.ts';

/** A hint for open pages, sent by NOTIFY at commit. Carries no text; `ref` is the public reference. */
export interface LiveHint {
  /** wijk id */
  w: string;
  /** topic: 'desk', 'me' or 'question:<ref>'; between processes also 'roles' and 'presence' */
  t: string;
  /** membership, for 'me' */
  m?: string;
  /** reference of the question it is about */
  r?: string;
  /** what changed: 'answer', 'claim', 'assignment', 'promise', … */
  k?: string;
  /** with topic 'roles': the person whose roles changed */
  p?: string;
  /** with topic 'presence': who of one process has which question before them, all of them */
  v?: { from: string; seen: { m: string; n: string; r: string }[] };
}

export const LIVE_CHANNEL = 'wijk_live';
export const WORK_CHANNEL = 'wijk_work';

export async function hintLive(tx: Executor, ...hints: LiveHint[]): Promise<void> {
  for (const hint of hints)
    await tx.execute(sql`select pg_notify(${LIVE_CHANNEL}, ${JSON.stringify(hint)})`);
}
