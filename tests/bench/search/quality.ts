import { inTransaction } from '@wijk/db/kernel';
import { countWords, reindexQuestions } from '@wijk/search';
import { sql } from 'drizzle-orm';
import { type BenchQuery, fourGrams, gauge, type Ranker } from './baselines.ts';
import { type ContentQuestion, readQueries, SETS } from './content.ts';
import type { Place } from './stage.ts';

const three = (n: number) => n.toFixed(3);
const percent = (n: number, of: number) =>
  `${n} of ${of} (${Math.round((100 * n) / Math.max(1, of))} %)`;

/** recall@5 and MRR of the three engines on the sets of searches. */
export async function measureQuality(
  place: Place,
  what: string,
  verbose: string,
): Promise<string[]> {
  const texts = place.questions.map(({ id, title, body, answers }) => ({
    id,
    text: [title, body, ...answers].join(' '),
  }));
  const engines: Record<string, Ranker> = {
    'this search': async (text) =>
      (await place.engine.search(place.wijkId, { text, limit: 20, offset: 0 })).hits.map(
        ({ questionId }) => questionId,
      ),
    "to_tsvector('dutch')": (text) => place.baseline.rank(place.wijkId, text, 20),
    '4-gram BM25': fourGrams(texts),
  };
  const lines = [
    `| ${what} | ${SETS.map((set) => `${set} recall@5 | ${set} MRR`).join(' | ')} |`,
    `|---|${'---|---|'.repeat(SETS.length)}`,
  ];
  for (const [name, rank] of Object.entries(engines)) {
    const cells: string[] = [];
    for (const set of SETS) {
      const queries: BenchQuery[] = readQueries(set);
      const { recall5, mrr, missed } = await gauge(queries, rank);
      cells.push(three(recall5), three(mrr));
      if (verbose === set && name === 'this search')
        for (const miss of missed) console.error(miss.query, miss.expect, miss.got);
    }
    lines.push(`| ${name} | ${cells.join(' | ')} |`);
  }
  return lines;
}

/**
 * Suggestions: of questions that the content says are alike, how many are suggested when the other is
 * written; and how often something is suggested for a question that has none. Each time the index does not know
 * the question that is written.
 */
export async function measureSuggestions(
  place: Place,
  content: readonly ContentQuestion[],
): Promise<string[]> {
  const shown = new Set(content.map(({ id }) => id));
  const lines = [
    '| suggestions from | alike found in 5 | first | unlike with any suggestion | mean number of them |',
    '|---|---|---|---|---|',
  ];
  const ways = {
    title: (q: ContentQuestion) => q.title,
    'title and text': (q: ContentQuestion) => `${q.title}\n${q.body}`,
  };
  for (const [name, textOf] of Object.entries(ways)) {
    let [pairs, found, first, unlike, bothered, suggested] = [0, 0, 0, 0, 0, 0];
    for (const question of content.filter(({ offTopic }) => !offTopic)) {
      const hits = await without(place, question.id, async () =>
        (await place.engine.similar(place.wijkId, textOf(question), 5)).map(
          ({ questionId }) => questionId,
        ),
      );
      const alike = question.similarTo.filter((id) => shown.has(id));
      if (alike.length > 0) {
        pairs += 1;
        if (alike.some((id) => hits.includes(id))) found += 1;
        if (alike.includes(hits[0] ?? '')) first += 1;
      } else {
        unlike += 1;
        if (hits.length > 0) bothered += 1;
        suggested += hits.length;
      }
    }
    lines.push(
      `| ${name} | ${percent(found, pairs)} | ${percent(first, pairs)} | ${percent(bothered, unlike)} | ${(suggested / unlike).toFixed(1)} |`,
    );
  }
  return lines;
}

/** Does something while the index knows nothing of a question, as before it was asked. */
async function without<T>(place: Place, id: string, work: () => Promise<T>): Promise<T> {
  const { db, wijkId } = place;
  await inTransaction(db, (tx) =>
    tx.execute(sql`select search.forget(${wijkId}::uuid, array[${id}::uuid])`),
  );
  while (await countWords(db));
  try {
    return await work();
  } finally {
    await inTransaction(db, (tx) => reindexQuestions(tx, wijkId, [id]));
    while (await countWords(db));
  }
}

/** Themes proposed from the other questions: how many are right, wrong and left open. */
export async function measureThemes(
  place: Place,
  content: readonly ContentQuestion[],
): Promise<string[]> {
  const lines = ['| theme proposed from | right | wrong | none |', '|---|---|---|---|'];
  const asked = content.filter(({ offTopic }) => !offTopic);
  for (const [name, textOf] of [
    ['title', (q: ContentQuestion) => q.title],
    ['title and text', (q: ContentQuestion) => `${q.title}\n${q.body}`],
  ] as const) {
    let [right, wrong, none] = [0, 0, 0];
    for (const question of asked) {
      const proposal = await without(place, question.id, () =>
        place.engine.proposeTheme(place.wijkId, textOf(question)),
      );
      if (proposal === null) none += 1;
      else if (proposal.theme === question.theme) right += 1;
      else wrong += 1;
    }
    const all = asked.length;
    lines.push(
      `| ${name} | ${percent(right, all)} | ${percent(wrong, all)} | ${percent(none, all)} |`,
    );
  }
  return lines;
}
