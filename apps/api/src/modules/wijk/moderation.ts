import type { Executor, Transaction } from '@wijk/db/kernel';
import {
  addModerationPolicy,
  currentModerationPolicy,
  ownPhrases,
  savePhrases,
} from '@wijk/db/wijk';
import { DEFAULT_DISTRESS_PHRASES } from '@wijk/domain/vraagbaak';
import {
  cleanPhrases,
  DEFAULT_MODERATION_POLICY,
  type ModerationPolicy,
  type PhraseKind,
  validateModerationPolicy,
} from '@wijk/domain/wijk';

/** What judges texts in a wijk (V11). Every wijk that is remembered has it. */
export interface Moderation {
  policy: ModerationPolicy;
  /** phrases of distress, and words that hold a text for review */
  distress: readonly string[];
  hold: readonly string[];
}

/** What the wijk adopted and keeps itself, and that of the house for what it left alone. */
export function moderationOf(
  policy: ModerationPolicy | null,
  phrases: { [K in PhraseKind]?: readonly string[] },
): Moderation {
  return {
    policy: policy ?? DEFAULT_MODERATION_POLICY,
    distress: phrases.distress ?? DEFAULT_DISTRESS_PHRASES,
    hold: phrases.hold ?? [],
  };
}

/**
 * What the wijk adopted for V11, or what the house does where it adopted nothing, as it stands in the
 * database: for the settings. Who judges a text takes `wijk.moderation`, which is remembered.
 */
export async function readModerationPolicy(
  db: Executor,
  wijkId: string,
  now: Date,
): Promise<ModerationPolicy> {
  return (await currentModerationPolicy(db, wijkId, now)) ?? DEFAULT_MODERATION_POLICY;
}

/**
 * Adopts a policy from `now` on; earlier versions stay for the record.
 * @returns the new version
 * @throws `kernel.invalid` with every field at fault
 */
export async function changeModerationPolicy(
  tx: Transaction,
  wijkId: string,
  policy: Omit<ModerationPolicy, 'version'>,
  now: Date,
): Promise<number> {
  validateModerationPolicy(policy);
  return addModerationPolicy(tx, wijkId, policy, now);
}

export interface Phrases {
  phrases: readonly string[];
  /** 0: the list of the house, which the wijk never changed */
  version: number;
}

/**
 * The list that holds in this wijk, as it stands in the database: its own, or that of the house
 * (distress) or none (hold).
 */
export async function readPhrases(
  db: Executor,
  wijkId: string,
  kind: PhraseKind,
): Promise<Phrases> {
  const own = await ownPhrases(db, wijkId, kind);
  if (own) return own;
  return { phrases: kind === 'distress' ? DEFAULT_DISTRESS_PHRASES : [], version: 0 };
}

/**
 * Puts a list in the place of the one before it. An empty list of distress becomes that of the
 * house: a wijk cannot switch the help lines off by mistake.
 * @param by membership of who changes it
 * @throws `kernel.invalid` at 'phrases'
 */
export async function changePhrases(
  tx: Transaction,
  wijkId: string,
  kind: PhraseKind,
  { phrases, by }: { phrases: readonly string[]; by: string },
  now: Date,
): Promise<number> {
  const cleaned = cleanPhrases(phrases);
  const kept =
    kind === 'distress' && cleaned.length === 0 ? [...DEFAULT_DISTRESS_PHRASES] : cleaned;
  return savePhrases(tx, { wijkId, kind, phrases: kept, by }, now);
}
