import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../kernel/index.ts';
import {
  CODE_ATTEMPTS,
  CODE_TTL_MS,
  type CodeVerdict,
  codeRefusal,
  judgeCode,
  normaliseCode,
  startCode,
} from './code.ts';

const start = new Date('2026-11-23T09:00:00Z');
const at = (minutes: number) => new Date(start.getTime() + minutes * MINUTE_MS);

describe('a sign-in code', () => {
  it('works once, for ten minutes', () => {
    expect(CODE_TTL_MS).toBe(10 * MINUTE_MS);
    const good = judgeCode(startCode(start), true, at(9.99));
    expect(good).toMatchObject({ verdict: 'accepted', challenge: { usedAt: at(9.99) } });
    expect(judgeCode(good.challenge, true, at(9.99)).verdict).toBe('used');
    expect(judgeCode(startCode(start), true, at(10)).verdict).toBe('expired');
  });

  it('takes five wrong guesses and then not even the right one', () => {
    let challenge = startCode(start);
    const left: number[] = [];
    for (let i = 0; i < CODE_ATTEMPTS; i += 1) {
      const decision = judgeCode(challenge, false, at(i));
      expect(decision.verdict).toBe('wrong');
      left.push(decision.attemptsLeft);
      challenge = decision.challenge;
    }
    expect(left).toEqual([4, 3, 2, 1, 0]);
    expect(judgeCode(challenge, true, at(6)).verdict).toBe('exhausted');
  });

  it('lets in at most once, and never after five misses, whatever is tried', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 20 }), (guesses) => {
        let challenge = startCode(start);
        const verdicts = guesses.map((matches) => {
          const decision = judgeCode(challenge, matches, at(1));
          challenge = decision.challenge;
          return decision.verdict;
        });
        const misses = guesses.indexOf(true) === -1 ? guesses.length : guesses.indexOf(true);
        expect(verdicts.filter((v) => v === 'accepted').length).toBe(
          guesses.includes(true) && misses < CODE_ATTEMPTS ? 1 : 0,
        );
      }),
    );
  });

  it('is refused in words that fit', () => {
    const refusal = (verdict: CodeVerdict, attemptsLeft = 3) =>
      codeRefusal({ verdict, attemptsLeft, challenge: startCode(start) });
    expect(refusal('accepted')).toBeNull();
    expect(refusal('wrong')).toMatchObject({ code: 'identity.code-wrong', params: { left: 3 } });
    expect(refusal('wrong', 0)).toMatchObject({
      kind: 'too-many',
      code: 'identity.code-exhausted',
    });
    expect(refusal('exhausted')).toMatchObject({ code: 'identity.code-exhausted' });
    expect(refusal('expired')).toMatchObject({ kind: 'gone', code: 'identity.code-expired' });
    expect(refusal('used')).toMatchObject({ code: 'identity.code-expired' });
  });

  it('is read as people type it', () => {
    expect(['012345', ' 012 345', '012-345', '012.345\n'].map(normaliseCode)).toEqual(
      Array(4).fill('012345'),
    );
    expect(['12345', '1234567', '12345a', '', '١٢٣٤٥٦'].map(normaliseCode)).toEqual(
      Array(5).fill(null),
    );
  });
});
