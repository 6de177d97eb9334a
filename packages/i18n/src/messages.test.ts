import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import en from '../messages/en.json' with { type: 'json' };
import nl from '../messages/nl.json' with { type: 'json' };
import { fieldText, plural, problemText, t } from './messages.ts';

function flatten(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  return Object.entries(node as Record<string, unknown>).flatMap(([key, value]) =>
    flatten(value, path ? `${path}.${key}` : key),
  );
}
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{([^}]*)\}/g)].map((match) => match[1]))].sort();

const dutch = flatten(nl);
const english = flatten(en);

describe('the two languages', () => {
  it('have the same keys in the same order', () => {
    expect(dutch.length).toBeGreaterThan(100);
    expect(english.map(([key]) => key)).toEqual(dutch.map(([key]) => key));
  });

  it('have the same placeholders, each a plain word', () => {
    const translated = new Map(english);
    for (const [key, text] of dutch) {
      expect([key, placeholders(translated.get(key) ?? '')]).toEqual([key, placeholders(text)]);
      for (const name of placeholders(text)) expect(name, key).toMatch(/^[a-zA-Z]+$/);
    }
  });

  it('leave no text empty and hold no markup', () => {
    for (const [key, text] of [...dutch, ...english]) {
      expect(text.trim(), key).not.toBe('');
      expect(text, key).not.toMatch(/<[a-z/]/i);
    }
  });

  it('speak to the reader as u', () => {
    for (const [key, text] of dutch) expect(text, key).not.toMatch(/\b(je|jij|jou|jouw|jullie)\b/i);
  });
});

describe('every refusal in the code has its words', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const shelves = ['packages/domain/src', 'packages/db/src', 'packages/auth/src', 'apps/api/src'];
  const sources = shelves
    .flatMap((shelf) =>
      readdirSync(join(root, shelf), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => join(root, shelf, file)),
    )
    .map((file) => readFileSync(file, 'utf8'));
  const known = new Set(dutch.map(([key]) => key));
  const missing = (section: string, pattern: RegExp) =>
    [...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1])))]
      .map((code) => `${section}.${code}`)
      .filter((key) => !known.has(key));

  it('for problems', () => {
    const thrown = /new DomainError\(\s*'[a-z-]+',\s*'([a-z-]+\.[a-z-]+)'/g;
    expect(sources.flatMap((text) => [...text.matchAll(thrown)]).length).toBeGreaterThan(8);
    expect(missing('problem', thrown)).toEqual([]);
  });

  it('for fields', () => {
    expect(missing('field', /pointer(?::[^,{}]*)?, code: '([a-z-]+)'/g)).toEqual([]);
    expect(missing('field', /invalid\(pointer, '([a-z-]+)'/g)).toEqual([]);
  });
});

describe('a text', () => {
  it('has its placeholders filled in, and nothing else', () => {
    expect(t('nl', 'mail.greeting', { name: '{wijk} $& <b>' })).toBe('Dag {wijk} $& <b>,');
    expect(t('en', 'mail.greeting', { name: 'Henk' })).toBe('Hello Henk,');
    expect(t('nl', 'mail.greeting')).toBe('Dag {name},');
  });

  it('counts', () => {
    expect(plural('nl', 'common.answers', 1)).toBe('1 antwoord');
    expect(plural('nl', 'common.answers', 0)).toBe('0 antwoorden');
    expect(plural('en', 'common.answers', 2)).toBe('2 answers');
  });

  it('is found by the code of a problem or field, and falls back when unknown', () => {
    expect(problemText('nl', 'identity.code-wrong', { left: 2 })).toContain('2 keer');
    expect(problemText('nl', 'kernel.nonsense')).toBe(nl.problem.kernel.internal);
    expect(problemText('nl', 'kernel')).toBe(nl.problem.kernel.internal);
    expect(problemText('nl', 'constructor.name')).toBe(nl.problem.kernel.internal);
    expect(fieldText('en', 'too-long', { max: 120 })).toContain('120');
    expect(fieldText('en', 'nonsense')).toBe(en.field.invalid);
  });
});
