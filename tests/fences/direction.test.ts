import { describe, expect, it } from 'vitest';
import { filesIn, textOf } from './files.ts';

/**
 * Ready for languages that are written from right to left (Q2): styles speak of start and end, so that a
 * page in such a language turns round by its `dir` alone.
 */
const PHYSICAL = [
  /(?:^|[\s;{])(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)(?:-\w+)?\s*:/,
  /(?:^|[\s;{])border-(?:top|bottom)-(?:left|right)-radius\s*:/,
  /(?:^|[\s;{])(?:left|right)\s*:/,
  /(?:^|[\s;{])(?:text-align|float|clear)\s*:\s*(?:left|right)\b/,
];

/** Styles without their comments, each line of them with its number. */
function stylesOf(path: string): { line: number; text: string }[] {
  const source = textOf(path);
  const blank = (text: string) => text.replace(/[^\n]/g, ' ');
  const styles = path.endsWith('.css')
    ? source
    : source.replace(/^[\s\S]*?(?=<style|$(?![\s\S]))/, blank).replace(/<\/?style[^>]*>/g, blank);
  return styles
    .replace(/\/\*[\s\S]*?\*\//g, blank)
    .split('\n')
    .map((text, i) => ({ line: i + 1, text }));
}

const physical = (text: string) => PHYSICAL.some((pattern) => pattern.test(text));

describe('styles', () => {
  it('name no left and no right', () => {
    const files = [...filesIn('apps/web/src', /\.svelte$/), ...filesIn('apps/web/src', /\.css$/)];
    const lines = files.flatMap((path) => stylesOf(path).map((line) => ({ path, ...line })));
    expect(files.length).toBeGreaterThan(80);
    expect(lines.filter(({ text }) => /margin-(inline|block)/.test(text)).length).toBeGreaterThan(
      5,
    );
    const found = lines.filter(({ text }) => physical(text));
    expect(found.map(({ path, line, text }) => `${path}:${line} ${text.trim()}`)).toEqual([]);
  });

  it.each([
    'a { margin-left: 1rem',
    '  left: 0;',
    'text-align: right;',
    'border-top-left-radius: 4px',
  ])('finds %s', (text) => expect(physical(text)).toBe(true));

  it.each([
    'margin-inline-start: 1rem',
    'text-align: start',
    'border-block-end: 1px',
    '--left: 3px',
  ])('lets %s be', (text) => expect(physical(text)).toBe(false));
});
