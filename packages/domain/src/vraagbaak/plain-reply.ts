import { markup } from '../kernel/index.ts';
import type { ReplyFormat } from './dialogue.ts';

/**
 * An answer without the signs of its markup, for mails, feeds, search and machines: links keep their
 * words (and their address where that says something else), items of a list a dash or a number.
 */
export function plainReply(body: string, format: ReplyFormat): string {
  if (format === 'text') return body;
  return markup(body)
    .map((block) => {
      if (block.kind === 'heading') return plainSpans(block.spans);
      if (block.kind === 'paragraph') return block.lines.map(plainSpans).join('\n');
      return block.items
        .map((item, i) => `${block.ordered ? `${i + 1}.` : '-'} ${plainSpans(item)}`)
        .join('\n');
    })
    .join('\n\n');
}

function plainSpans(spans: readonly { text: string; href?: string }[]): string {
  return spans
    .map(({ text, href }) => {
      if (!href || href.startsWith('/')) return text;
      const address = href.replace(/^mailto:/, '');
      return isSame(text, address) ? text : `${text} (${address})`;
    })
    .join('');
}

/** An address that stands in the text already, apart from the slash that a browser adds. */
const isSame = (text: string, address: string) =>
  text === address || address === `${text}/` || encodeURI(text) === address;
