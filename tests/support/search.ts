import type { Database } from '@wijk/db/kernel';
import type { Search } from '../../apps/api/src/modules/search/index.ts';

/**
 * A search that finds whatever shares a word, and is careless on purpose: what is private, held, hidden,
 * withdrawn or a duplicate as well, of any wijk. Whoever reads through it must be careful themselves.
 */
export function carelessSearch(owner: Database): Search {
  const find = async (text: string) => {
    const words = text.toLowerCase().split(/[^\p{L}]+/u);
    const { rows } = await owner.$client.query<{ id: string; score: number }>(
      `select q.id, (select count(*)::int from unnest($1::text[]) w
        where length(w) > 3 and strpos(lower(q.title || ' ' || q.body), w) > 0) as score
      from vraagbaak.question q order by score desc, q.submitted_at, q.id`,
      [words],
    );
    return rows.filter((row) => row.score > 0);
  };
  const hits = (rows: { id: string; score: number }[]) =>
    rows.map(({ id, score }) => ({ questionId: id, score }));
  return {
    search: async (_wijkId, { text, limit, offset }) => {
      const rows = await find(text);
      return {
        hits: hits(rows.slice(offset, offset + limit)),
        total: rows.length,
        corrected: text.includes('vulnis') ? text.replace('vulnis', 'vuilnis') : null,
      };
    },
    similar: async (_wijkId, text, limit) => hits((await find(text)).slice(0, limit)),
    proposeTheme: async (_wijkId, text) =>
      /vuilnis|container/i.test(text) ? { theme: 'wonen', confidence: 0.8 } : null,
  };
}
