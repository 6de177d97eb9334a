import { encodeQR } from 'qr';

/** A QR code as one path of an SVG, in a square of `size` units with a quiet zone of four. */
export interface QrPath {
  size: number;
  path: string;
}

/** A code that phones read from a screen and from paper that was folded. */
export function qrPath(text: string): QrPath {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
  const parts: string[] = [];
  for (const [y, row] of rows.entries())
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue;
      const start = x;
      while (row[x + 1]) x += 1;
      parts.push(`M${start} ${y}h${x + 1 - start}v1H${start}z`);
    }
  return { size: rows.length, path: parts.join('') };
}
