import { type SQL, sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';
import {
  type Keyset,
  SUMMARY_COLUMNS,
  SUMMARY_JOINS,
  type SummaryRow,
  summaryOf,
} from './question-reader.ts';

export type DeskFilter = 'open' | 'new' | 'mine' | 'assigned' | 'to-check' | 'overdue' | 'answered';

export interface DeskRow extends SummaryRow {
  claim: { by: string; name: string; until: Date } | null;
  assignee: { membershipId: string; name: string; title: string | null; since: Date } | null;
  toCheck: boolean;
}

/** An active claim at `now`; a claim that has run out is as if it were not there. */
const claimed = (now: Date) => sql`(q.claimed_by is not null and q.claimed_until > ${now})`;

const FROM = sql`
  from vraagbaak.promise p
  join vraagbaak.question q on q.wijk_id = p.wijk_id and q.id = p.question_id
  left join vraagbaak.assignment s
    on s.wijk_id = q.wijk_id and s.question_id = q.id and s.ended_at is null`;

/** What is still to be done: the partial index `promise_running` holds exactly these rows. */
const RUNNING = sql`p.kept_at is null and p.cancelled_at is null`;

function conditionOf(filter: DeskFilter, membershipId: string, now: Date): SQL {
  switch (filter) {
    case 'open':
      return sql`true`;
    case 'new':
      return sql`s.id is null and not ${claimed(now)} and q.answer_count = 0`;
    case 'mine':
      return sql`((${claimed(now)} and q.claimed_by = ${membershipId}::uuid) or s.membership_id = ${membershipId}::uuid)`;
    case 'assigned':
      return sql`s.id is not null`;
    case 'to-check':
      return sql`q.to_check`;
    case 'overdue':
      return sql`p.due_at <= ${now}`;
    case 'answered':
      return sql`true`;
  }
}

const COLUMNS = sql`${SUMMARY_COLUMNS}, q.to_check, q.claimed_by, q.claimed_until, cp.name as claimed_name,
  s.membership_id as assignee_id, s.assigned_at, sp.name as assignee_name, sm.title as assignee_title`;

const PEOPLE = sql`
  left join identity.membership cm on cm.wijk_id = q.wijk_id and cm.id = q.claimed_by
  left join identity.person cp on cp.id = cm.person_id
  left join identity.membership sm on sm.wijk_id = s.wijk_id and sm.id = s.membership_id
  left join identity.person sp on sp.id = sm.person_id`;

function deskRowOf(row: Record<string, unknown>, now: Date): DeskRow {
  const until = row.claimed_until ? new Date(row.claimed_until as string) : null;
  return {
    ...summaryOf(row),
    toCheck: row.to_check as boolean,
    claim:
      until && until > now
        ? { by: row.claimed_by as string, name: (row.claimed_name as string) ?? '', until }
        : null,
    assignee: row.assignee_id
      ? {
          membershipId: row.assignee_id as string,
          name: (row.assignee_name as string) ?? '',
          title: row.assignee_title as string | null,
          since: new Date(row.assigned_at as string),
        }
      : null,
  };
}

/** The queue, least time left first; 'answered' shows the newest kept promises instead. */
export async function listDesk(
  db: Executor,
  wijkId: string,
  membershipId: string,
  query: { filter: DeskFilter; limit: number; after?: Keyset | undefined },
  now: Date,
): Promise<DeskRow[]> {
  const answered = query.filter === 'answered';
  const set = answered ? sql`p.kept_at is not null and p.cancelled_at is null` : RUNNING;
  const order = answered ? sql`p.kept_at desc, p.question_id` : sql`p.due_at, p.question_id`;
  const after = query.after;
  const beyond = !after
    ? sql`true`
    : answered
      ? sql`(p.kept_at < ${after.at} or (p.kept_at = ${after.at} and p.question_id > ${after.id}::uuid))`
      : sql`(p.due_at, p.question_id) > (${after.at}, ${after.id}::uuid)`;
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    select ${COLUMNS} ${FROM} ${SUMMARY_JOINS} ${PEOPLE}
    where p.wijk_id = ${wijkId} and ${set} and ${conditionOf(query.filter, membershipId, now)} and ${beyond}
    order by ${order} limit ${query.limit}`,
  );
  return rows.map((row) => deskRowOf(row, now));
}

/** How many each filter shows, in one pass over what is open. */
export async function countDesk(
  db: Executor,
  wijkId: string,
  membershipId: string,
  now: Date,
): Promise<Record<DeskFilter, number>> {
  const count = (filter: DeskFilter) =>
    sql`count(*) filter (where ${conditionOf(filter, membershipId, now)})::int`;
  const { rows } = await run<Record<DeskFilter, number>>(
    db,
    sql`
    select ${count('open')} as open, ${count('new')} as new, ${count('mine')} as mine,
      ${count('assigned')} as assigned, ${count('to-check')} as "to-check",
      ${count('overdue')} as overdue,
      (select count(*)::int from vraagbaak.promise k where k.wijk_id = ${wijkId}
        and k.kept_at > ${new Date(now.getTime() - 7 * 86_400_000)} and k.cancelled_at is null) as answered
    ${FROM} where p.wijk_id = ${wijkId} and ${RUNNING}`,
  );
  return (
    rows[0] ?? { open: 0, new: 0, mine: 0, assigned: 0, 'to-check': 0, overdue: 0, answered: 0 }
  );
}

export async function readDeskItem(
  db: Executor,
  wijkId: string,
  ref: string,
  now: Date,
): Promise<DeskRow | undefined> {
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    select ${COLUMNS} ${FROM} ${SUMMARY_JOINS} ${PEOPLE} where q.wijk_id = ${wijkId} and q.ref = ${ref}`,
  );
  return rows[0] ? deskRowOf(rows[0], now) : undefined;
}

