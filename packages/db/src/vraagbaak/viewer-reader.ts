import { sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';

export interface ViewerRow {
  isAsker: boolean;
  follows: boolean;
  isAssigned: boolean;
  meToo: boolean;
  /** answers that they found useful */
  useful: string[];
}

/** What this member is to this question; one round trip, for members only. */
export async function readViewer(
  db: Executor,
  wijkId: string,
  questionId: string,
  membershipId: string,
): Promise<ViewerRow> {
  const { rows } = await run<{
    asker: boolean;
    follows: boolean;
    assigned: boolean;
    useful: string[];
    me_too: boolean;
  }>(
    db,
    sql`
    select sealed.is_author(${wijkId}, ${questionId}, ${membershipId}) as asker,
      exists (select from vraagbaak.follow f where f.wijk_id = ${wijkId}
        and f.question_id = ${questionId} and f.membership_id = ${membershipId}) as follows,
      exists (select from vraagbaak.assignment s where s.wijk_id = ${wijkId}
        and s.question_id = ${questionId} and s.membership_id = ${membershipId}
        and s.ended_at is null) as assigned,
      exists (select from vraagbaak.me_too t where t.wijk_id = ${wijkId}
        and t.question_id = ${questionId} and t.membership_id = ${membershipId}) as me_too,
      array(select u.answer_id::text from vraagbaak.answer a
        join vraagbaak.useful u on u.wijk_id = a.wijk_id and u.answer_id = a.id
          and u.membership_id = ${membershipId}
        where a.wijk_id = ${wijkId} and a.question_id = ${questionId}) as useful`,
  );
  const row = rows[0];
  return {
    isAsker: row?.asker ?? false,
    follows: row?.follows ?? false,
    isAssigned: row?.assigned ?? false,
    useful: row?.useful ?? [],
    meToo: row?.me_too ?? false,
  };
}
