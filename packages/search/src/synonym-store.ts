import { randomUUID } from 'node:crypto';
import { type Executor, run, type Transaction } from '@wijk/db/kernel';
import { DomainError } from '@wijk/domain/kernel';
import { and, asc, eq, sql } from 'drizzle-orm';
import { STARTING_SYNONYMS } from './ranking/starting-synonyms.ts';
import { synonymSet } from './tables.ts';

export interface SynonymSet {
  id: string;
  words: string[];
  /** goes up with every change; a change names the one it was made from */
  version: number;
  updatedAt: Date;
  /** null: one of those that every wijk starts with */
  updatedBy: string | null;
}

/** Sets of a wijk at most, words of a set at most, characters of a word at most. */
export const SYNONYM_LIMITS = { sets: 1000, words: 20, length: 60 } as const;

/** The synonyms of a wijk, by their first word. */
export async function listSynonyms(db: Executor, wijkId: string): Promise<SynonymSet[]> {
  return db
    .select({
      id: synonymSet.id,
      words: synonymSet.words,
      version: synonymSet.version,
      updatedAt: synonymSet.updatedAt,
      updatedBy: synonymSet.updatedBy,
    })
    .from(synonymSet)
    .where(eq(synonymSet.wijkId, wijkId))
    .orderBy(asc(sql`${synonymSet.words} ->> 0`), asc(synonymSet.id));
}

export interface PutSynonyms {
  /** left out: a new set */
  id?: string | undefined;
  /** of the set that was changed; left out for a new one */
  version?: number | undefined;
  words: readonly string[];
  updatedBy: string;
  now: Date;
}

/**
 * Adds a set or changes one. Searches use it from the commit on.
 * @throws `search.synonyms-invalid` (two to twenty different words of at most sixty characters),
 * `search.too-many-synonyms`, `search.synonyms-not-found`, `search.synonyms-changed` (somebody else
 * was first)
 */
export async function putSynonyms(
  tx: Transaction,
  wijkId: string,
  given: PutSynonyms,
): Promise<SynonymSet> {
  const words = [...new Set(given.words.map((word) => word.trim()).filter((word) => word !== ''))];
  const { sets, words: most, length } = SYNONYM_LIMITS;
  if (words.length < 2 || words.length > most || words.some((word) => word.length > length))
    throw new DomainError('invalid', 'search.synonyms-invalid');
  const row = { words, updatedAt: given.now, updatedBy: given.updatedBy };
  if (given.id === undefined) {
    const { rows } = await run<{ n: number }>(
      tx,
      sql`select count(*)::int as n from search.synonym_set where wijk_id = ${wijkId}`,
    );
    if ((rows[0]?.n ?? 0) >= sets) throw new DomainError('conflict', 'search.too-many-synonyms');
    const made = { id: randomUUID(), version: 1, ...row };
    await tx.insert(synonymSet).values({ wijkId, ...made });
    await countChange(tx, wijkId);
    return made;
  }
  const [there] = await tx
    .select({ version: synonymSet.version })
    .from(synonymSet)
    .where(and(eq(synonymSet.wijkId, wijkId), eq(synonymSet.id, given.id)))
    .for('no key update');
  if (!there) throw new DomainError('not-found', 'search.synonyms-not-found');
  if (given.version !== undefined && there.version !== given.version)
    throw new DomainError('conflict', 'search.synonyms-changed');
  const version = there.version + 1;
  await tx
    .update(synonymSet)
    .set({ ...row, version })
    .where(and(eq(synonymSet.wijkId, wijkId), eq(synonymSet.id, given.id)));
  await countChange(tx, wijkId);
  return { id: given.id, version, ...row };
}

/** Takes a set away; no complaint when it is gone already. */
export async function deleteSynonyms(tx: Transaction, wijkId: string, id: string): Promise<void> {
  await tx.delete(synonymSet).where(and(eq(synonymSet.wijkId, wijkId), eq(synonymSet.id, id)));
  await countChange(tx, wijkId);
}

/** Gives a wijk the sets that every wijk starts with. */
export async function startSynonyms(tx: Transaction, wijkId: string, now: Date): Promise<void> {
  await tx.insert(synonymSet).values(
    STARTING_SYNONYMS.map((words) => ({
      wijkId,
      id: randomUUID(),
      words: [...words],
      version: 1,
      updatedAt: now,
      updatedBy: null,
    })),
  );
  await countChange(tx, wijkId);
}

async function countChange(tx: Transaction, wijkId: string): Promise<void> {
  await run(
    tx,
    sql`update search.state set synonyms_version = synonyms_version + 1 where wijk_id = ${wijkId}`,
  );
}
