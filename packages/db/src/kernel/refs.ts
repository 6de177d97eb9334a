import { randomInt } from 'node:crypto';

/** Crockford's base 32: no letter that is taken for a figure. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 8;

/**
 * What stands in the address of a question, a listing, an order or a conversation: forty random bits, enough
 * that two of a wijk never meet in practice; the key of each table makes sure.
 */
export function newRef(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}
