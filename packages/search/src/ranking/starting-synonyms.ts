import { OF_CARE } from './synonyms-of-care.ts';
import { OF_LIVING } from './synonyms-of-living.ts';

/**
 * What residents and institutions call the same thing: the sets that a new wijk starts with, after
 * which the redactie edits its own. General Dutch of care, living, money and the street; a line is a
 * set, a comma parts its words. Words that mean roughly the same only, no words that merely go together.
 */
export const STARTING_SYNONYMS: readonly (readonly string[])[] = `${OF_CARE}${OF_LIVING}`
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => line.split(',').map((word) => word.trim()));
