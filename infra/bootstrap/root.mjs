import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A failure explained in one sentence; no stack is shown for it. */
export class Sentence extends Error {
  /** @param {string} sentence what is wrong and what helps */
  constructor(sentence) {
    super(sentence);
    this.sentence = sentence;
  }
}
