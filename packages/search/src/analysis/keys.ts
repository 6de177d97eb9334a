import { LEVELS } from './document.ts';

const LEVEL_BITS = 3;
const HASH_BITS = 32 - LEVEL_BITS;

/**
 * The number of a word in a wijk: 29 bits, so that number and level fit in an integer of four bytes.
 * Two words of one wijk that meet in a number count as one word; with 50,000 words that happens to
 * about two pairs. No table has to give out numbers, so writers never wait for each other.
 */
export function termNumber(wijkId: string, stem: string): number {
  // FNV-1a with a last stir (murmur3), because its low bits are weak
  let hash = 0x811c9dc5;
  const mix = (text: string) => {
    for (let i = 0; i < text.length; i += 1)
      hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  };
  mix(wijkId);
  mix(':');
  mix(stem);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash >>> (32 - HASH_BITS);
}

/** A word at a level, as the index has it. */
export const keyOf = (term: number, level: number): number => (term << LEVEL_BITS) | level;

export const termOfKey = (key: number): number => key >>> LEVEL_BITS;
export const levelOfKey = (key: number): number => key & (LEVELS - 1);
