import type { Analyser } from '../analysis/analyse.ts';
import { SynonymIndex } from '../ranking/synonyms.ts';
import { RELATED_WORDS } from './related-words.ts';

const WEIGHTS = { word: 0.75, phrase: 0.7, rest: 0.65, near: 0.4 };

const made = new WeakMap<Analyser, SynonymIndex>();

/** Words of Dutch that are related; made when it is first needed (some hundredths of a second), then kept. */
export function relatedIndex(analyser: Analyser): SynonymIndex {
  const there = made.get(analyser);
  if (there) return there;
  const index = new SynonymIndex(RELATED_WORDS, analyser, WEIGHTS);
  made.set(analyser, index);
  return index;
}
