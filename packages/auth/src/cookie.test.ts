import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cookieName, readToken } from './cookie.ts';

const token = 'a'.repeat(43);

test('the token is found among other cookies', () => {
  expect(readToken(`x=1; wijk=${token}; y=2`, 'wijk')).toBe(token);
  expect(readToken(`x=1;wijk=${token}`, 'wijk')).toBe(token);
});

test('of several cookies by that name the first valid one counts', () => {
  const tossed = 'b'.repeat(43);
  expect(readToken(`wijk=${token}; wijk=${tossed}`, 'wijk')).toBe(token);
  expect(readToken(`wijk=%; wijk=${token}`, 'wijk')).toBe(token);
});

test('other names and other shapes are no token', () => {
  expect(readToken(`xwijk=${token}`, 'wijk')).toBeNull();
  expect(readToken(`__Host-wijk=${token}`, 'wijk')).toBeNull();
  expect(readToken(`wijk=${token}a`, 'wijk')).toBeNull();
  expect(readToken('a=%; wijk=%E0%A4%A', 'wijk')).toBeNull();
  expect(readToken(undefined, 'wijk')).toBeNull();
});

test('no header whatever makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (header) => {
      const found = readToken(`${header}; wijk=${header}`, 'wijk');
      if (found !== null) throw new Error(`found ${found}`);
    }),
  );
});

test('https adds the prefix that binds the cookie to this host', () => {
  expect(cookieName(true)).toBe('__Host-wijk');
  expect(cookieName(false)).toBe('wijk');
});
