import { describe, expect, it } from 'vitest';
import {
  cleanPhrases,
  DEFAULT_MODERATION_POLICY,
  validateModerationPolicy,
} from './moderation-policy.ts';

const pointers = (work: () => void): string[] => {
  try {
    work();
  } catch (error) {
    return (error as { errors: { pointer: string }[] }).errors.map((e) => e.pointer);
  }
  return [];
};

describe('a policy of supervision', () => {
  it('is one when it is that of the house', () => {
    expect(pointers(() => validateModerationPolicy(DEFAULT_MODERATION_POLICY))).toEqual([]);
  });

  it('names every field at fault at once', () => {
    const wrong = {
      ...DEFAULT_MODERATION_POLICY,
      firstQuestion: 'later' as 'hold',
      autoHideAt: 51,
      questionsPerDay: 0,
      answersPerHour: 2.5,
      holdLinksFrom: -1,
    };
    expect(pointers(() => validateModerationPolicy(wrong))).toEqual([
      'firstQuestion',
      'autoHideAt',
      'questionsPerDay',
      'answersPerHour',
      'holdLinksFrom',
    ]);
  });

  it('lets no single neighbour silence another, but may switch hiding off', () => {
    const at = (autoHideAt: number) =>
      pointers(() => validateModerationPolicy({ ...DEFAULT_MODERATION_POLICY, autoHideAt }));
    expect([at(0), at(1), at(2)]).toEqual([[], ['autoHideAt'], []]);
  });
});

describe('a list of phrases', () => {
  it('is trimmed, without empty lines and without one twice', () => {
    expect(cleanPhrases([' ik  wil niet  meer ', '', 'Ik wil niet meer', 'anders'])).toEqual([
      'ik wil niet meer',
      'anders',
    ]);
  });
  it('refuses what would match every text, what is too long and what is too much', () => {
    expect(pointers(() => cleanPhrases(['de', '**a']))).toEqual(['phrases']);
    expect(pointers(() => cleanPhrases(['x'.repeat(81)]))).toEqual(['phrases']);
    expect(
      pointers(() => cleanPhrases(Array.from({ length: 401 }, (_, i) => `zin nummer ${i}`))),
    ).toEqual(['phrases']);
  });
});
