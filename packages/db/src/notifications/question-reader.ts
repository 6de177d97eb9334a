import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../kernel/index.ts';

/*
 * What notifications need to know of questions and their people, read anew for every event. Who
 * asked is not among it: the sealed functions know, and tell no more than yes or an address.
 */

/** Who answered, and whether that was the asker; nothing when the answer was removed meanwhile. */
export async function readAnswerNews(
  db: Executor,
  wijkId: string,
  answerId: string,
): Promise<{ membershipId: string; byAsker: boolean } | undefined> {
  const { rows } = await db.execute<{ membershipId: string; byAsker: boolean }>(sql`
    select a.membership_id as "membershipId",
      sealed.is_author(a.wijk_id, a.question_id, a.membership_id) as "byAsker"
    from vraagbaak.answer a
    where a.wijk_id = ${wijkId} and a.id = ${answerId} and a.removed_at is null and a.hidden_at is null`);
  return rows[0];
}

/** Who is asked to answer now, if anyone is, and whether the ladder did so by itself. */
export async function readCurrentAssignment(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<{ id: string; membershipId: string; byLadder: boolean } | undefined> {
  const { rows } = await db.execute<{ id: string; membershipId: string; byLadder: boolean }>(sql`
    select s.id, s.membership_id as "membershipId", s.assigned_by is null as "byLadder" from vraagbaak.assignment s
    where s.wijk_id = ${wijkId} and s.question_id = ${questionId} and s.ended_at is null`);
  return rows[0];
}

/** Members who hold one of these roles in the wijk now, each once. */
export async function listHolders(
  db: Executor,
  wijkId: string,
  roles: readonly string[],
  now: Date,
): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select distinct m.id from identity.role_grant g
    join identity.membership m on m.wijk_id = g.wijk_id and m.person_id = g.person_id
    join identity.person p on p.id = m.person_id and p.erased_at is null
    where g.wijk_id = ${wijkId} and g.role in ${roles}
      and g.valid_from <= ${now} and (g.valid_until is null or g.valid_until > ${now})
    order by m.id`);
  return rows.map((row) => row.id);
}

export interface Reach {
  email: string;
  name: string | null;
}

/** Where to reach a member, at the moment of sending; nothing when the person was erased. */
export async function reachMember(
  db: Executor,
  wijkId: string,
  membershipId: string,
): Promise<Reach | undefined> {
  return firstReachable(
    db,
    sql`select p.email, p.name from identity.membership m
      join identity.person p on p.id = m.person_id and p.erased_at is null
      where m.wijk_id = ${wijkId} and m.id = ${membershipId}`,
  );
}

/** Where to reach whoever asked, at the moment of sending. */
export async function reachAsker(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<Reach | undefined> {
  return firstReachable(
    db,
    sql`select r.email, r.name from sealed.reach_asker(${wijkId}, ${questionId}) r`,
  );
}

async function firstReachable(db: Executor, query: SQL): Promise<Reach | undefined> {
  const { rows } = await db.execute<{ email: string | null; name: string | null }>(query);
  const [found] = rows;
  return found?.email ? { email: found.email, name: found.name } : undefined;
}
