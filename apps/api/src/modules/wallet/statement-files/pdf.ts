import { amountText, t } from '@wijk/i18n';
import { artifact, openDocument, PAGE, Paper, SIZE, SOFT } from './paper.ts';
import type { StatementPeriod } from './period.ts';
import { dayOf, dayText, kindText, partyText, type StatementSpeaker } from './words.ts';

const RULE = '#c8c8c8';
const ROW = 16;

/** Where each column begins and how wide it is; amounts stand to the right. */
const COLUMNS = [
  { key: 'date', x: 50, width: 66, right: false },
  { key: 'what', x: 120, width: 82, right: false },
  { key: 'name', x: 206, width: 128, right: false },
  { key: 'out', x: 338, width: 62, right: true },
  { key: 'in', x: 404, width: 62, right: true },
  { key: 'balance', x: 470, width: 75, right: true },
] as const;

/**
 * A period on paper, with the site's own font inside. It is tagged (headings, one table with heads), so that
 * it can be read aloud, and its text can be taken out. It holds no words of payer and payee.
 */
export async function statementPdf(
  period: StatementPeriod,
  say: StatementSpeaker,
): Promise<Buffer> {
  const title = t(say.locale, 'statement.title', { name: period.holder.name ?? '' });
  const { doc, done } = openDocument({
    title,
    language: say.locale === 'nl' ? 'nl-NL' : 'en-GB',
    creator: say.wijk,
    now: say.now,
  });
  const paper = new Paper(doc);
  heading(paper, title, period, say);
  table(paper, period, say);
  paper.end();
  footers(doc, say);
  doc.end();
  return done;
}

const whole = { x: PAGE.margin, width: PAGE.width - 2 * PAGE.margin };

function heading(
  paper: Paper,
  title: string,
  period: StatementPeriod,
  say: StatementSpeaker,
): void {
  const { locale, wijk, unit, now } = say;
  const from = dayText(period.from, locale);
  const until = dayText(period.until, locale);
  const made = dayOf(now.toISOString(), say);
  paper.tagged('H1', title, { ...whole, y: 50, size: SIZE.title, weight: 'bold' });
  const lines = [
    t(locale, 'statement.period', { from, until }),
    t(locale, 'statement.where', { wijk, unit }),
    t(locale, 'statement.made', { date: made }),
  ];
  lines.forEach((text, i) => {
    paper.tagged('P', text, { ...whole, y: 82 + i * 15, color: SOFT });
  });
  const { opening, closing } = period;
  const sums: [Parameters<typeof t>[1], number][] = [
    ['statement.opening', opening.own],
    ['statement.totalIn', period.in],
    ['statement.totalOut', 0 - period.out],
    ['statement.closing', closing.own],
  ];
  if (opening.budget !== 0 || closing.budget !== 0)
    sums.push(
      ['statement.budgetOpening', opening.budget],
      ['statement.budgetClosing', closing.budget],
    );
  sums.forEach(([key, minor], i) => {
    const y = 140 + i * ROW;
    paper.root.add(
      paper.doc.struct('P', {}, () => {
        paper.line(t(locale, key), { x: whole.x, y, width: 200 });
        paper.line(amountText(locale, minor), {
          x: 250,
          y,
          width: 84,
          right: true,
          weight: 'bold',
        });
      }),
    );
  });
  paper.doc.y = 140 + sums.length * ROW + 18;
}

function table(paper: Paper, period: StatementPeriod, say: StatementSpeaker): void {
  const { locale } = say;
  const { doc } = paper;
  if (period.lines.length === 0) {
    paper.tagged('P', t(locale, 'statement.empty'), { ...whole, y: doc.y });
    return;
  }
  const body = doc.struct('Table');
  paper.root.add(body);
  let y = heads(paper, body, doc.y, locale);
  for (const line of period.lines) {
    const note =
      line.budget === 0
        ? null
        : t(locale, line.budget < 0 ? 'statement.fromBudget' : 'statement.toBudget', {
            amount: amountText(locale, Math.abs(line.budget)),
          });
    if (y + (note ? 2 * ROW : ROW) > PAGE.foot) {
      doc.addPage();
      y = heads(paper, body, PAGE.margin, locale);
    }
    const values = {
      date: dayOf(line.at, say),
      what: kindText(line, locale),
      name: partyText(line, locale),
      out: line.amount < 0 ? amountText(locale, 0 - line.amount) : '',
      in: line.amount > 0 ? amountText(locale, line.amount) : '',
      balance: amountText(locale, line.balance),
    };
    const row = doc.struct('TR');
    body.add(row);
    for (const { key, ...place } of COLUMNS)
      row.add(
        doc.struct('TD', {}, () => {
          paper.line(values[key], { ...place, y });
          if (key === 'name' && note)
            paper.line(note, { ...place, y: y + ROW - 3, size: SIZE.small, color: SOFT });
        }),
      );
    row.end();
    y += note ? 2 * ROW - 3 : ROW;
  }
  body.end();
}

/** The names of the columns, above the table on each page. @returns where its first row stands */
function heads(
  paper: Paper,
  body: PDFKit.PDFStructureElement,
  y: number,
  locale: StatementSpeaker['locale'],
): number {
  const row = paper.doc.struct('TR');
  body.add(row);
  for (const { key, ...place } of COLUMNS)
    row.add(
      paper.doc.struct('TH', {}, () =>
        paper.line(t(locale, `statement.column.${key}`), { ...place, y, weight: 'bold' }),
      ),
    );
  row.end();
  artifact(paper.doc, () => {
    paper.doc
      .moveTo(PAGE.margin, y + ROW - 2)
      .lineTo(PAGE.width - PAGE.margin, y + ROW - 2)
      .strokeColor(RULE)
      .stroke();
  });
  return y + ROW + 3;
}

function footers(doc: PDFKit.PDFDocument, { locale, wijk }: StatementSpeaker): void {
  const { start, count } = doc.bufferedPageRange();
  for (let n = 0; n < count; n += 1) {
    doc.switchToPage(start + n);
    // below the margin, where a line of text would begin a page of its own
    doc.page.margins.bottom = 0;
    artifact(doc, () => {
      doc.font('latin-regular').fontSize(SIZE.small).fillColor(SOFT);
      const text = t(locale, 'statement.page', { page: n + 1, pages: count });
      doc.text(`${wijk.replace(/[^\u0020-\u00ff]/g, '?')} · ${text}`, PAGE.margin, PAGE.foot + 20, {
        lineBreak: false,
      });
    });
  }
}
