import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../kernel/index.ts';
import { normaliseEmail, normalisePersonName } from './person.ts';

function fault(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(error.code).toBe('kernel.invalid');
    return error.errors.map((e) => `${e.pointer} ${e.code}`).join();
  }
}

describe('an e-mail address', () => {
  it.each([
    ['  Fatima@Voorbeeld.NL ', 'fatima@voorbeeld.nl'],
    ["o'brien+wijk@sub.voorbeeld.nl", "o'brien+wijk@sub.voorbeeld.nl"],
    ['Jose\u0301@voorbeeld.nl', 'josé@voorbeeld.nl'],
    ['henk@bücher.example', 'henk@bücher.example'],
  ])('%j becomes %j', (raw, address) => {
    expect(normaliseEmail(raw)).toBe(address);
    expect(normaliseEmail(address)).toBe(address);
  });

  it.each([
    'henk',
    'henk@',
    '@voorbeeld.nl',
    'henk@voorbeeld',
    'henk@@voorbeeld.nl',
    'henk@voor beeld.nl',
    'he nk@voorbeeld.nl',
    'henk@voorbeeld..nl',
    'henk@-voorbeeld.nl',
    'henk..b@voorbeeld.nl',
    '.henk@voorbeeld.nl',
    'henk.@voorbeeld.nl',
    'henk@voorbeeld.nl\r\nBcc: iedereen@voorbeeld.nl',
    'henk@voorbeeld.nl\nx',
    'henk@voorbeeld.nl,noor@voorbeeld.nl',
    'henk@voorbeeld.nl;noor@voorbeeld.nl',
    'henk,noor@voorbeeld.nl',
    'henk;noor@voorbeeld.nl',
    'vrienden:henk@voorbeeld.nl',
    'Henk <henk@voorbeeld.nl>',
    '"henk"@voorbeeld.nl',
    'henk\u0000@voorbeeld.nl',
    'henk\u200b@voorbeeld.nl',
    `${'a'.repeat(65)}@voorbeeld.nl`,
  ])('%j is refused', (raw) => {
    expect(fault(() => normaliseEmail(raw))).toBe('email not-an-email');
  });

  it('is refused when empty or longer than 254', () => {
    expect(fault(() => normaliseEmail('  '))).toBe('email required');
    const long = `${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.nl`;
    expect(normaliseEmail(long.slice(0))).toBe(long);
    expect(fault(() => normaliseEmail(`${long}${'e'.repeat(20)}`))).toBe('email too-long');
    expect(fault(() => normaliseEmail('', 'afzender'))).toBe('afzender required');
  });

  it('never carries a line end or a space, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        try {
          expect(normaliseEmail(`${a}@${b}.nl`)).not.toMatch(/[\s\p{Cc}<>,;]/u);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
        }
      }),
    );
  });

  it('is judged quickly, however long', () => {
    const started = performance.now();
    fault(() => normaliseEmail(`a@${'a.'.repeat(50_000)}`));
    fault(() => normaliseEmail(`${'a'.repeat(120)}@${'a-'.repeat(60)}`));
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('a name', () => {
  it.each([
    ['  Fatima   el  Amrani ', 'Fatima el Amrani'],
    ['Zoe\u0308', 'Zoë'],
    ['Jo', 'Jo'],
    ['Ana\u00a0María', 'Ana María'],
  ])('%j becomes %j', (raw, name) => {
    expect(normalisePersonName(raw)).toBe(name);
  });

  it('is between 2 and 80 characters, without control characters', () => {
    expect(fault(() => normalisePersonName(' '))).toBe('name required');
    expect(fault(() => normalisePersonName('J'))).toBe('name too-short');
    expect(normalisePersonName('é'.repeat(80))).toHaveLength(80);
    expect(fault(() => normalisePersonName('é'.repeat(81)))).toBe('name too-long');
    for (const raw of ['Jan\nPiet', 'Jan\tPiet', 'Jan\u0000', 'Jan\u202eteiP'])
      expect(fault(() => normalisePersonName(raw))).toBe('name control-characters');
  });
});
