/** A stretch of one line: plain, strong, or a link to a site or a page of ours. */
export interface Span {
  text: string;
  strong?: true;
  /** http, https, mailto, or a path of this site; nothing else */
  href?: string;
}

export type Block =
  | { kind: 'heading'; level: 2 | 3; id: string; spans: Span[] }
  | { kind: 'paragraph'; lines: Span[][] }
  | { kind: 'list'; ordered: boolean; items: Span[][] };

const INLINE =
  /\[([^\]\n]{1,200})\]\(([^)\s]{1,500})\)|\*\*([^*\n]{1,300})\*\*|(https?:\/\/[^\s<>"']+)/gu;
const TRAILING = /[.,;:!?)…»”’]+$/u;

/** Only addresses that lead to a site, a mailbox or a page of ours; anything else stays text. */
export function safeAddress(address: string): string | null {
  if (/^\/(?![/\\])[^\s\\]*$/.test(address)) return address;
  if (/^mailto:[^\s@<>"']+@[^\s@<>"']+$/i.test(address)) return address;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const plain = url.username === '' && url.password === '';
  return plain && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : null;
}

function spans(line: string): Span[] {
  const found: Span[] = [];
  let at = 0;
  const push = (until: number, span?: Span, end = until) => {
    if (until > at) found.push({ text: line.slice(at, until) });
    if (span) found.push(span);
    at = end;
  };
  for (const match of line.matchAll(INLINE)) {
    const [whole, label, target, strong, bare] = match;
    const end = match.index + whole.length;
    if (strong !== undefined) push(match.index, { text: strong, strong: true }, end);
    else if (label !== undefined && target !== undefined) {
      const href = safeAddress(target);
      if (href) push(match.index, { text: label, href }, end);
    } else if (bare !== undefined) {
      const text = bare.replace(TRAILING, '');
      const href = safeAddress(text);
      if (href) push(match.index, { text, href }, match.index + text.length);
    }
  }
  push(line.length);
  return found;
}

const plain = (parts: readonly Span[]) => parts.map(({ text }) => text).join('');

function idOf(text: string, taken: Set<string>): string {
  const base =
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'deel';
  let id = base;
  for (let n = 2; taken.has(id); n += 1) id = `${base}-${n}`;
  taken.add(id);
  return id;
}

const HEADING = /^(##|###) +(.+)$/;
const BULLET = /^[-*•] +(.+)$/;
const NUMBER = /^\d{1,3}[.)] +(.+)$/;

/**
 * The simple markup of pages that a wijk writes itself: `##` and `###` headings, lists, paragraphs,
 * `[text](address)` and `**strong**`. What is none of these is text; there is no HTML in it.
 */
export function markup(text: string): Block[] {
  const blocks: Block[] = [];
  const ids = new Set<string>();
  let paragraph: Span[][] = [];
  const endParagraph = () => {
    if (paragraph.length > 0) blocks.push({ kind: 'paragraph', lines: paragraph });
    paragraph = [];
  };
  const addItem = (ordered: boolean, item: string) => {
    const last = blocks.at(-1);
    const goesOn = paragraph.length === 0 && last?.kind === 'list' && last.ordered === ordered;
    endParagraph();
    if (goesOn) last.items.push(spans(item));
    else blocks.push({ kind: 'list', ordered, items: [spans(item)] });
  };
  for (const raw of text.replace(/\r\n?/g, '\n').split('\n')) {
    const line = raw.trim();
    const heading = HEADING.exec(line);
    const bullet = BULLET.exec(line);
    const number = NUMBER.exec(line);
    if (line === '') endParagraph();
    else if (heading) {
      endParagraph();
      const parts = spans(heading[2] ?? '');
      const level = heading[1] === '##' ? 2 : 3;
      blocks.push({ kind: 'heading', level, id: idOf(plain(parts), ids), spans: parts });
    } else if (bullet) addItem(false, bullet[1] ?? '');
    else if (number) addItem(true, number[1] ?? '');
    else paragraph.push(spans(line));
  }
  endParagraph();
  return blocks;
}
