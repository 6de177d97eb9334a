import { describe, expect, it } from 'vitest';
import { cookieHeader, lastOfEach } from './cookies.ts';

const SESSION = 'wijk_session=abc; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=2592000';

describe('cookieHeader', () => {
  it('is what the browser sent when nothing was set', () => {
    expect(cookieHeader('a=1; b=2', [])).toBe('a=1; b=2');
    expect(cookieHeader(null, [])).toBe('');
  });

  it('has the cookies that were set meanwhile, so that the next call is signed in', () => {
    expect(cookieHeader('a=1; wijk_session=old', [SESSION])).toBe('a=1; wijk_session=abc');
    expect(cookieHeader(null, [SESSION])).toBe('wijk_session=abc');
  });

  it('leaves out a cookie that was ended', () => {
    expect(cookieHeader('a=1; wijk_session=x', ['wijk_session=; Path=/; Max-Age=0'])).toBe('a=1');
    const past = 'wijk_session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT';
    expect(cookieHeader('a=1; wijk_session=x', [past])).toBe('a=1');
  });

  it('keeps a value with an equals sign whole', () => {
    expect(cookieHeader('a=b==', ['c=d=e=; Path=/'])).toBe('a=b==; c=d=e=');
  });
});

describe('lastOfEach', () => {
  it('passes every attribute on as it is', () => {
    expect(lastOfEach([SESSION])).toEqual([SESSION]);
  });

  it('keeps the last line for a name and path', () => {
    const ended = 'wijk_session=; Path=/; Max-Age=0';
    const other = 'wijk_session=z; Path=/w/a';
    expect(lastOfEach([SESSION, other, ended])).toEqual([other, ended]);
  });
});
