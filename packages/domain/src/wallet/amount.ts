import { AMOUNT_MAX, SCALE } from './policy.ts';

/**
 * Reads an amount as people type it in Dutch: "12", "12,5", "12,50", "1.250,00", with or without a sign
 * before it. A full stop with one or two digits behind it is read as a comma ("12.50"), as on a phone.
 * @returns minor units, or null where it is no amount above zero, or too large
 */
export function parseAmount(text: string): number | null {
  const bare = text.replace(/\s/g, '').replace(/^[^\d,.-]+/, '');
  const match =
    /^(?<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?<cents>\d{1,2}))?$/.exec(bare) ??
    /^(?<whole>\d+)\.(?<cents>\d{1,2})$/.exec(bare);
  if (!match?.groups) return null;
  const whole = Number((match.groups.whole ?? '').replaceAll('.', ''));
  const minor = whole * SCALE + Number((match.groups.cents ?? '').padEnd(2, '0'));
  return minor > 0 && minor <= AMOUNT_MAX ? minor : null;
}
