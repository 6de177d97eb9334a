export interface Piece {
  text: string;
  /** only ever http or https */
  href?: string;
}

const ADDRESS = /https?:\/\/[^\s<>"']+/giu;
/** Signs at the end of an address that belong to the sentence around it. */
const TRAILING = '.,;:!?…»”’';

function pieces(line: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of line.matchAll(ADDRESS)) {
    const text = trimmed(match[0]);
    const href = safeHref(text);
    if (!href) continue;
    if (match.index > at) found.push({ text: line.slice(at, match.index) });
    found.push({ text, href });
    at = match.index + text.length;
  }
  if (at < line.length) found.push({ text: line.slice(at) });
  return found;
}

/** Without what ends the sentence; a bracket stays when it was opened inside the address. */
function trimmed(address: string): string {
  let unopened = 0;
  for (const sign of address) unopened += sign === ')' ? 1 : sign === '(' ? -1 : 0;
  let end = address.length;
  for (; end > 0; end -= 1) {
    const sign = address.charAt(end - 1);
    if (sign === ')' && unopened > 0) unopened -= 1;
    else if (!TRAILING.includes(sign)) break;
  }
  return address.slice(0, end);
}

function safeHref(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  // a name before the @ makes one site look like another
  const plain = url.username === '' && url.password === '';
  return plain && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : null;
}

/** Paragraphs of lines of pieces: text stays text, and web addresses become links. */
export function blocks(text: string): Piece[][][] {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n/)
    .map((block) => block.replace(/^\n+|\s+$/g, ''))
    .filter((block) => block !== '')
    .map((block) => block.split('\n').map(pieces));
}
