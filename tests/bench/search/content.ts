import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { BenchQuery } from './baselines.ts';
import type { BenchQuestion } from './generate.ts';

/** The id that the bench gives a question of the content: the same each time. */
export function idOf(id: string): string {
  const h = createHash('md5').update(id).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20)}`;
}

interface Written {
  id: string;
  theme: string;
  title: string;
  body: string;
  visibility: string;
  answers: { body: string }[];
  tags: string[];
  similar_to: string[];
}

export interface ContentQuestion extends BenchQuestion {
  similarTo: string[];
  offTopic: boolean;
}

function readLines<T>(name: string): T[] {
  const file = new URL(`../../../packages/db/seed/content/${name}.jsonl`, import.meta.url);
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

/** The questions of the content that anyone may read, with their answers. */
export function visibleQuestions(): ContentQuestion[] {
  return [...readLines<Written>('vragen-a'), ...readLines<Written>('vragen-b')]
    .filter(({ visibility }) => visibility !== 'private')
    .map(({ id, theme, title, body, answers, tags, similar_to }) => ({
      id: idOf(id),
      theme,
      title,
      body,
      answers: answers.map((answer) => answer.body),
      similarTo: similar_to.map(idOf),
      offTopic: tags.includes('offtopic'),
    }));
}

/**
 * Sets of searches; of d the odd lines were looked at while the search was improved, the even not. Set e was
 * written afterwards, by somebody who had seen neither the other sets nor the related words.
 */
export const SETS = ['a', 'b', 'c', 'd odd', 'd even', 'e'] as const;
export type QuerySet = (typeof SETS)[number];

/** The searches of a set, with the ids that they expect. */
export function readQueries(set: QuerySet): BenchQuery[] {
  const [name = '', half] = set.split(' ');
  return readLines<BenchQuery>(`zoekvragen-${name}`)
    .filter((_, i) => half === undefined || (half === 'odd') === (i % 2 === 0))
    .map(({ query, expect }) => ({ query, expect: expect.map(idOf) }));
}
