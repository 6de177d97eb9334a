import { t } from '@wijk/i18n';
import { artifact, openDocument, PAGE, Paper, SIZE, SOFT } from '../../wallet/index.ts';

const LINE = 15;
const WIDTH = PAGE.width - 2 * PAGE.margin;

export interface SignedTerms {
  text: string;
  version: number;
  hash: string;
  wijk: string;
  provider: string;
  /** the name as it was typed */
  name: string;
  signedAt: Date;
  timeZone: string;
  now: Date;
}

/**
 * The terms as they were signed, in Dutch as they are, with who signed when, and the hash by which the text is known
 * again. It is tagged, so that it can be read aloud.
 */
export async function termsPdf(signed: SignedTerms): Promise<Buffer> {
  const title = t('nl', 'terms.title', { wijk: signed.wijk });
  const { doc, done } = openDocument({
    ...{ title, language: 'nl-NL', creator: signed.wijk, now: signed.now },
  });
  const paper = new Paper(doc);
  let y = PAGE.margin;
  /** Moves to a new page where this many lines no longer fit. */
  const room = (lines: number) => {
    if (y + lines * LINE <= PAGE.foot - 20) return;
    doc.addPage();
    y = PAGE.margin;
  };
  const write = (tag: string, text: string, look: { size?: number; bold?: boolean } = {}) => {
    const { size = SIZE.text, bold = false } = look;
    for (const line of linesOf(doc, text, size)) {
      room(1);
      const weight = bold ? 'bold' : 'regular';
      paper.tagged(tag, line, { x: PAGE.margin, width: WIDTH, y, size, weight });
      y += LINE * Math.max(1, size / SIZE.text);
    }
  };
  write('H1', title, { size: SIZE.title, bold: true });
  y += LINE / 2;
  write('P', t('nl', 'terms.version', { version: signed.version }));
  for (const block of signed.text.split('\n')) {
    const heading = /^##\s*(.+)$/.exec(block);
    if (heading?.[1]) {
      y += LINE / 2;
      room(3);
      write('H2', heading[1], { bold: true });
    } else if (block.trim() === '') y += LINE / 3;
    else write('P', block.replace(/^- /, '• '));
  }
  y += LINE;
  room(8);
  write('H2', t('nl', 'terms.signed'), { bold: true });
  const when = new Intl.DateTimeFormat('nl-NL', {
    ...{ dateStyle: 'long', timeStyle: 'short', timeZone: signed.timeZone },
  }).format(signed.signedAt);
  write('P', t('nl', 'terms.for', { provider: signed.provider }));
  write('P', t('nl', 'terms.by', { name: signed.name, when }));
  write('P', t('nl', 'terms.hash', { hash: signed.hash.slice(0, 32) }));
  write('P', signed.hash.slice(32));
  paper.end();
  const { start, count } = doc.bufferedPageRange();
  for (let i = 0; i < count; i++) {
    doc.switchToPage(start + i);
    artifact(doc, () =>
      paper.line(t('nl', 'statement.page', { page: i + 1, pages: count }), {
        ...{ x: PAGE.margin, width: WIDTH, y: PAGE.foot, size: SIZE.small, color: SOFT },
      }),
    );
  }
  doc.end();
  return done;
}

/** Lines that fit, broken at spaces, as wide as the regular letters are. */
function linesOf(doc: PDFKit.PDFDocument, text: string, size: number): string[] {
  doc.font('latin-bold').fontSize(size);
  const lines: string[] = [];
  let line = '';
  for (const word of text.trim().split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && doc.widthOfString(longer) > WIDTH) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}
