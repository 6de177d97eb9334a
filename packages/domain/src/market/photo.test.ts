import { describe, expect, it } from 'vitest';
import { LISTING_KINDS, LISTING_STATES } from './listing.ts';
import { needsLook, takesPhotos } from './photo.ts';

describe('photos with a listing', () => {
  it('come and change as long as its text can, and with no app', () => {
    const taking = LISTING_KINDS.flatMap((kind) =>
      LISTING_STATES.filter((state) => takesPhotos({ kind, state })).map((s) => `${kind} ${s}`),
    );
    expect(taking).toEqual(
      ['offer', 'request'].flatMap((kind) =>
        ['draft', 'review', 'published', 'paused'].map((state) => `${kind} ${state}`),
      ),
    );
  });

  it('bring what is in view back to the market master: another picture where they look first, words that warn anywhere', () => {
    const looked = { came: true, marks: false, reviewFirst: true };
    expect(LISTING_STATES.filter((state) => needsLook(state, looked))).toEqual([
      'published',
      'paused',
    ]);
    expect(needsLook('published', { ...looked, reviewFirst: false })).toBe(false);
    expect(needsLook('published', { ...looked, came: false })).toBe(false);
    expect(needsLook('published', { came: false, marks: true, reviewFirst: false })).toBe(true);
    expect(needsLook('draft', { came: true, marks: true, reviewFirst: true })).toBe(false);
  });
});
