import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocks } from './rich-text.ts';

const links = (text: string) =>
  blocks(text)
    .flat(2)
    .filter((piece) => piece.href)
    .map((piece) => piece.href);

describe('blocks', () => {
  it('makes paragraphs of empty lines and lines of line ends', () => {
    expect(blocks('een\ntwee\r\n\r\n\n  \ndrie\n')).toEqual([
      [[{ text: 'een' }], [{ text: 'twee' }]],
      [[{ text: 'drie' }]],
    ]);
  });

  it('makes links of web addresses and leaves the sentence around them', () => {
    expect(blocks('Zie https://www.rijksoverheid.nl/wmo. Of (http://a.nl/b_(c)), zei ik.')).toEqual(
      [
        [
          [
            { text: 'Zie ' },
            { text: 'https://www.rijksoverheid.nl/wmo', href: 'https://www.rijksoverheid.nl/wmo' },
            { text: '. Of (' },
            { text: 'http://a.nl/b_(c)', href: 'http://a.nl/b_(c)' },
            { text: '), zei ik.' },
          ],
        ],
      ],
    );
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>',
    'https://bank.nl@elders.nl/',
    'https://',
    '<a href="x">',
    'ftp://a.nl/b',
  ])('leaves %s as text', (text) => {
    expect(links(text)).toEqual([]);
  });

  it('loses no visible sign, whatever was typed', () => {
    const plain = (text: string) => text.replace(/\s/g, '');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const shown = blocks(text)
          .flat(2)
          .map((piece) => piece.text)
          .join('');
        expect(plain(shown)).toBe(plain(text));
      }),
    );
  });

  it('only ever links to http and https', () => {
    const scheme = fc.constantFrom('http://', 'https://', 'HTTPS://', 'javascript:', 'data:');
    fc.assert(
      fc.property(scheme, fc.webUrl(), fc.string(), (start, url, tail) => {
        for (const href of links(`${start}${url}${tail}`)) expect(href).toMatch(/^https?:\/\//);
      }),
      { numRuns: 50 },
    );
  });

  it('is quick with a long text that looks like links', () => {
    const start = performance.now();
    for (const end of [')', '.', '(', '!)']) blocks('http://a'.repeat(2000) + end.repeat(20_000));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
