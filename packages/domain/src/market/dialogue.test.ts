import { describe, expect, it } from 'vitest';
import {
  ATTACHED_MAX,
  freePlace,
  isAttachable,
  mayAttach,
  mayBecomeQuestion,
  mayBeLinked,
} from './dialogue.ts';
import { LISTING_KINDS, LISTING_STATES } from './listing.ts';

describe('between a question and the market', () => {
  it('an answer takes offers and apps that stand on the market, and nothing else', () => {
    const taken = LISTING_KINDS.flatMap((kind) =>
      LISTING_STATES.filter((state) => isAttachable({ kind, state })).map(
        (state) => `${kind} ${state}`,
      ),
    );
    expect(taken).toEqual(['offer published', 'ehealth published']);
  });

  it('they are put there by who wrote the answer, or by the redactie', () => {
    expect(mayAttach({ wroteIt: true, isEditor: false })).toBe(true);
    expect(mayAttach({ wroteIt: false, isEditor: true })).toBe(true);
    expect(mayAttach({ wroteIt: false, isEditor: false })).toBe(false);
  });

  it('only a question that shows who asked it is ever kept beside something on the market', () => {
    expect(
      ['public', 'anonymous', 'private'].filter((visibility) => mayBeLinked({ visibility })),
    ).toEqual(['public']);
  });

  it('a request becomes a question once others could see it, whatever came of it', () => {
    const may = LISTING_KINDS.flatMap((kind) =>
      LISTING_STATES.filter((state) => mayBecomeQuestion({ kind, state })).map(
        (state) => `${kind} ${state}`,
      ),
    );
    expect(may).toEqual([
      'request published',
      'request paused',
      'request fulfilled',
      'request ended',
    ]);
  });

  it('gives out each place once, the first free one first', () => {
    const taken: number[] = [];
    for (let i = 0; i < ATTACHED_MAX; i += 1) taken.push(freePlace(taken, ATTACHED_MAX) ?? -1);
    expect(taken).toEqual([0, 1, 2]);
    expect(freePlace(taken, ATTACHED_MAX)).toBeNull();
    expect(freePlace([0, 2], ATTACHED_MAX)).toBe(1);
  });
});
