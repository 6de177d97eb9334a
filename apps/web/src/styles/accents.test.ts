import { readFileSync } from 'node:fs';
import { ACCENTS } from '@wijk/domain/wijk';
import { expect, test } from 'vitest';

const css = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const tokens = css('./tokens.css');
const accents = css('./accents.css');

const block = (text: string, selector: string): Record<string, string> => {
  const at = text.indexOf(`${selector} {`);
  if (at < 0) throw new Error(`no ${selector}`);
  const body = text.slice(at, text.indexOf('}', at));
  return Object.fromEntries(
    [...body.matchAll(/(--[a-z-]+): (#[0-9a-f]{6})/g)].map((m) => [m[1], m[2]]),
  );
};

function luminance(hex = '#000000'): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string | undefined, b: string | undefined): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const LOOKS = [
  [':root', (name: string) => `:root:not([data-theme="contrast"]) [data-accent="${name}"]`],
  [
    ':root[data-theme="dark"]',
    (name: string) => `:root[data-theme="dark"] [data-accent="${name}"]`,
  ],
  [':root[data-theme=""]', (name: string) => `:root[data-theme=""] [data-accent="${name}"]`],
] as const;

test.each(ACCENTS)('%s is read easily on every ground, in light and in dark', (name) => {
  for (const [ground, selector] of LOOKS) {
    const grounds = block(tokens, ground);
    const accent = block(accents, selector(name));
    expect(Object.keys(accent)).toHaveLength(5);
    for (const on of ['--paper', '--surface', '--sunken'])
      expect([ground, on, contrast(accent['--accent'], grounds[on]) >= 7]).toEqual([
        ground,
        on,
        true,
      ]);
    for (const [text, on] of [
      ['--accent', '--accent-soft'],
      ['--on-fill', '--fill'],
      ['--on-fill', '--fill-hover'],
    ] as const)
      expect([ground, on, contrast(accent[text], accent[on]) >= 7]).toEqual([ground, on, true]);
    expect([ground, contrast(grounds['--ink'], accent['--accent-soft']) >= 7]).toEqual([
      ground,
      true,
    ]);
  }
});
