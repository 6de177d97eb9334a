import type { PromiseRow } from '@wijk/domain/vraagbaak';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../kernel/index.ts';
import { promiseOf } from './question-reader.ts';
import { promiseStep } from './tables.ts';

export interface DueStep {
  wijkId: string;
  /** whose promise it is */
  questionId: string;
  /** what the step is about: the question itself, or for a duplicate the one in its place */
  concerns: { id: string; ref: string };
  kind: string;
  dueAt: Date;
  promise: PromiseRow;
}

/**
 * Locks one step that is due, by its promise and the question that it concerns; other workers pass
 * over it, and so does a worker over a question that someone is changing: nobody ever waits here. A
 * kept promise's steps wait (the answer may be removed again), but the end of its term is always noted.
 */
export async function takeDueStep(tx: Transaction, now: Date): Promise<DueStep | undefined> {
  const { rows } = await tx.execute<Record<string, unknown>>(sql`
    select s.wijk_id, s.question_id, s.kind, s.due_at as step_due_at, o.id as concerns_id,
      o.ref as concerns_ref, p.*
    from vraagbaak.promise_step s
    join vraagbaak.promise p on p.wijk_id = s.wijk_id and p.question_id = s.question_id
    join vraagbaak.question q on q.wijk_id = s.wijk_id and q.id = s.question_id
    join vraagbaak.question o on o.wijk_id = q.wijk_id and o.id = coalesce(q.duplicate_of, q.id)
    where s.done_at is null and s.due_at <= ${now}
      and p.paused_at is null and p.cancelled_at is null
      and (p.kept_at is null or s.kind = 'overdue')
    order by s.due_at limit 1 for no key update of o, p skip locked`);
  const row = rows[0];
  if (!row) return undefined;
  return {
    wijkId: row.wijk_id as string,
    questionId: row.question_id as string,
    concerns: { id: row.concerns_id as string, ref: row.concerns_ref as string },
    kind: row.kind as string,
    dueAt: new Date(row.step_due_at as string),
    promise: promiseOf(row),
  };
}

/**
 * Marks a step as done.
 * @returns false when another worker did it after this one's look at the steps and before its lock
 */
export async function closeStep(
  tx: Transaction,
  step: Pick<DueStep, 'wijkId' | 'questionId' | 'kind'>,
  now: Date,
): Promise<boolean> {
  const rows = await tx
    .update(promiseStep)
    .set({ doneAt: now })
    .where(
      and(
        eq(promiseStep.wijkId, step.wijkId),
        eq(promiseStep.questionId, step.questionId),
        eq(promiseStep.kind, step.kind),
        isNull(promiseStep.doneAt),
      ),
    )
    .returning({ kind: promiseStep.kind });
  return rows.length === 1;
}

/**
 * Whom the ladder asks next: the first of the theme's list (`position`, then name) who holds the role
 * of expert now, whose knowledge of the theme is valid, who was never asked this question and did not
 * ask it.
 */
export async function findNextExpert(
  tx: Transaction,
  wijkId: string,
  question: { id: string; theme: string },
  now: Date,
): Promise<string | undefined> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select e.membership_id as id
    from identity.expertise e
    join identity.membership m on m.wijk_id = e.wijk_id and m.id = e.membership_id
    join identity.person p on p.id = m.person_id and p.erased_at is null
    where e.wijk_id = ${wijkId} and e.theme = ${question.theme}
      and (e.valid_until is null or e.valid_until > ${now})
      and exists (select from identity.role_grant g
        where g.wijk_id = e.wijk_id and g.person_id = m.person_id and g.role = 'expert'
          and g.valid_from <= ${now} and (g.valid_until is null or g.valid_until > ${now}))
      and not exists (select from vraagbaak.assignment s
        where s.wijk_id = e.wijk_id and s.question_id = ${question.id}
          and s.membership_id = e.membership_id)
      and not sealed.is_author(e.wijk_id, ${question.id}, e.membership_id)
    order by e.position, p.name, e.membership_id limit 1`);
  return rows[0]?.id;
}

/** Whether the ladder passed this question on before. */
export async function wasPassedOn(
  tx: Transaction,
  wijkId: string,
  questionId: string,
): Promise<boolean> {
  const { rows } = await tx.execute<{ yes: boolean }>(sql`
    select exists (select from vraagbaak.assignment s where s.wijk_id = ${wijkId}
      and s.question_id = ${questionId} and s.end_reason = 'passed-on') as yes`);
  return rows[0]?.yes ?? false;
}
