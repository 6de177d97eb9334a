import type { ExchangeAnswer, ExchangeQuestion, ImportWriter, Written } from '@wijk/contracts';
import { type Database, inTransaction } from '@wijk/db/kernel';
import {
  contentHash,
  findImported,
  type Imported,
  type ImportInto,
  importAnswer,
  importQuestion,
} from '@wijk/db/vraagbaak';
import type { StoredWijk } from '@wijk/db/wijk';
import { isoWeekOf } from '@wijk/domain/vraagbaak';

const fault = (field: string, code: string): Written => ({ field, code, params: {} });
const told = (outcome: Imported): Written =>
  outcome === 'changed' ? fault('id', 'changed') : outcome;

type Into = Pick<StoredWijk, 'id' | 'timeZone' | 'themes' | 'policy'>;

/**
 * Writes lines of a source into a wijk, each in a transaction of its own. A dry run looks everything up
 * and remembers the ids of its file instead, so that it says the same as the run itself.
 */
export function importWriter(
  db: Database,
  wijk: Into,
  source: string,
  { dryRun, now }: { dryRun: boolean; now: () => Date },
): ImportWriter {
  const { version, mode, termMinutes } = wijk.policy;
  const into: ImportInto = { wijkId: wijk.id, source, policy: { version, mode, termMinutes } };
  const seen = new Map<string, string>();

  const wouldBe = async (kind: 'question' | 'answer', id: string, hash: string) => {
    const key = `${kind} ${id}`;
    const known = seen.get(key) ?? (await findImported(db, into, kind, id))?.hash;
    if (known === undefined) seen.set(key, hash);
    return known === undefined ? 'added' : told(known === hash ? 'known' : 'changed');
  };

  return {
    async question(line: ExchangeQuestion): Promise<Written> {
      const refused = refusedQuestion(line, wijk, now());
      if (refused) return refused;
      const hash = contentHash(line);
      if (dryRun) return wouldBe('question', line.id, hash);
      const askedAt = new Date(line.askedAt);
      const row = { ...line, askedAt, week: isoWeekOf(askedAt, wijk.timeZone) };
      return told(await inTransaction(db, (tx) => importQuestion(tx, into, row, hash, now())));
    },

    async answer(line: ExchangeAnswer): Promise<Written> {
      if (new Date(line.at) > now()) return fault('at', 'in-the-future');
      const hash = contentHash(line);
      if (dryRun) {
        const there =
          seen.has(`question ${line.question}`) ||
          (await findImported(db, into, 'question', line.question)) !== undefined;
        return there ? wouldBe('answer', line.id, hash) : fault('question', 'unknown-question');
      }
      const date = (at: string | null) => (at === null ? null : new Date(at));
      const row = {
        ...line,
        at: new Date(line.at),
        endorsedAt: date(line.endorsedAt),
        helpfulAt: date(line.helpfulAt),
      };
      const outcome = await inTransaction(db, (tx) => importAnswer(tx, into, row, hash, now()));
      return outcome === 'no-question' ? fault('question', 'unknown-question') : told(outcome);
    },
  };
}

function refusedQuestion(line: ExchangeQuestion, wijk: Into, now: Date): Written | undefined {
  // nobody could ever read it: a private question is for its asker, and it has none here
  if (line.visibility === 'private') return fault('visibility', 'private-question');
  if (!wijk.themes.some(({ slug }) => slug === line.theme)) return fault('theme', 'invalid-choice');
  if (line.visibility === 'anonymous' && line.askedBy !== null)
    return fault('askedBy', 'name-of-anonymous');
  if (new Date(line.askedAt) > now) return fault('askedAt', 'in-the-future');
  return undefined;
}
