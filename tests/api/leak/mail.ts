/**
 * A mail made readable with nothing but its own bytes: quoted-printable and base64 are undone in the
 * whole of it, so that a word is found wherever it stands.
 */
export async function readRaw(raw: string) {
  const unfolded = raw.replace(/\r?\n[ \t]+/g, ' ');
  const header = (name: string) =>
    new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded)?.[1]?.trim() ?? '';
  const address = /<([^>]+)>/.exec(header('To'))?.[1] ?? header('To');
  const headers = [...(unfolded.split(/\r?\n\r?\n/)[0] ?? '').matchAll(/^([\w-]+): (.*)$/gm)];
  return {
    to: [{ address }],
    subject: words(header('Subject')),
    text: `${quotedPrintable(raw)}\n${base64(raw)}`,
    html: '',
    headers: headers.map(([, key = '', value = '']) => ({ key: key.toLowerCase(), value })),
  };
}

const bytes = (text: string) =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString();

const quotedPrintable = (raw: string) => bytes(raw.replace(/=\r?\n/g, ''));

/** Encoded words of a header (RFC 2047). */
const words = (text: string) =>
  text.replace(/=\?utf-8\?([qb])\?([^?]*)\?=\s*/gi, (_, how: string, part: string) =>
    how.toLowerCase() === 'b'
      ? Buffer.from(part, 'base64').toString()
      : bytes(part.replaceAll('_', ' ')),
  );

/** Every block of base64 lines. */
const base64 = (raw: string) =>
  [...raw.matchAll(/(?:^[A-Za-z0-9+/]{40,}={0,2}\r?\n)+(?:[A-Za-z0-9+/]+={0,2}\r?\n)?/gm)]
    .map(([block]) => Buffer.from(block, 'base64').toString())
    .join('\n');
