import type { Database } from '../kernel/index.ts';

/** Past drizzle: this is the one query of a reply that costs less than building it would. */
const VERSION = {
  name: 'question-version',
  text: `select coalesce(v.version, 0) as version from vraagbaak.question q
    left join vraagbaak.question_version v on v.wijk_id = q.wijk_id and v.question_id = q.id
    where q.wijk_id = $1 and q.ref = $2`,
};

/**
 * A number that is another one after every change on the question's page; undefined where there is no
 * such question. One look-up by key: it is what a kept page is checked against.
 */
export async function readVersion(
  { $client }: Database,
  wijkId: string,
  ref: string,
): Promise<number | undefined> {
  const { rows } = await $client.query<{ version: number }>({ ...VERSION, values: [wijkId, ref] });
  return rows[0]?.version;
}
