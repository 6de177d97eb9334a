/** Something that ranks questions for a text, best first. */
export type Ranker = (text: string) => Promise<string[]>;

export interface Gauge {
  recall5: number;
  mrr: number;
  /** queries of which not all expected are among the first five, or the first hit is another one */
  missed: { query: string; expect: string[]; got: string[] }[];
}

export interface BenchQuery {
  query: string;
  expect: string[];
}

/** recall@5: mean share of the expected ids among the first five. MRR: of the first expected hit. */
export async function gauge(queries: readonly BenchQuery[], rank: Ranker): Promise<Gauge> {
  let recall = 0;
  let mrr = 0;
  const missed: Gauge['missed'] = [];
  for (const { query, expect } of queries) {
    const got = await rank(query);
    const five = got.slice(0, 5);
    const share = expect.filter((id) => five.includes(id)).length / expect.length;
    const first = got.findIndex((id) => expect.includes(id));
    recall += share;
    mrr += first === -1 ? 0 : 1 / (first + 1);
    if (share < 1 || first !== 0) missed.push({ query, expect, got: five });
  }
  return { recall5: recall / queries.length, mrr: mrr / queries.length, missed };
}

function grams(text: string): Map<string, number> {
  const plain = ` ${text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
  const counts = new Map<string, number>();
  for (let i = 0; i + 4 <= plain.length; i += 1) {
    const gram = plain.slice(i, i + 4);
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

/** BM25 (k1 1.2, b 0.75) over runs of four characters of title, body and answers, in memory. */
export function fourGrams(documents: readonly { id: string; text: string }[]): Ranker {
  const postings = new Map<string, { at: number; tf: number }[]>();
  const lengths = documents.map(({ text }, at) => {
    let length = 0;
    for (const [gram, tf] of grams(text)) {
      length += tf;
      const list = postings.get(gram);
      if (list) list.push({ at, tf });
      else postings.set(gram, [{ at, tf }]);
    }
    return length;
  });
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  return async (text) => {
    const scores = new Map<number, number>();
    for (const gram of grams(text).keys()) {
      const list = postings.get(gram) ?? [];
      const idf = Math.log(1 + (documents.length - list.length + 0.5) / (list.length + 0.5));
      for (const { at, tf } of list) {
        const norm = 0.25 + (0.75 * (lengths[at] ?? 0)) / average;
        scores.set(at, (scores.get(at) ?? 0) + (idf * tf * 2.2) / (tf + 1.2 * norm));
      }
    }
    return [...scores]
      .sort(([, a], [, b]) => b - a)
      .slice(0, 50)
      .map(([at]) => documents[at]?.id ?? '');
  };
}
