import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../kernel/index.ts';

export * from './dead-letters.ts';

export type QueueName = 'events' | 'mail' | 'promise-steps';

export interface QueueRow {
  name: QueueName;
  waiting: number;
  /** of those, due before the moment that was asked about */
  late: number;
  dead: number;
  oldestDueAt: Date | null;
}

/** Steps that a worker would take: those of a kept promise wait for the end of its term. */
const STEPS = sql`
  select 'promise-steps' as name, 'pending' as status, s.due_at from vraagbaak.promise_step s
  join vraagbaak.promise p on p.wijk_id = s.wijk_id and p.question_id = s.question_id
  where s.done_at is null and p.paused_at is null and p.cancelled_at is null
    and (p.kept_at is null or s.kind = 'overdue')`;

/**
 * What waits, what is late and what gave up, per queue; of one wijk, or of all where none is named.
 * @param lateBefore whatever was due before this moment counts as late
 */
export async function readQueues(
  db: Executor,
  wijkId: string | null,
  lateBefore: Date,
): Promise<QueueRow[]> {
  const of = (column: SQL) => (wijkId ? sql`and ${column} = ${wijkId}` : sql``);
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select n.name, count(w.status) filter (where w.status = 'pending')::int as waiting,
      count(w.status) filter (where w.status = 'pending' and w.due_at < ${lateBefore})::int as late,
      count(w.status) filter (where w.status = 'dead')::int as dead,
      min(w.due_at) filter (where w.status = 'pending') as oldest
    from (values ('events'), ('mail'), ('promise-steps')) n (name)
    left join (
      select 'events' as name, d.status, d.due_at from kernel.delivery d
        where d.status in ('pending', 'dead') ${of(sql`d.wijk_id`)}
      union all
      select 'mail', m.status, m.due_at from notifications.mail m
        where m.status in ('pending', 'dead') ${of(sql`m.wijk_id`)}
      union all
      ${STEPS} ${of(sql`s.wijk_id`)}
    ) w on w.name = n.name
    group by n.name order by n.name`);
  return rows.map((row) => ({
    name: row.name as QueueName,
    waiting: Number(row.waiting),
    late: Number(row.late),
    dead: Number(row.dead),
    oldestDueAt: row.oldest ? new Date(row.oldest as string) : null,
  }));
}

export interface DeadLetter {
  id: string;
  queue: 'events' | 'mail';
  what: string;
  attempts: number;
  error: string;
  at: Date;
}

/** The newest fifty that gave up. Names no person. */
export async function readDeadLetters(db: Executor, wijkId: string): Promise<DeadLetter[]> {
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select d.id, 'events' as queue, e.type || ' → ' || d.subscriber as what, d.attempts,
      coalesce(d.last_error, '') as error, d.due_at as at
    from kernel.delivery d join kernel.event e on e.wijk_id = d.wijk_id and e.id = d.event_id
    where d.wijk_id = ${wijkId} and d.status = 'dead'
    union all
    select m.id, 'mail', m.template, m.attempts, coalesce(m.last_error, ''), m.due_at
    from notifications.mail m where m.wijk_id = ${wijkId} and m.status = 'dead'
    order by at desc limit 50`);
  return rows.map((row) => ({
    id: row.id as string,
    queue: row.queue as 'events' | 'mail',
    what: row.what as string,
    attempts: Number(row.attempts),
    error: row.error as string,
    at: new Date(row.at as string),
  }));
}

/** Makes a dead letter due now, with its tries counted anew. @returns false when there is none */
export async function reviveDeadLetter(
  db: Executor,
  wijkId: string,
  id: string,
  now: Date,
): Promise<boolean> {
  const { rows } = await db.execute(sql`
    with d as (
      update kernel.delivery set status = 'pending', attempts = 0, due_at = ${now}
      where wijk_id = ${wijkId} and id = ${id} and status = 'dead' returning 1
    ), m as (
      update notifications.mail set status = 'pending', attempts = 0, due_at = ${now}
      where wijk_id = ${wijkId} and id = ${id} and status = 'dead' returning 1
    )
    select 1 from d union all select 1 from m`);
  return rows.length > 0;
}
