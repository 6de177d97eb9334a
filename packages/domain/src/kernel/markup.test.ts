import { describe, expect, it } from 'vitest';
import { markup, safeAddress } from './markup.ts';

describe('the markup of a wijk’s own pages', () => {
  it('knows headings, lists, paragraphs, strong words and links', () => {
    const text = '## Kop\n\nEen **sterk** woord\nen [hier](/over).\n- een\n- twee\n1. eerst';
    expect(markup(text)).toEqual([
      { kind: 'heading', level: 2, id: 'kop', spans: [{ text: 'Kop' }] },
      {
        kind: 'paragraph',
        lines: [
          [{ text: 'Een ' }, { text: 'sterk', strong: true }, { text: ' woord' }],
          [{ text: 'en ' }, { text: 'hier', href: '/over' }, { text: '.' }],
        ],
      },
      { kind: 'list', ordered: false, items: [[{ text: 'een' }], [{ text: 'twee' }]] },
      { kind: 'list', ordered: true, items: [[{ text: 'eerst' }]] },
    ]);
  });

  it('gives headings of the same words an id each', () => {
    const ids = markup('## Zo\n## Zo\n### Zó').map((block) => 'id' in block && block.id);
    expect(ids).toEqual(['zo', 'zo-2', 'zo-3']);
  });

  it('leads nowhere but to sites, mailboxes and pages of ours', () => {
    for (const address of [
      'javascript:alert(1)',
      '//evil.example',
      '/\\evil.example',
      'data:text/html,x',
      'https://a@evil.example',
      'JaVaScRiPt:x',
    ])
      expect([address, safeAddress(address)]).toEqual([address, null]);
    expect(
      markup('[klik](javascript:alert(1))')
        .flatMap((b) => JSON.stringify(b))
        .join(),
    ).not.toContain('"href"');
    expect(safeAddress('mailto:a@b.nl')).toBe('mailto:a@b.nl');
  });
});
