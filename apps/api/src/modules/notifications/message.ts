import type { Letter } from './letter.ts';

/** Columns of the plain text; longer words, addresses above all, stay whole. */
const WIDTH = 74;

/**
 * The letter as plain text in short lines. It is `format=flowed` (RFC 3676): a line that ends in a
 * space goes on in the next, so a phone puts the paragraph together again.
 */
export function textOf(letter: Letter): string {
  const { greeting, paragraphs, code, action, closing, unsubscribe, footer } = letter;
  const [first = '', ...rest] = paragraphs;
  const end = unsubscribe
    ? `${unsubscribe.text}\n${unsubscribe.label}:\n${unsubscribe.url}\n\n${footer}`
    : footer;
  const parts = [
    ...[greeting, first, ...(code ? [code] : []), ...rest],
    `${action.label}:\n${action.url}`,
    closing,
  ];
  return `${flowed([...parts, `-- \n${end}`].join('\n\n'))}\n`;
}

function flowed(text: string): string {
  return text.split('\n').map(wrap).join('\n');
}

function wrap(line: string): string {
  if (line === '-- ') return line;
  const lines: string[] = [];
  let current = '';
  for (const word of line.trimEnd().split(' ')) {
    if (current !== '' && current.length + 1 + word.length > WIDTH) {
      lines.push(`${current} `);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  // a line that begins like a quote or a header of an mbox is stuffed (RFC 3676, section 4.4)
  return [...lines, current].map((one) => (/^(>|From | )/.test(one) ? ` ${one}` : one)).join('\n');
}

const STYLE = {
  body: 'margin:0;padding:24px;font:18px/1.5 Georgia,serif;color:#1c1c1c;background:#ffffff',
  code: 'font:bold 32px/1.2 monospace;letter-spacing:6px;margin:24px 0',
  action:
    'display:inline-block;padding:12px 20px;border-radius:8px;background:#1f5f4b;color:#ffffff;text-decoration:none',
  footer: 'font-size:15px;color:#595959;border-top:1px solid #d0d0d0;padding-top:12px',
  small: 'font-size:15px;color:#595959',
} as const;

/** The same in simple HTML: nothing is fetched, and everything reads well without styles. */
export function htmlOf(letter: Letter, language: string): string {
  const { subject, greeting, paragraphs, code, action, closing, unsubscribe, footer } = letter;
  const [first = '', ...rest] = paragraphs;
  const p = (text: string, style?: string) =>
    `<p${style ? ` style="${style}"` : ''}>${escapeHtml(text).replaceAll('\n', '<br>')}</p>`;
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="${STYLE.body}">
<div style="max-width:560px">
${[
  p(greeting),
  p(first),
  ...(code ? [p(code, STYLE.code)] : []),
  ...rest.map((text) => p(text)),
  `<p><a href="${escapeHtml(action.url)}" style="${STYLE.action}">${escapeHtml(action.label)}</a></p>`,
  p(closing),
  ...(unsubscribe
    ? [
        `<p style="${STYLE.footer}">${escapeHtml(unsubscribe.text)}<br><a href="${escapeHtml(unsubscribe.url)}" style="color:#1f5f4b">${escapeHtml(unsubscribe.label)}</a></p>`,
        p(footer, STYLE.small),
      ]
    : [p(footer, STYLE.footer)]),
].join('\n')}
</div>
</body>
</html>
`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);

/** A display name that no header can read as anything else. */
export function headerName(name: string): string {
  return name
    .replace(/[\p{C}"<>\\,;:@()[\]]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80);
}
