import { type Block, markup, type Span } from '@wijk/domain/kernel';
import { blocks } from '#lib/rich-text.ts';
import { escaped } from './escaped.ts';

const link = (href: string, text: string) =>
  `<a href="${escaped(href)}" rel="nofollow ugc noopener">${escaped(text)}</a>`;

const span = ({ text, href, strong }: Span) => {
  const words = href ? link(href, text) : escaped(text);
  return strong ? `<strong>${words}</strong>` : words;
};
const line = (spans: readonly Span[]) => spans.map(span).join('');

/** Headings below those of a feed's reader; nothing but paragraphs, lists, links and strong words. */
function block(one: Block): string {
  if (one.kind === 'heading') return `<h4>${line(one.spans)}</h4>`;
  if (one.kind === 'paragraph') return `<p>${one.lines.map(line).join('<br>')}</p>`;
  const items = one.items.map((item) => `<li>${line(item)}</li>`).join('');
  return one.ordered ? `<ol>${items}</ol>` : `<ul>${items}</ul>`;
}

/** What somebody wrote, for a feed: made of escaped text alone, with links of http and https. */
export function writtenHtml(text: string, format: 'text' | 'markup' = 'text'): string {
  if (format === 'markup') return markup(text).map(block).join('');
  return blocks(text)
    .map((lines) => `<p>${lines.map((pieces) => pieces.map(span).join('')).join('<br>')}</p>`)
    .join('');
}

/** The same words without their markup, for machines that want text. */
export function writtenText(text: string, format: 'text' | 'markup' = 'text'): string {
  if (format === 'text') return text.trim();
  const plain = (spans: readonly Span[]) => spans.map((one) => one.text).join('');
  return markup(text)
    .map((one) => {
      if (one.kind === 'heading') return plain(one.spans);
      if (one.kind === 'paragraph') return one.lines.map(plain).join('\n');
      return one.items.map((item) => `- ${plain(item)}`).join('\n');
    })
    .join('\n\n');
}
