import { type Executor, run } from '@wijk/db/kernel';
import { sql } from 'drizzle-orm';
import { LEVELS, themeStem } from './analysis/document.ts';
import { keyOf, termNumber, termOfKey } from './analysis/keys.ts';
import { HIGH_LEVEL } from './count-words.ts';
import { numbers, readNumbers, texts } from './literal.ts';
import { type Concept, stemsOf } from './ranking/interpret.ts';
import { CANDIDATES, levelsOf, type Plan } from './ranking/plan.ts';

/** A document that may fit. */
export interface Candidate {
  id: string;
  theme: string;
  /** of the keys that were asked for */
  keys: number[];
}

/** Documents that may fit, with the keys they have of those that were asked for. */
export async function readCandidates(
  db: Executor,
  wijkId: string,
  concepts: readonly Pick<Concept, 'alternatives'>[],
  plan: Plan,
  theme: string | undefined,
): Promise<{ candidates: Candidate[]; seen: Set<string> }> {
  const stems = [...new Set(stemsOf(concepts))];
  const byNumber = new Map(stems.map((stem) => [termNumber(wijkId, stem), stem]));
  const all = [...byNumber.keys()]
    .flatMap((number) => Array.from({ length: LEVELS }, (_, level) => keyOf(number, level)))
    .sort((a, b) => a - b);
  const keys = (list: readonly { stem: string; high: boolean }[] | undefined) =>
    numbers(
      (list ?? []).flatMap(({ stem, high }) =>
        levelsOf(high, HIGH_LEVEL).map((level) => keyOf(termNumber(wijkId, stem), level)),
      ),
    );
  const together = [0, 1, 2].map((i) => plan.together[i] ?? { lists: [], limit: 0 });
  const lists = together.flatMap(({ lists: [a, b = a, c = b] }) => [keys(a), keys(b), keys(c)]);
  const within = theme === undefined ? [] : [keyOf(termNumber(wijkId, themeStem(theme)), 0)];
  const { rows } = await run<{ id: string; theme: string; matched: string }>(
    db,
    sql`select c.id, c.theme, c.matched from search.candidates(${wijkId}::uuid,
        ${keys(plan.any)}::int[], ${CANDIDATES}::int, ${texts(lists)}::text[],
        ${numbers(together.map(({ limit }) => limit))}::int[], ${numbers(all)}::int[],
        ${theme ?? null}::text, ${numbers(within)}::int[]) c`,
  );
  const seen = new Set<string>();
  const candidates = new Map<string, Candidate>();
  for (const { id, theme, matched } of rows) {
    // several ways may bring up the same one
    if (candidates.has(id)) continue;
    const keys = readNumbers(matched);
    for (const key of keys) seen.add(byNumber.get(termOfKey(key)) ?? '');
    candidates.set(id, { id, theme, keys });
  }
  return { candidates: [...candidates.values()], seen };
}
