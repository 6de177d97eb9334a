import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

/** A4 in points. */
export const PAGE = { width: 595.28, height: 841.89, margin: 50, foot: 780 };
export const SIZE = { title: 20, text: 10.5, small: 9 };
export const INK = '#1c1c1c';
export const SOFT = '#555555';

const files = createRequire(import.meta.url);
const font = (subset: string, weight: number) =>
  readFileSync(
    files.resolve(
      `@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-${subset}-${weight}-normal.woff`,
    ),
  );
/** Letters of Dutch, and those of names from further away. */
const SUBSETS = ['latin', 'latin-ext'] as const;
const WEIGHTS = { regular: 400, bold: 700 } as const;
type Weight = keyof typeof WEIGHTS;
let fonts: Map<string, Buffer> | undefined;

function allFonts(): Map<string, Buffer> {
  fonts ??= new Map(
    SUBSETS.flatMap((subset) =>
      Object.entries(WEIGHTS).map(([name, weight]) => [`${subset}-${name}`, font(subset, weight)]),
    ),
  );
  return fonts;
}

/** A tagged document with our own font in it; `done` gives its bytes once it is ended. */
export function openDocument(of: { title: string; language: string; creator: string; now: Date }): {
  doc: PDFKit.PDFDocument;
  done: Promise<Buffer>;
} {
  const { title, language, creator, now } = of;
  const doc = new PDFDocument({
    ...{ size: 'A4', margin: PAGE.margin, autoFirstPage: false, bufferPages: true },
    ...{ tagged: true, lang: language, displayTitle: true, pdfVersion: '1.7', subset: 'PDF/UA' },
    // the moment of the house, never that of the machine
    info: { Title: title, CreationDate: now, ModDate: now, Creator: creator, Producer: '' },
    // the types are of an earlier version, which did not know this kind
  } as unknown as PDFKit.PDFDocumentOptions);
  for (const [name, bytes] of allFonts()) doc.registerFont(name, bytes);
  const done = collect(doc);
  doc.addPage();
  return { doc, done };
}

function collect(doc: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}

export interface Place {
  x: number;
  y: number;
  width: number;
  right?: boolean;
  size?: number;
  weight?: Weight;
  color?: string;
}

/** Writes text where it is told, in the font that has its letters, each piece under its tag. */
export class Paper {
  readonly doc: PDFKit.PDFDocument;
  readonly root: PDFKit.PDFStructureElement;

  constructor(doc: PDFKit.PDFDocument) {
    this.doc = doc;
    this.root = doc.struct('Document');
    doc.addStructure(this.root);
  }

  /** One line; what does not fit ends in an ellipsis. */
  line(
    text: string,
    { x, y, width, right = false, size = SIZE.text, weight = 'regular', color = INK }: Place,
  ): void {
    const { doc } = this;
    doc.fontSize(size).fillColor(color);
    const runs = this.#fit(this.#runs(text, weight), width);
    let at = right ? x + width - this.#widthOf(runs) : x;
    for (const run of runs) {
      doc.font(run.font).text(run.text, at, y, { lineBreak: false });
      at += doc.widthOfString(run.text);
    }
  }

  /** The same under a tag of its own, such as a paragraph. */
  tagged(tag: string, text: string, place: Place, within = this.root): void {
    within.add(this.doc.struct(tag, {}, () => this.line(text, place)));
  }

  end(): void {
    this.root.end();
  }

  /** Pieces of a text by the font that has their letters. */
  #runs(text: string, weight: Weight): { font: string; text: string }[] {
    const runs: { font: string; text: string }[] = [];
    for (const char of text.replace(/[\p{C}]/gu, ' ')) {
      const subset = SUBSETS.find((one) => this.#has(`${one}-${weight}`, char));
      const name = `${subset ?? 'latin'}-${weight}`;
      const shown = subset ? char : '?';
      const last = runs.at(-1);
      if (last?.font === name) last.text += shown;
      else runs.push({ font: name, text: shown });
    }
    return runs;
  }

  #has(name: string, char: string): boolean {
    const { _font: open } = this.doc.font(name) as unknown as {
      _font: { font: { hasGlyphForCodePoint(code: number): boolean } };
    };
    return open.font.hasGlyphForCodePoint(char.codePointAt(0) ?? 0);
  }

  #widthOf(runs: readonly { font: string; text: string }[]): number {
    return runs.reduce((sum, run) => sum + this.doc.font(run.font).widthOfString(run.text), 0);
  }

  #fit(runs: { font: string; text: string }[], width: number): { font: string; text: string }[] {
    if (this.#widthOf(runs) <= width) return runs;
    const all = runs.map((run) => ({ ...run }));
    for (;;) {
      const last = all.at(-1);
      if (!last) return all;
      last.text = [...last.text].slice(0, -1).join('').trimEnd();
      if (last.text === '') all.pop();
      const shown = [...all, { font: last.font, text: '…' }];
      if (this.#widthOf(shown) <= width) return shown;
    }
  }
}

/** What is no part of the text: rules, and the foot of each page. */
export function artifact(doc: PDFKit.PDFDocument, draw: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' });
  draw();
  doc.endMarkedContent();
}
