import { sql } from 'drizzle-orm';
import type { Executor } from '../kernel/index.ts';

/*
 * What an event is about, read anew when it is told of. Texts that people wrote are not among it: no
 * notice and no mail carries them. Who asked isn't either, only whether somebody did.
 */

/** Questions that this one stands in the place of; `answeredBy` never hears of an own answer. */
export async function listDuplicatesToTell(
  db: Executor,
  wijkId: string,
  originalId: string,
  answeredBy: string,
): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select d.id from vraagbaak.question d
    where d.wijk_id = ${wijkId} and d.duplicate_of = ${originalId} and d.status = 'duplicate'
      and not sealed.is_author(d.wijk_id, d.id, ${answeredBy}) order by d.id`);
  return rows.map((row) => row.id);
}

/** The question that stands in the place of this one, if one does. */
export async function readOriginalId(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<string | undefined> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select q.duplicate_of as id from vraagbaak.question q
    where q.wijk_id = ${wijkId} and q.id = ${questionId} and q.status = 'duplicate'`);
  return rows[0]?.id;
}

/** Of these members the ones who asked neither the question nor one of its duplicates. */
export async function listNonAskers(
  db: Executor,
  wijkId: string,
  questionId: string,
  members: readonly string[],
): Promise<string[]> {
  if (members.length === 0) return [];
  const { rows } = await db.execute<{ id: string }>(sql`
    select m.id from identity.membership m
    where m.wijk_id = ${wijkId} and m.id in ${members}
      and not exists (select from vraagbaak.question q
        where q.wijk_id = m.wijk_id and (q.id = ${questionId} or q.duplicate_of = ${questionId})
          and sealed.is_author(q.wijk_id, q.id, m.id))
    order by m.id`);
  return rows.map((row) => row.id);
}

/** Who asked the asker something, and how it ended. */
export async function readAskBackNews(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<{ questionId: string; askedBy: string; endReason: string | null } | undefined> {
  const { rows } = await db.execute<{
    questionId: string;
    askedBy: string;
    endReason: string | null;
  }>(sql`
    select b.question_id as "questionId", b.asked_by as "askedBy", b.end_reason as "endReason"
    from vraagbaak.ask_back b where b.wijk_id = ${wijkId} and b.id = ${id}`);
  return rows[0];
}

/** What kind of change it was; nothing of what stood there. */
export async function readRevisionKind(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<string | undefined> {
  const { rows } = await db.execute<{ kind: string }>(sql`
    select r.kind from vraagbaak.question_revision r where r.wijk_id = ${wijkId} and r.id = ${id}`);
  return rows[0]?.kind;
}

export interface DecisionNews {
  questionId: string;
  kind: string;
  /** who wrote the answer or comment that it is about; null where the asker wrote it */
  writtenBy: string | null;
  decidedBy: string | null;
  reversed: boolean;
}

export async function readDecisionNews(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<DecisionNews | undefined> {
  const { rows } = await db.execute<DecisionNews & Record<string, unknown>>(sql`
    select d.question_id as "questionId", d.kind,
      case when d.comment_id is null then a.membership_id else c.membership_id end as "writtenBy",
      d.decided_by as "decidedBy", d.reversed_at is not null as reversed
    from vraagbaak.moderation_decision d
    left join vraagbaak.answer a on a.wijk_id = d.wijk_id and a.id = d.answer_id
    left join vraagbaak.comment c on c.wijk_id = d.wijk_id and c.id = d.comment_id
    where d.wijk_id = ${wijkId} and d.id = ${id}`);
  return rows[0];
}

/** The decision that somebody does not agree with. */
export async function readAppealedDecision(
  db: Executor,
  wijkId: string,
  appealId: string,
): Promise<string | undefined> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select b.decision_id as id from vraagbaak.appeal b
    where b.wijk_id = ${wijkId} and b.id = ${appealId}`);
  return rows[0]?.id;
}

/**
 * Who is on the roster of this day and did not end it, and whether they began.
 * @param date in the wijk's time zone, as 'YYYY-MM-DD'
 */
export async function listOnDuty(
  db: Executor,
  wijkId: string,
  date: string,
): Promise<{ membershipId: string; started: boolean }[]> {
  const { rows } = await db.execute<{ membershipId: string; started: boolean }>(sql`
    select d.membership_id as "membershipId", d.started_at is not null as started
    from vraagbaak.duty d
    where d.wijk_id = ${wijkId} and d.date = ${date} and d.ended_at is null order by 1`);
  return rows;
}

/** The membership of a person in this wijk. */
export async function readMembershipOf(
  db: Executor,
  wijkId: string,
  personId: string,
): Promise<string | undefined> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select m.id from identity.membership m
    where m.wijk_id = ${wijkId} and m.person_id = ${personId}`);
  return rows[0]?.id;
}

export interface InvitationNews {
  email: string;
  name: string;
  roles: string[];
  expiresAt: Date;
}

/** An invitation that still stands; its address lives nowhere else. */
export async function readInvitationNews(
  db: Executor,
  wijkId: string,
  id: string,
  now: Date,
): Promise<InvitationNews | undefined> {
  const { rows } = await db.execute<{
    email: string;
    name: string;
    roles: string[];
    expires_at: string;
  }>(sql`
    select i.email, i.name, i.roles, i.expires_at from identity.invitation i
    where i.wijk_id = ${wijkId} and i.id = ${id} and i.email is not null
      and i.accepted_at is null and i.revoked_at is null and i.expires_at > ${now}`);
  const [row] = rows;
  if (!row) return undefined;
  const { email, name, roles, expires_at } = row;
  return { email, name, roles, expiresAt: new Date(expires_at) };
}

/** Whether it is a public version of a private question; nothing of that one. */
export async function isTwin(db: Executor, wijkId: string, questionId: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select 1 from vraagbaak.twin t where t.wijk_id = ${wijkId} and t.public_id = ${questionId}`);
  return rows.length > 0;
}

export interface TwinNews {
  decision: 'agreed' | 'declined' | 'taken-back' | null;
  ended: boolean;
  proposedBy: string;
  publicId: string | null;
  /** whose answer went along, where it did */
  answeredBy: string | null;
}

export async function readTwinNews(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<TwinNews | undefined> {
  const { rows } = await db.execute<TwinNews & Record<string, unknown>>(sql`
    select t.decision, t.ended_at is not null as ended, t.proposed_by as "proposedBy",
      t.public_id as "publicId", a.membership_id as "answeredBy"
    from vraagbaak.twin t
    left join vraagbaak.answer a on a.wijk_id = t.wijk_id and a.question_id = t.public_id
      and a.published_at = t.decided_at
    where t.wijk_id = ${wijkId} and t.id = ${id}`);
  return rows[0];
}
