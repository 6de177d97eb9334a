import type { Member } from '@wijk/domain/identity';
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

/** Who is asked to answer now, if anyone is. */
export async function readCurrentAssignment(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<{ id: string; membershipId: string } | undefined> {
  const { rows } = await db.execute<{ id: string; membershipId: string }>(sql`
    select s.id, s.membership_id as "membershipId" from vraagbaak.assignment s
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

export interface NoticeRow {
  id: string;
  kind: string;
  at: Date;
  readAt: Date | null;
  question: { ref: string; slug: string; title: string };
}

/**
 * The actor's notices, newest first: their own, and those for the asker of a question that they
 * asked. A notice about a question that they may no longer see is left out.
 * @param readsPrivate whether the actor is of the redactie
 */
export async function listNotices(
  db: Executor,
  actor: Member,
  page: { after?: { at: Date; id: string } | undefined; limit: number; readsPrivate: boolean },
): Promise<NoticeRow[]> {
  const { wijkId, membershipId } = actor;
  const after = page.after
    ? sql`and (n.at, n.id) < (${page.after.at}, ${page.after.id}::uuid)`
    : sql``;
  const { rows } = await db.execute<{
    id: string;
    kind: string;
    at: string;
    read_at: string | null;
    ref: string;
    slug: string;
    title: string;
  }>(sql`
    select n.id, n.kind, n.at, n.read_at, q.ref, q.slug, q.title
    from notifications.notice n
    join vraagbaak.question q on q.wijk_id = n.wijk_id and q.id = n.question_id
    where n.wijk_id = ${wijkId} ${after}
      and (n.membership_id = ${membershipId} or (n.audience = 'asker'
        and n.question_id in (select sealed.questions_of(${wijkId}, ${membershipId}))))
      and (q.status in ('open', 'answered') or (q.status = 'removed' and n.audience = 'asker'))
      and (q.visibility <> 'private' or n.audience = 'asker' or ${page.readsPrivate}
        or exists (select from vraagbaak.assignment s where s.wijk_id = n.wijk_id
          and s.question_id = n.question_id and s.membership_id = ${membershipId}
          and s.ended_at is null))
    order by n.at desc, n.id desc limit ${page.limit}`);
  return rows.map(({ id, kind, at, read_at, ref, slug, title }) => ({
    id,
    kind,
    at: new Date(at),
    readAt: read_at === null ? null : new Date(read_at),
    question: { ref, slug, title },
  }));
}
