import { DomainError, type FieldError } from '../kernel/index.ts';

/** What a redactie adopted for supervision (V11). A change is a new version. */
export interface ModerationPolicy {
  version: number;
  /** 'hold': the first question of a new member waits for the redactie */
  firstQuestion: 'publish' | 'hold';
  /** so many different members who flag something hide it until the redactie looks; 0: never */
  autoHideAt: number;
  /** that one member may ask in 24 hours */
  questionsPerDay: number;
  /** that one member may give in an hour */
  answersPerHour: number;
  /** links in a text of a new member from which it is held; 0: never */
  holdLinksFrom: number;
}

/** Post-moderation: everything shows at once, three different flaggers hide. */
export const DEFAULT_MODERATION_POLICY: ModerationPolicy = {
  version: 0,
  firstQuestion: 'publish',
  autoHideAt: 3,
  questionsPerDay: 10,
  answersPerHour: 20,
  holdLinksFrom: 3,
};

/** Smallest and largest value of each number of the policy. */
export const MODERATION_LIMITS = {
  autoHideAt: [0, 50],
  questionsPerDay: [1, 200],
  answersPerHour: [1, 500],
  holdLinksFrom: [0, 50],
} as const;

/** Refuses with every field at fault: `kernel.invalid`. */
export function validateModerationPolicy(policy: Omit<ModerationPolicy, 'version'>): void {
  const errors: FieldError[] = [];
  if (policy.firstQuestion !== 'publish' && policy.firstQuestion !== 'hold')
    errors.push({ pointer: 'firstQuestion', code: 'invalid-choice' });
  for (const [pointer, [min, max]] of Object.entries(MODERATION_LIMITS)) {
    const value = policy[pointer as keyof typeof MODERATION_LIMITS];
    if (!Number.isInteger(value) || value < min)
      errors.push({ pointer, code: 'too-small', params: { min } });
    else if (value > max) errors.push({ pointer, code: 'too-large', params: { max } });
  }
  // one flag would let a single neighbour silence another
  if (policy.autoHideAt === 1)
    errors.push({ pointer: 'autoHideAt', code: 'too-small', params: { min: 2 } });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

/** Lists of words that a wijk keeps: of acute distress, and words that hold a text for review. */
export const PHRASE_KINDS = ['distress', 'hold'] as const;
export type PhraseKind = (typeof PHRASE_KINDS)[number];

export const PHRASE_MAX = 80;
export const PHRASES_AT_MOST = 400;

/**
 * The list as it is kept: trimmed, no empty lines, none twice whatever its case, in the given order.
 * @throws `kernel.invalid` at 'phrases' for one that is too short or too long, or for too many
 */
export function cleanPhrases(phrases: readonly string[]): string[] {
  const seen = new Set<string>();
  const kept = phrases
    .map((phrase) => phrase.replace(/\s+/g, ' ').trim())
    .filter((phrase) => {
      const key = phrase.toLowerCase();
      return phrase !== '' && !seen.has(key) && seen.add(key);
    });
  const errors: FieldError[] = [];
  // one letter would match every text
  if (kept.some((phrase) => phrase.replace(/[^\p{L}\p{N}]/gu, '').length < 3))
    errors.push({ pointer: 'phrases', code: 'too-short', params: { min: 3 } });
  if (kept.some((phrase) => phrase.length > PHRASE_MAX))
    errors.push({ pointer: 'phrases', code: 'too-long', params: { max: PHRASE_MAX } });
  if (kept.length > PHRASES_AT_MOST)
    errors.push({ pointer: 'phrases', code: 'too-large', params: { max: PHRASES_AT_MOST } });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
  return kept;
}
