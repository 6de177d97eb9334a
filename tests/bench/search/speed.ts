import { readFileSync } from 'node:fs';
import { inTransaction } from '@wijk/db/kernel';
import { dutchAnalyser, reindexQuestions } from '@wijk/search';
import pg from 'pg';
import { keyOf, termNumber } from '../../../packages/search/src/analysis/keys.ts';
import { HIGH_LEVEL } from '../../../packages/search/src/count-words.ts';
import { readQueries, visibleQuestions } from './content.ts';
import type { Place } from './stage.ts';

const COMMON = [
  'gemeente',
  'hulp',
  'hulp gemeente',
  'wie betaalt',
  'kosten huis',
  'mijn moeder hulp in huis',
  'wijk',
  'vraag over mijn kind',
];

interface Times {
  /** milliseconds of processor for each request, in this process and in the server */
  node: number;
  server: number | undefined;
  p50: number;
  p95: number;
  p99: number;
}

export function timesOf(samples: number[]): Pick<Times, 'p50' | 'p95' | 'p99'> {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

async function time(
  rounds: number,
  inputs: readonly string[],
  work: (input: string) => Promise<unknown>,
  serverMs: () => number | undefined = () => undefined,
): Promise<Times> {
  for (const input of inputs.slice(0, rounds > 1 ? 20 : 2)) await work(input);
  const samples: number[] = [];
  const [before, server] = [process.cpuUsage(), serverMs()];
  for (let round = 0; round < rounds; round += 1)
    for (const input of inputs) {
      const started = performance.now();
      await work(input);
      samples.push(performance.now() - started);
    }
  const { user, system } = process.cpuUsage(before);
  const after = serverMs();
  return {
    ...timesOf(samples),
    node: (user + system) / 1000 / samples.length,
    server:
      server === undefined || after === undefined ? undefined : (after - server) / samples.length,
  };
}

const TICK_MS = 10;

/** Processor time of the server's processes that serve this database, where the system tells it. */
async function serverClock(place: Place): Promise<() => number | undefined> {
  const { rows } = await place.db.$client.query<{ pid: number }>(
    'select pid from pg_stat_activity where datname = current_database()',
  );
  return () => {
    try {
      return rows.reduce((sum, { pid }) => {
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
        return sum + (Number(fields[11]) + Number(fields[12])) * TICK_MS;
      }, 0);
    } catch {
      return undefined;
    }
  };
}

const ms = (n: number) => n.toFixed(1);

/** One line for each kind of request: this search beside the baseline, one at a time. */
export async function measureSpeed(place: Place): Promise<string[]> {
  const { engine, wijkId, baseline } = place;
  const rare = [...readQueries('a'), ...readQueries('b')]
    .map(({ query }) => query)
    .filter((_, i) => i % 4 === 0);
  const texts = visibleQuestions()
    .filter((_, i) => i % 6 === 0)
    .map(({ title, body, answers }) =>
      `${title}\n${body} ${answers.join(' ')}`.split(' ').slice(0, 220).join(' '),
    );
  const kinds: [string, readonly string[], number, (text: string) => Promise<unknown>, number][] = [
    [
      'search, common words',
      COMMON,
      12,
      (text) => engine.search(wijkId, { text, limit: 20, offset: 0 }),
      20,
    ],
    [
      'search, the sets',
      rare,
      3,
      (text) => engine.search(wijkId, { text, limit: 20, offset: 0 }),
      20,
    ],
    ['suggestion, up to 220 words', texts, 4, (text) => engine.similar(wijkId, text, 5), 5],
  ];
  const lines: string[] = [];
  for (const [name, inputs, rounds, work, limit] of kinds) {
    // connections that searches may use are open by now
    await work(inputs[0] ?? '');
    const ours = await time(rounds, inputs, work, await serverClock(place));
    const theirs = await time(1, inputs.slice(0, 8), (text) => baseline.rank(wijkId, text, limit));
    lines.push(
      `| ${place.questions.length} | ${name} | ${ms(ours.node)} | ${ours.server === undefined ? '' : ms(ours.server)} | ${ms(ours.p50)} | ${ms(ours.p95)} | ${ms(ours.p99)} | ${ms(theirs.p50)} | ${ms(theirs.p95)} | ${(theirs.p95 / ours.p95).toFixed(1)} |`,
    );
  }
  return lines;
}

export const SPEED_HEAD = [
  '| questions | what | processor ms in Node | in PostgreSQL | p50 ms | p95 ms | p99 ms | `to_tsvector` p50 | `to_tsvector` p95 | baseline p95 / ours |',
  '|---|---|---|---|---|---|---|---|---|---|',
];

/** Milliseconds to index one question in a transaction of its own, whatever is there already. */
export async function measureIndexing(place: Place): Promise<string> {
  const ids = place.questions.slice(0, 200).map(({ id }) => id);
  const samples: number[] = [];
  for (const id of ids)
    await inTransaction(place.db, async (tx) => {
      await tx.execute(`select search.forget('${place.wijkId}', '{${id}}')`);
      const started = performance.now();
      await reindexQuestions(tx, place.wijkId, [id]);
      samples.push(performance.now() - started);
    });
  const { p50, p95 } = timesOf(samples);
  return `Indexing one question in its transaction at ${place.questions.length}: ${ms(p50)} ms (p95 ${ms(p95)}), of which analysis ${place.analysisMs.toFixed(2)} ms.`;
}

/** Sizes on disk, and the plan of the candidates of a search of common words. */
export async function describeIndex(place: Place): Promise<string[]> {
  const client = new pg.Client({ connectionString: place.ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; size: string }>(
      `select relname as name, pg_size_pretty(pg_total_relation_size(oid)) as size from pg_class
       where relnamespace = 'search'::regnamespace and relkind = 'r' order by pg_total_relation_size(oid) desc`,
    );
    return [
      `On disk at ${place.questions.length}: ${rows.map(({ name, size }) => `${name} ${size}`).join(', ')}.`,
      ...(await explain(client, place.wijkId)),
    ];
  } finally {
    await client.end();
  }
}

/** How documents with two common words are found, as within `search.candidates`. */
async function explain(client: pg.Client, wijkId: string): Promise<string[]> {
  const keys = (word: string, from: number) => {
    const number = termNumber(wijkId, dutchAnalyser().token(word).stem);
    return `{${Array.from({ length: 8 - from }, (_, i) => keyOf(number, from + i)).join(',')}}`;
  };
  await client.query(
    'set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off',
  );
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(
    `explain (analyze, costs off)
     select q.id from (select d.question_id, d.keys from search.document d
       where d.wijk_id = '${wijkId}' and d.keys && '${keys('gemeente', 0)}'::int[]
         and d.keys && '${keys('hulp', HIGH_LEVEL)}'::int[] limit 200) f
     join vraagbaak.question q on q.wijk_id = '${wijkId}' and q.id = f.question_id
     where q.visibility <> 'private' and q.moderation = 'shown' and q.status in ('open', 'answered')`,
  );
  return ['', '```', ...rows.map((row) => row['QUERY PLAN'].slice(0, 120)), '```'];
}
