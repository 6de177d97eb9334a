import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openUnsubscribe, sealUnsubscribe } from './unsubscribe-token.ts';

const SECRET = 'a secret of the tests, long enough to be one';
const WIJK = '01890000-0000-7000-8000-00000000000a';
const OTHER = '01890000-0000-7000-8000-00000000000b';
const MEMBER = '01890000-0000-7000-8000-000000000001';
const ABOUT = {
  whose: { audience: 'member', membershipId: MEMBER },
  category: 'followed',
} as const;

test('opens to what was sealed, the same every time, and names nobody', () => {
  const token = sealUnsubscribe(SECRET, WIJK, ABOUT);
  expect(openUnsubscribe(SECRET, WIJK, token)).toEqual(ABOUT);
  expect(sealUnsubscribe(SECRET, WIJK, ABOUT)).toBe(token);
  expect(token).toMatch(/^[A-Za-z0-9_-]{62}$/);
  const bytes = Buffer.from(token, 'base64url').toString('hex');
  expect(bytes).not.toContain(MEMBER.replaceAll('-', ''));
});

test('is another for another reader, kind, audience or wijk', () => {
  const tokens = [
    sealUnsubscribe(SECRET, WIJK, ABOUT),
    sealUnsubscribe(SECRET, OTHER, ABOUT),
    sealUnsubscribe(SECRET, WIJK, { ...ABOUT, category: 'desk' }),
    sealUnsubscribe(SECRET, WIJK, { ...ABOUT, whose: { audience: 'asker', questionId: MEMBER } }),
    sealUnsubscribe(SECRET, WIJK, { ...ABOUT, whose: { audience: 'member', membershipId: OTHER } }),
  ];
  expect(new Set(tokens.map((t) => t.slice(0, 16))).size).toBe(tokens.length);
});

test('is worth nothing elsewhere, under another secret, or with one bit changed', () => {
  const token = sealUnsubscribe(SECRET, WIJK, ABOUT);
  const unknown = expect.objectContaining({ code: 'notifications.link-unknown' });
  const open = (secret: string, wijk: string, given: string) => () =>
    openUnsubscribe(secret, wijk, given);
  expect(open(SECRET, OTHER, token)).toThrow(unknown);
  expect(open(`${SECRET}!`, WIJK, token)).toThrow(unknown);
  expect(open(SECRET, WIJK, `${token}A`)).toThrow(unknown);
  expect(open(SECRET, WIJK, '')).toThrow(unknown);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 46 * 8 - 1 }), (bit) => {
      const bytes = Buffer.from(token, 'base64url');
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(open(SECRET, WIJK, bytes.toString('base64url'))).toThrow(unknown);
    }),
    { seed: 20_261_122 },
  );
});
