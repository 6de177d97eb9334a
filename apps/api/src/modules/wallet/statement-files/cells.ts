import { SCALE } from '@wijk/domain/wallet';

/** Without which a spreadsheet reads 'é' as something else. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Rows as CSV (RFC 4180) for a Dutch spreadsheet: semicolons between, amounts as `amount` writes them. */
export const csv = (rows: readonly (readonly string[])[]): string =>
  BYTE_ORDER_MARK + rows.map((cells) => `${cells.map(cell).join(';')}\r\n`).join('');

/** '1250,05', '-3,00': a number to a spreadsheet in Dutch, and nothing else. */
export function amount(minor: number): string {
  const whole = Math.trunc(Math.abs(minor) / SCALE);
  const cents = String(Math.abs(minor) % SCALE).padStart(2, '0');
  return `${minor < 0 ? '-' : ''}${whole},${cents}`;
}

const NUMBER = /^-?\d+,\d\d$/;

/** A text that a spreadsheet would take for a formula is kept from being one. */
function cell(value: string): string {
  const text = /^[\s]*[=+\-@\t\r]/.test(value) && !NUMBER.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