export interface ExpertRow {
  membershipId: string;
  name: string;
  title: string | null;
  themes: string[];
  openQuestions: number;
}

/** Everyone who holds the role expert now, with their themes and what they have in hand. */
export async function listExperts(db: Executor, wijkId: string, now: Date): Promise<ExpertRow[]> {
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    select m.id, p.name, m.title,
      coalesce((select array_agg(e.theme order by e.theme) from identity.expertise e
        where e.wijk_id = m.wijk_id and e.membership_id = m.id
          and (e.valid_until is null or e.valid_until > ${now})), '{}') as themes,
      (select count(*)::int from vraagbaak.assignment s
        join vraagbaak.question q on q.wijk_id = s.wijk_id and q.id = s.question_id
        where s.wijk_id = m.wijk_id and s.membership_id = m.id and s.ended_at is null
          and q.status = 'open') as open_questions
    from identity.role_grant g
    join identity.membership m on m.wijk_id = g.wijk_id and m.person_id = g.person_id
    join identity.person p on p.id = m.person_id and p.erased_at is null
    where g.wijk_id = ${wijkId} and g.role = 'expert' and g.valid_from <= ${now}
      and (g.valid_until is null or g.valid_until > ${now})
    order by p.name`,
  );
  return rows.map((row) => ({
    membershipId: row.id as string,
    name: (row.name as string) ?? '',
    title: row.title as string | null,
    themes: row.themes as string[],
    openQuestions: Number(row.open_questions),
  }));
}

export interface HistoryRow {
  at: Date;
  kind: string;
  who: string | null;
  whom: string | null;
}

/** What happened at the desk and to the promise, oldest first. Never who asked. */
export async function readHistory(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<HistoryRow[]> {
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    select a.at, case when a.undone_at is null then a.kind else a.kind || '-undone' end as kind,
      p.name as who, wp.name as whom
    from vraagbaak.desk_action a
    join identity.membership m on m.wijk_id = a.wijk_id and m.id = a.actor_id
    join identity.person p on p.id = m.person_id
    left join identity.membership wm
      on wm.wijk_id = a.wijk_id and wm.id = (a.after ->> 'assignedTo')::uuid and a.kind = 'assign'
    left join identity.person wp on wp.id = wm.person_id
    where a.wijk_id = ${wijkId} and a.question_id = ${questionId}
    union all
    select e.at, 'promise-' || e.kind, null, null from vraagbaak.promise_event e
    where e.wijk_id = ${wijkId} and e.question_id = ${questionId}
    order by at limit 100`,
  );
  return rows.map((row) => ({
    at: new Date(row.at as string),
    kind: row.kind as string,
    who: row.who as string | null,
    whom: row.whom as string | null,
  }));
}
