import { describe, expect, it } from 'vitest';
import { isOpenToReaders } from './open.ts';
import { MODERATIONS, QUESTION_STATUSES, VISIBILITIES } from './question.ts';

describe('open to readers', () => {
  it('are shown questions that stand, are not private and tell of nobody’s health; nothing else', () => {
    const open: string[] = [];
    for (const visibility of VISIBILITIES)
      for (const status of QUESTION_STATUSES)
        for (const moderation of MODERATIONS)
          for (const health of [false, true])
            if (isOpenToReaders({ visibility, status, moderation, health }))
              open.push(`${visibility} ${status} ${moderation} ${health}`);
    expect(open).toEqual([
      'public open shown false',
      'public answered shown false',
      'anonymous open shown false',
      'anonymous answered shown false',
    ]);
  });
});
