import { describe, expect, it } from 'vitest';
import { qaPage as valid } from '../../../../../../tests/support/qa-page.ts';
import { conditional } from './conditional.ts';
import { escaped } from './escaped.ts';
import { atomFeed, jsonFeed } from './feed.ts';
import { writtenHtml, writtenText } from './html.ts';
import { acceptedOf, dataBlock, qaPage } from './json-ld.ts';

const NASTY = [
  '</script><script>alert(1)</script>',
  '<!-- <script> --> ]]> &lt;b&gt; &amp;amp;',
  '"aanhalings\'tekens\\" \u2028\u2029 👩‍👩‍👧 \u202Eomgekeerd $& $1',
];
const at = '2026-11-20T10:00:00.000Z';
const answer = (id: string, more: object = {}) => ({
  id,
  body: NASTY.join('\n'),
  author: { name: NASTY[0] ?? '', title: null, capacity: 'resident' as const },
  at,
  format: 'text' as const,
  endorsed: false,
  helpful: false,
  useful: { count: 0, mine: false },
  ...more,
});
const question = (answers: ReturnType<typeof answer>[]) => ({
  title: NASTY[1] ?? '',
  body: NASTY.join('\n\n'),
  askedBy: null,
  askedAt: at,
  answerCount: answers.length,
  theme: { slug: 'wonen', name: 'Wonen' },
  answers,
});
const place = {
  url: 'https://wijk.example/vragen/0abc12de/x',
  someone: 'een buurtgenoot',
  language: 'nl',
};
const expert = { author: { name: 'Marleen', title: 'Wmo-consulent', capacity: 'expert' as const } };

describe('what a page tells of its question', () => {
  it('is a valid QAPage, whatever was typed, and stays one block', () => {
    const block = dataBlock(
      qaPage(question([answer('1'), answer('2', { useful: { count: 3, mine: false } })]), place),
    );
    expect(block).not.toMatch(/[<>&\u2028\u2029]/);
    const page = valid.parse(JSON.parse(block));
    expect(page.mainEntity.name).toBe(NASTY[1]);
    expect(page.mainEntity.author.name).toBe('een buurtgenoot');
    expect(page.mainEntity.suggestedAnswer?.map((one) => one.upvoteCount)).toEqual([0, 3]);
  });

  it('accepts what helped the asker, else what the redactie stands behind, else the first reputed one', () => {
    const [neighbour, reputed] = [answer('1'), answer('2', expert)];
    const endorsed = answer('3', { endorsed: true });
    const helpful = answer('4', { helpful: true });
    expect(acceptedOf([neighbour, reputed, endorsed, helpful])?.id).toBe('4');
    expect(acceptedOf([neighbour, reputed, endorsed])?.id).toBe('3');
    expect(acceptedOf([neighbour, reputed])?.id).toBe('2');
    expect(acceptedOf([neighbour])).toBeUndefined();
    const { mainEntity } = qaPage(question([neighbour, reputed, endorsed, helpful]), place);
    expect(mainEntity.suggestedAnswer).toHaveLength(3);
    expect(valid.safeParse(qaPage(question([]), place)).success).toBe(true);
  });

  it('gives the words of an editor without their markup', () => {
    expect(writtenText('## Kop\n**Bel** [ons](https://a.example)\n- een', 'markup')).toBe(
      'Kop\n\nBel ons\n\n- een',
    );
  });
});

describe('a feed', () => {
  const source = {
    site: 'https://wijk.example/w/elzenhof',
    wijk: 'Elzen & Hof',
    theme: null,
    entries: [
      {
        ...question([]),
        ref: '0abc12de',
        slug: 'x',
        updatedAt: '2026-11-21T10:00:00.000Z',
        answers: [{ ...answer('1'), format: 'text' as const }],
      },
    ],
  };

  it('holds what was typed as text, never as elements', () => {
    const atom = atomFeed(source);
    expect(atom).not.toContain('<script');
    expect(atom).toContain(`<title>${escaped(NASTY[1] ?? '')}</title>`);
    expect(atom).toContain('<updated>2026-11-21T10:00:00.000Z</updated>');
    const [item] = JSON.parse(jsonFeed(source)).items;
    expect(item.title).toBe(NASTY[1]);
    expect(item.content_html).not.toContain('<script');
    expect(item.url).toBe('https://wijk.example/w/elzenhof/vragen/0abc12de/x');
  });

  it('leaves out what XML cannot hold', () => {
    expect(escaped('a\u0000\u0008b\uD800c\uFFFEd\u{1F600}')).toBe('ab\uFFFDcd\u{1F600}');
  });

  it('makes links of web addresses alone', () => {
    const link = 'https://a.example/?a=1&amp;b=2';
    expect(writtenHtml('zie https://a.example/?a=1&b=2 of javascript:alert(1)')).toBe(
      `<p>zie <a href="${link}" rel="nofollow ugc noopener">${link}</a> of javascript:alert(1)</p>`,
    );
  });
});

describe('coming back', () => {
  const changedAt = new Date(at);
  const ask = (headers: Record<string, string>) =>
    conditional(new Request('https://a.example', { headers }), 'body', {
      type: 'text/plain',
      changedAt,
    });

  it('is a 304 for whoever has it, and the ETag decides where there is one', () => {
    const first = ask({});
    const etag = first.headers.get('etag') ?? '';
    expect(first.status).toBe(200);
    expect(ask({ 'if-none-match': `"other", W/${etag}` }).status).toBe(304);
    expect(ask({ 'if-modified-since': changedAt.toUTCString() }).status).toBe(304);
    expect(
      ask({ 'if-none-match': '"other"', 'if-modified-since': changedAt.toUTCString() }).status,
    ).toBe(200);
    expect(ask({ 'if-modified-since': 'Sat, 21 Nov 2026 10:00:00 GMT' }).status).toBe(200);
  });
});
