import type { DecisionKind } from '@wijk/domain/vraagbaak';
import { sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';
import { type AnswerRow, answerOf } from './dialogue-reader.ts';

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
    select e.at, 'promise-' || e.kind || coalesce('-' || (e.detail ->> 'step'), ''), null, null from vraagbaak.promise_event e
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

export interface PaneDetail {
  askBacks: {
    id: string;
    by: string | null;
    at: Date;
    body: string;
    reply: string | null;
    endedAt: Date | null;
    endReason: string | null;
  }[];
  flags: {
    id: string;
    answerId: string | null;
    commentId: string | null;
    reason: string;
    note: string;
    at: Date;
  }[];
  decisions: {
    id: string;
    kind: DecisionKind;
    reason: string;
    message: string;
    automated: boolean;
    at: Date;
    reversed: boolean;
    answerId: string | null;
    commentId: string | null;
  }[];
  appeals: {
    id: string;
    decisionId: string;
    body: string;
    at: Date;
    outcome: 'upheld' | 'overturned' | null;
    reply: string;
  }[];
  revisions: {
    id: string;
    kind: string;
    by: string | null;
    at: Date;
    title: string | null;
    theme: string | null;
    body: string | null;
  }[];
  duplicateOf: { ref: string; slug: string; title: string } | null;
  duplicates: { ref: string; title: string }[];
}

/** Everything beside question and answers that the reading pane shows, in one round trip. */
export async function readPaneDetail(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<PaneDetail> {
  const of = (alias: string) =>
    sql.raw(`${alias}.wijk_id = q.wijk_id and ${alias}.question_id = q.id`);
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    select
      coalesce((select json_agg(json_build_object('id', b.id, 'by', p.name, 'at', b.asked_at,
          'body', b.body, 'reply', b.reply, 'endedAt', b.ended_at, 'endReason', b.end_reason)
          order by b.asked_at)
        from vraagbaak.ask_back b
        join identity.membership m on m.wijk_id = b.wijk_id and m.id = b.asked_by
        join identity.person p on p.id = m.person_id where ${of('b')}), '[]') as "askBacks",
      coalesce((select json_agg(json_build_object('id', f.id, 'answerId', f.answer_id,
          'commentId', f.comment_id,
          'reason', f.reason, 'note', f.note, 'at', f.at) order by f.at)
        from vraagbaak.flag f where ${of('f')} and f.resolved_at is null), '[]') as flags,
      coalesce((select json_agg(json_build_object('id', c.id, 'kind', c.kind, 'reason', c.reason,
          'message', c.message, 'automated', c.automated, 'at', c.at,
          'reversed', c.reversed_at is not null, 'answerId', c.answer_id,
          'commentId', c.comment_id) order by c.at)
        from vraagbaak.moderation_decision c where ${of('c')}), '[]') as decisions,
      coalesce((select json_agg(json_build_object('id', e.id, 'decisionId', e.decision_id,
          'body', e.body, 'at', e.at, 'outcome', e.outcome, 'reply', e.reply) order by e.at)
        from vraagbaak.appeal e where ${of('e')}), '[]') as appeals,
      coalesce((select json_agg(json_build_object('id', r.id, 'kind', r.kind, 'by', p.name, 'at', r.at,
          'title', case when r.kind = 'redacted' then null else r.title end,
          'theme', case when r.kind = 'redacted' then null else r.theme end,
          'body', case when r.kind = 'by-asker' and not exists (select
              from vraagbaak.question_revision x where x.wijk_id = r.wijk_id
                and x.question_id = r.question_id and x.kind = 'redacted' and x.at >= r.at)
            then r.body end) order by r.at)
        from vraagbaak.question_revision r
        left join identity.membership m on m.wijk_id = r.wijk_id and m.id = r.editor_id
        left join identity.person p on p.id = m.person_id where ${of('r')}), '[]') as revisions,
      (select json_build_object('ref', o.ref, 'slug', o.slug, 'title', o.title)
        from vraagbaak.question o where o.wijk_id = q.wijk_id and o.id = q.duplicate_of) as "duplicateOf",
      coalesce((select json_agg(json_build_object('ref', o.ref, 'title', o.title) order by o.submitted_at)
        from vraagbaak.question o
        where o.wijk_id = q.wijk_id and o.duplicate_of = q.id), '[]') as duplicates
    from vraagbaak.question q where q.wijk_id = ${wijkId} and q.id = ${questionId}`,
  );
  const found = rows[0] as Record<string, Record<string, unknown>[]> | undefined;
  if (!found) throw new Error('a pane without a question');
  return Object.fromEntries(
    Object.entries(found).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(withDates) : value,
    ]),
  ) as unknown as PaneDetail;
}

const MOMENTS = new Set(['at', 'endedAt']);

/** JSON has no dates: makes them of the moments. */
function withDates(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row;
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      MOMENTS.has(name) && typeof value === 'string' ? new Date(value) : value,
    ]),
  );
}

/** Answers that are taken from view until the redactie decides; for the desk alone. */
export async function readHiddenAnswers(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<AnswerRow[]> {
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    select a.id, a.membership_id as m, a.author_name as name, a.author_title as title, a.capacity,
      a.body, a.format, a.published_at as at, a.edited_at, a.endorsed_at, a.helpful_at,
      a.useful_count as useful
    from vraagbaak.answer a
    where a.wijk_id = ${wijkId} and a.question_id = ${questionId}
      and a.removed_at is null and a.hidden_at is not null`,
  );
  return rows.map(answerOf);
}
