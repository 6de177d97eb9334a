import { createHash } from 'node:crypto';
import { uuidOfHex } from '@wijk/domain/kernel';

/**
 * An id that is the same for the same thing, whoever makes it (UUID version 8): what a worker does under it
 * happens once, with several workers and after a crash.
 */
export function namedId(...parts: readonly (string | number)[]): string {
  const text = parts.map((part) => `${String(part).length}:${part}`).join('');
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return uuidOfHex(bytes.toString('hex'));
}
