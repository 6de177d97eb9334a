import { markup } from '@wijk/domain/kernel';
import { findMentions, type ReplyFormat } from '@wijk/domain/vraagbaak';
import { blocks } from '#lib/rich-text.ts';
import type { WordBlock, WordSpan } from '#lib/views.ts';

/**
 * A text as it stands on a page: paragraphs, lists and small headings of spans. Whoever is named with
 * an `@` stands out when that name stands on the page itself, so that it shows nothing of anybody who
 * does not.
 * @param names everybody's that the page shows
 */
export function words(
  text: string,
  format: ReplyFormat = 'text',
  names: readonly string[] = [],
): WordBlock[] {
  const people = names.map((name) => ({ id: name, name }));
  const line = (spans: readonly WordSpan[]): WordSpan[] =>
    spans.flatMap((span) => (span.href || span.strong ? [span] : named(span.text, people)));
  if (format === 'text')
    return blocks(text).map((lines) => ({ kind: 'paragraph', lines: lines.map(line) }));
  return markup(text).map((block): WordBlock => {
    if (block.kind === 'heading') return { kind: 'heading', spans: line(block.spans) };
    if (block.kind === 'list')
      return { kind: 'list', ordered: block.ordered, items: block.items.map(line) };
    return { kind: 'paragraph', lines: block.lines.map(line) };
  });
}

function named(text: string, people: readonly { id: string; name: string }[]): WordSpan[] {
  const spans: WordSpan[] = [];
  let at = 0;
  for (const { start, end } of findMentions(text, people)) {
    if (start > at) spans.push({ text: text.slice(at, start) });
    spans.push({ text: text.slice(start, end), strong: true });
    at = end;
  }
  if (at < text.length) spans.push({ text: text.slice(at) });
  return spans;
}
