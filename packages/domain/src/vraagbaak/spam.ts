import { HOUR_MS } from '../kernel/index.ts';
import { findPhrases } from './distress.ts';

/** Why a text waits for the redactie. Told to its author in plain words; which word it was is not. */
export const HOLD_REASONS = [
  'first-question',
  'links',
  'repeat',
  'words',
  'trap',
  'hurry',
  'limit',
] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** Filled in faster than this is hardly by hand. */
export const HURRY_SECONDS = 3;
/** Texts that share this much of their words are the same, slightly changed. */
const SAME_SHARE = 0.8;
/** the same text is looked for this far back */
export const REPEAT_WITHIN_MS = 24 * HOUR_MS;

export interface Submission {
  text: string;
  /** what stood in the field that people do not see */
  trap: string;
  /** seconds between showing the form and sending it; null: unknown */
  seconds: number | null;
  /** no question or answer of theirs stood a review or a week yet, and they hold no other role */
  newMember: boolean;
  /** their texts of the past day, and those that the redactie held or removed in it */
  recent: readonly string[];
}

export interface SpamRules {
  firstQuestion: 'publish' | 'hold';
  holdLinksFrom: number;
  /** the wijk's own list */
  holdWords: readonly string[];
}

export interface Verdict {
  verdict: 'publish' | 'hold';
  reasons: HoldReason[];
}

/**
 * Whether a text shows at once or waits for the redactie. It is never dropped: who is held is told,
 * and the promise runs. Hurry alone holds nothing (texts are pasted); with a link it does.
 */
export function judgeSubmission(given: Submission, rules: SpamRules): Verdict {
  const links = countLinks(given.text);
  const reasons = HOLD_REASONS.filter((reason) => {
    switch (reason) {
      case 'first-question':
        return given.newMember && rules.firstQuestion === 'hold';
      case 'links':
        return given.newMember && rules.holdLinksFrom > 0 && links >= rules.holdLinksFrom;
      case 'repeat':
        return given.recent.some((earlier) => isSameText(earlier, given.text));
      case 'words':
        return findPhrases(given.text, rules.holdWords).length > 0;
      case 'trap':
        return given.trap.trim() !== '';
      case 'hurry':
        return given.seconds !== null && given.seconds < HURRY_SECONDS && links > 0;
      default:
        return false;
    }
  });
  return { verdict: reasons.length > 0 ? 'hold' : 'publish', reasons };
}

/**
 * Whether it makes a difference for this text that its author is new: by these rules only a first
 * question and links are judged by that.
 */
export function newMemberMatters(
  text: string,
  rules: Pick<SpamRules, 'firstQuestion' | 'holdLinksFrom'>,
): boolean {
  return (
    rules.firstQuestion === 'hold' ||
    (rules.holdLinksFrom > 0 && countLinks(text) >= rules.holdLinksFrom)
  );
}

/** Web addresses, also without http; an address for mail is none. */
export function countLinks(text: string): number {
  const found = text.match(
    /(?:https?:\/\/|www\.)\S+|(?<![@\w.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:nl|com|net|org|eu|info|biz|xyz|shop|online|site|top|ru|cn|link|club|io|me)\b(?:\/\S*)?/gi,
  );
  return found?.length ?? 0;
}

/** The same text, apart from marks, case, order and a word or two. */
export function isSameText(a: string, b: string): boolean {
  const left = pairsOf(a);
  const right = pairsOf(b);
  if (left.size === 0 || right.size === 0) return false;
  const shared = [...left].filter((pair) => right.has(pair)).length;
  return shared / Math.max(left.size, right.size) >= SAME_SHARE;
}

/** Pairs of letters that follow each other within words: robust to a changed word or two. */
function pairsOf(text: string): Set<string> {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const words = plain.split(' ').filter((word) => word !== '');
  return new Set(
    words.flatMap((word, i) => {
      const joined = `${word} ${words[i + 1] ?? ''}`;
      return Array.from({ length: Math.max(1, word.length - 2) }, (_, j) => joined.slice(j, j + 4));
    }),
  );
}
