import { DomainError, MINUTE_MS } from '../kernel/index.ts';

export const CODE_DIGITS = 6;
export const CODE_TTL_MS = 10 * MINUTE_MS;
/** Guesses that one challenge takes; with six digits one in 200,000 gets in by guessing. */
export const CODE_ATTEMPTS = 5;

/** One mailed sign-in code. The code itself is kept elsewhere, hashed. */
export interface CodeChallenge {
  expiresAt: Date;
  /** wrong guesses so far */
  attempts: number;
  usedAt: Date | null;
}

export type CodeVerdict = 'accepted' | 'wrong' | 'expired' | 'exhausted' | 'used';

export interface CodeDecision {
  verdict: CodeVerdict;
  challenge: CodeChallenge;
  attemptsLeft: number;
}

export function startCode(now: Date): CodeChallenge {
  return { expiresAt: new Date(now.getTime() + CODE_TTL_MS), attempts: 0, usedAt: null };
}

/**
 * Judges one guess; `matches` tells whether it equals the code. Store the challenge that comes back
 * whatever the verdict, or a guess costs nothing. A code works once, for ten minutes.
 */
export function judgeCode(challenge: CodeChallenge, matches: boolean, now: Date): CodeDecision {
  const decide = (verdict: CodeVerdict, next: CodeChallenge): CodeDecision => ({
    verdict,
    challenge: next,
    attemptsLeft: Math.max(0, CODE_ATTEMPTS - next.attempts),
  });
  if (challenge.usedAt) return decide('used', challenge);
  if (now >= challenge.expiresAt) return decide('expired', challenge);
  if (challenge.attempts >= CODE_ATTEMPTS) return decide('exhausted', challenge);
  if (matches) return decide('accepted', { ...challenge, usedAt: now });
  return decide('wrong', { ...challenge, attempts: challenge.attempts + 1 });
}

/** The refusal that belongs to a verdict; null when accepted. */
export function codeRefusal({ verdict, attemptsLeft }: CodeDecision): DomainError | null {
  switch (verdict) {
    case 'accepted':
      return null;
    case 'wrong':
      return attemptsLeft > 0
        ? new DomainError('invalid', 'identity.code-wrong', {
            params: { left: attemptsLeft },
            errors: [{ pointer: 'code', code: 'code-wrong' }],
          })
        : new DomainError('too-many', 'identity.code-exhausted');
    case 'exhausted':
      return new DomainError('too-many', 'identity.code-exhausted');
    case 'expired':
    case 'used':
      return new DomainError('gone', 'identity.code-expired');
  }
}

/** '123 456' and '123-456' as people type them; null when it isn't a code at all. */
export function normaliseCode(raw: string): string | null {
  const digits = raw.replace(/[\s.-]/g, '');
  return /^[0-9]{6}$/.test(digits) ? digits : null;
}
