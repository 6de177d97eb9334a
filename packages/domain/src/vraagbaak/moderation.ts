/** Why a member flags a question or an answer (V11). */
export const FLAG_REASONS = [
  'distress',
  'spam',
  'rude',
  'private-data',
  'wrong-advice',
  'not-for-here',
  'other',
] as const;
export type FlagReason = (typeof FLAG_REASONS)[number];

/** Why the redactie hides, removes or redacts; each has a text for the author. */
export const REMOVAL_REASONS = [
  'off-topic',
  'spam',
  'rude',
  'private-data',
  'dangerous-advice',
  'illegal',
  'double',
  'other',
] as const;
export type RemovalReason = (typeof REMOVAL_REASONS)[number];
