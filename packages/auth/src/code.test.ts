import { expect, test } from 'vitest';
import { codeMatches, hashCode, newCode, openCode, sealCode } from './code.ts';

const secret = 'a secret of at least thirty-two characters';

test('a code is six digits, leading zeros included', () => {
  const codes = Array.from({ length: 2000 }, newCode);
  for (const code of codes) expect(code).toMatch(/^\d{6}$/);
  expect(new Set(codes).size).toBeGreaterThan(1900);
  expect(codes.some((code) => code.startsWith('0'))).toBe(true);
});

test('a stored code matches its own challenge, code and secret only', () => {
  const stored = hashCode(secret, 'challenge', '012345');
  expect(stored).not.toContain('012345');
  expect(codeMatches(secret, 'challenge', '012345', stored)).toBe(true);
  expect(codeMatches(secret, 'challenge', '012346', stored)).toBe(false);
  expect(codeMatches(secret, 'another', '012345', stored)).toBe(false);
  expect(codeMatches(`${secret}!`, 'challenge', '012345', stored)).toBe(false);
  expect(codeMatches(secret, 'challenge', '012345', 'not a hash')).toBe(false);
});

test('a sealed code opens with the same secret and challenge only', () => {
  const sealed = sealCode(secret, 'challenge', '012345');
  expect(sealed).not.toBe(sealCode(secret, 'challenge', '012345'));
  expect(openCode(secret, 'challenge', sealed)).toBe('012345');
  expect(() => openCode(secret, 'another', sealed)).toThrow();
  expect(() => openCode(`${secret}!`, 'challenge', sealed)).toThrow();
});
