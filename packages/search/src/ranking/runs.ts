import type { SearchDocument } from '../analysis/document.ts';
import { wordsOf } from '../analysis/words.ts';
import { idf } from './weigh.ts';

/** Of how many characters a run is. */
const LENGTH = 4;
/** Of a text so much is compared, in characters. */
const TEXT_READ = 4000;
const K1 = 1.2;
const B = 0.75;

/**
 * How much of what was typed stands in each text, run of four characters by run (BM25): it sees the
 * likeness of words of which neither the stem nor a part is the same. Rarity is that among these texts
 * only, so it says which of documents that fit anyway fits best, and nothing about others.
 * @returns for each text 0 (nothing) to 1 (the best of them)
 */
export function likenessOf(query: string, texts: readonly string[]): number[] {
  const wanted = new Map<number, number>();
  for (const run of runsOf(query)) if (!wanted.has(run)) wanted.set(run, wanted.size);
  const counted = texts.map((text) => {
    const counts = new Uint16Array(wanted.size);
    let length = 0;
    for (const run of runsOf(text.slice(0, TEXT_READ))) {
      length += 1;
      const at = wanted.get(run);
      if (at !== undefined) counts[at] = (counts[at] as number) + 1;
    }
    return { counts, length };
  });
  const usual = counted.reduce((sum, { length }) => sum + length, 0) / Math.max(1, texts.length);
  const rarity = Array.from({ length: wanted.size }, (_, at) =>
    idf(counted.filter(({ counts }) => counts[at] !== 0).length, texts.length),
  );
  const sums = counted.map(({ counts, length }) => {
    const norm = K1 * (1 - B + (B * length) / Math.max(1, usual));
    return rarity.reduce((sum, rare, at) => {
      const n = counts[at] as number;
      return n === 0 ? sum : sum + (rare * n * (K1 + 1)) / (n + norm);
    }, 0);
  });
  const most = Math.max(0, ...sums);
  return sums.map((sum) => (most === 0 ? 0 : sum / most));
}

/** What a question says, in one text. */
export const wholeText = ({ title, body, answers }: SearchDocument): string =>
  [title, body, ...answers].join(' ');

/** The runs of a text as numbers; two runs that meet in a number are too rare to matter. */
function runsOf(text: string): Int32Array {
  const plain = ` ${wordsOf(text).join(' ')} `;
  const runs = new Int32Array(Math.max(0, plain.length - LENGTH + 1));
  let run = 0;
  for (let i = 0; i < plain.length; i += 1) {
    // eight bits a character: what lies further back than four has left the number
    run = (run << 8) | (plain.charCodeAt(i) & 0xff);
    if (i >= LENGTH - 1) runs[i - LENGTH + 1] = run;
  }
  return runs;
}
