import { DAY_MS } from '@wijk/domain/kernel';
import { type SQL, sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';
import { conditionOf, type DeskFilter } from './desk-filter.ts';
import {
  type Keyset,
  rowsOf,
  SUMMARY_COLUMNS,
  SUMMARY_JOINS,
  type SummaryRow,
  summaryOf,
} from './question-reader.ts';

export interface DeskRow extends SummaryRow {
  claim: { by: string; name: string; until: Date } | null;
  assignee: { membershipId: string; name: string; title: string | null; since: Date } | null;
  toCheck: boolean;
  own: boolean;
  byAsker: { edited: boolean; unhelpful: boolean };
  attention: {
    urgent: boolean;
    held: boolean;
    hidden: boolean;
    flagged: boolean;
    appealed: boolean;
    mailRefused: boolean;
  };
  version: number;
  /** where it stands in the queue */
  place: { rank: number; at: Date };
}

const COLUMNS = sql`${SUMMARY_COLUMNS}, q.to_check, q.claimed_by, q.claimed_until, q.desk_version, cp.name as claimed_name,
  s.membership_id as assignee_id, s.assigned_at, sp.name as assignee_name, sm.title as assignee_title,
  exists (select from vraagbaak.question_revision r
    where r.wijk_id = q.wijk_id and r.question_id = q.id and r.kind = 'by-asker' and r.at > coalesce(
      (select max(h.at) from vraagbaak.desk_action h
        where h.wijk_id = q.wijk_id and h.question_id = q.id), '-infinity')) as edited,
  q.to_check and exists (select from vraagbaak.answer u
    where u.wijk_id = q.wijk_id and u.question_id = q.id and u.unhelpful_at is not null
      and u.removed_at is null) as unhelpful,
  d.rank, d.sort_at, d.held, d.hidden, d.flagged, d.appealed, d.mail_refused`;

const JOINS = sql`
  join vraagbaak.promise p on p.wijk_id = q.wijk_id and p.question_id = q.id
  ${SUMMARY_JOINS}
  left join vraagbaak.assignment s
    on s.wijk_id = q.wijk_id and s.question_id = q.id and s.ended_at is null
  left join identity.membership cm on cm.wijk_id = q.wijk_id and cm.id = q.claimed_by
  left join identity.person cp on cp.id = cm.person_id
  left join identity.membership sm on sm.wijk_id = s.wijk_id and sm.id = s.membership_id
  left join identity.person sp on sp.id = sm.person_id`;

const own = (wijkId: string, membershipId: string) =>
  sql`sealed.is_author(${wijkId}, q.id, ${membershipId}) as own`;

function deskRowOf(row: Record<string, unknown>, now: Date): DeskRow {
  const until = row.claimed_until ? new Date(row.claimed_until as string) : null;
  const summary = summaryOf(row);
  return {
    ...summary,
    toCheck: row.to_check as boolean,
    own: row.own as boolean,
    byAsker: { edited: row.edited === true, unhelpful: row.unhelpful === true },
    attention: {
      urgent: row.rank === 0,
      held: row.held === true,
      hidden: row.hidden === true,
      flagged: row.flagged === true,
      appealed: row.appealed === true,
      mailRefused: row.mail_refused === true,
    },
    version: Number(row.desk_version),
    place: {
      rank: Number(row.rank ?? 1),
      at: row.sort_at ? new Date(row.sort_at as string) : summary.promise.dueAt,
    },
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

export interface DeskQuery {
  filter: DeskFilter;
  theme?: string | undefined;
  limit: number;
  /** rank is 0 or 1; of 'answered' it is not used */
  after?: (Keyset & { rank: number }) | undefined;
}

/** The queue: distress first, then least time left; 'answered' shows the newest kept promises instead. */
export async function listDesk(
  db: Executor,
  wijkId: string,
  membershipId: string,
  query: DeskQuery,
  now: Date,
): Promise<DeskRow[]> {
  const { rows } = await run<Record<string, unknown>>(
    db,
    queueStatement(wijkId, membershipId, query, now),
  );
  return rows.map((row) => deskRowOf(row, now));
}

/** The statement of `listDesk`; apart so that its plan can be looked at. */
export function queueStatement(
  wijkId: string,
  membershipId: string,
  query: DeskQuery,
  now: Date,
): SQL {
  return query.filter === 'answered'
    ? answered(wijkId, membershipId, query)
    : queue(wijkId, membershipId, query.filter, query, now);
}

function queue(
  wijkId: string,
  membershipId: string,
  filter: Exclude<DeskFilter, 'answered'>,
  { theme, limit, after }: DeskQuery,
  now: Date,
): SQL {
  const beyond = after
    ? sql`and (d.rank, d.sort_at, d.question_id) > (${after.rank}::smallint, ${after.at}, ${after.id}::uuid)`
    : sql``;
  const inTheme = theme ? sql`and d.theme = ${theme}` : sql``;
  // the page is cut off on the narrow table first, in the order of its index
  return sql`
    select ${COLUMNS}, ${own(wijkId, membershipId)}
    from (select * from vraagbaak.desk_entry d
      where d.wijk_id = ${wijkId} and ${conditionOf(filter, membershipId, now)} ${inTheme} ${beyond}
      order by d.rank, d.sort_at, d.question_id limit ${rowsOf(limit)}) d
    join vraagbaak.question q on q.wijk_id = d.wijk_id and q.id = d.question_id ${JOINS}
    order by d.rank, d.sort_at, d.question_id`;
}

function answered(wijkId: string, membershipId: string, { theme, limit, after }: DeskQuery): SQL {
  const beyond = after
    ? sql`and (k.kept_at < ${after.at} or (k.kept_at = ${after.at} and k.question_id > ${after.id}::uuid))`
    : sql``;
  const inTheme = theme ? sql`and k.theme = ${theme}` : sql``;
  return sql`
    select ${COLUMNS}, ${own(wijkId, membershipId)}
    from (select k.wijk_id, k.question_id, k.kept_at from vraagbaak.promise k
      where k.wijk_id = ${wijkId} and k.kept_at is not null and k.cancelled_at is null ${inTheme} ${beyond}
      order by k.kept_at desc nulls last, k.question_id limit ${rowsOf(limit)}) k
    join vraagbaak.question q on q.wijk_id = k.wijk_id and q.id = k.question_id ${JOINS}
    left join vraagbaak.desk_entry d on d.wijk_id = q.wijk_id and d.question_id = q.id
    order by k.kept_at desc, k.question_id`;
}

/** How many each filter shows, in one pass; `dueToday` is due before the day ends in `timeZone`. */
export async function countDesk(
  db: Executor,
  wijkId: string,
  membershipId: string,
  now: Date,
  timeZone: string,
): Promise<Record<DeskFilter | 'dueToday', number>> {
  const { rows } = await run<Record<DeskFilter | 'dueToday', number>>(
    db,
    countStatement(wijkId, membershipId, now, timeZone),
  );
  const [counts] = rows;
  if (!counts) throw new Error('an aggregate without a row');
  return counts;
}

/** The statement of `countDesk`; apart so that its plan can be looked at. */
export function countStatement(
  wijkId: string,
  membershipId: string,
  now: Date,
  timeZone: string,
): SQL {
  const count = (filter: Exclude<DeskFilter, 'answered'>) =>
    sql`count(*) filter (where ${conditionOf(filter, membershipId, now)})::int`;
  return sql`
    select ${count('open')} as open, ${count('new')} as new, ${count('mine')} as mine,
      ${count('assigned')} as assigned, ${count('waiting')} as waiting,
      ${count('to-check')} as "to-check", ${count('overdue')} as overdue,
      ${count('attention')} as attention,
      count(*) filter (where d.running and not d.waiting and d.due_at > ${now} and d.due_at <
        (date_trunc('day', ${now}::timestamptz at time zone ${timeZone}) + interval '1 day')
          at time zone ${timeZone})::int as "dueToday",
      (select count(*)::int from vraagbaak.promise k where k.wijk_id = ${wijkId}
        and k.kept_at > ${new Date(now.getTime() - 7 * DAY_MS)} and k.cancelled_at is null) as answered
    from vraagbaak.desk_entry d where d.wijk_id = ${wijkId}`;
}

export async function readDeskItem(
  db: Executor,
  wijkId: string,
  membershipId: string,
  ref: string,
  now: Date,
): Promise<DeskRow | undefined> {
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    select ${COLUMNS}, ${own(wijkId, membershipId)} from vraagbaak.question q ${JOINS}
    left join vraagbaak.desk_entry d on d.wijk_id = q.wijk_id and d.question_id = q.id
    where q.wijk_id = ${wijkId} and q.ref = ${ref}`,
  );
  return rows[0] ? deskRowOf(rows[0], now) : undefined;
}
