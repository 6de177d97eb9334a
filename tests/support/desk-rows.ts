import type { Database } from '@wijk/db/kernel';
import { expect } from 'vitest';

/** What the desk should show, computed anew and in another way than the trigger does. */
const EXPECTED = `
  with f as (
    select q.*, p.kept_at, p.cancelled_at, p.paused_at, p.pause_ends_at, p.due_at,
      q.status in ('open', 'answered') as stands,
      p.kept_at is null and p.cancelled_at is null as due,
      (select count(*) from vraagbaak.flag x where x.question_id = q.id and x.resolved_at is null) as flags,
      (select count(*) from vraagbaak.appeal x where x.question_id = q.id and x.decided_at is null) as appeals,
      (select count(*) from vraagbaak.answer x where x.question_id = q.id
        and x.hidden_at is not null and x.removed_at is null) as away
    from vraagbaak.question q join vraagbaak.promise p on p.question_id = q.id
  )
  select f.id as question_id,
    case when f.stands and f.urgent_at is not null and f.urgent_seen_at is null then 0 else 1 end as rank,
    (select min(coalesce(g.pause_ends_at, g.due_at)) from f g
      where g.id = f.id or (g.duplicate_of = f.id and g.due)) as sort_at,
    f.due_at, f.theme, f.stands and f.due as running, f.due and f.paused_at is not null as waiting,
    f.stands and f.to_check as to_check, f.status = 'answered' as answered,
    f.stands and f.moderation = 'held' as held,
    (f.stands and f.moderation = 'hidden') or f.away > 0 as hidden,
    f.flags > 0 as flagged, f.appeals > 0 as appealed,
    coalesce((select s.mail_refused_at is not null from vraagbaak.assignment s
      where s.question_id = f.id and s.ended_at is null), false) as mail_refused,
    (select s.membership_id from vraagbaak.assignment s
      where s.question_id = f.id and s.ended_at is null) as assigned_to,
    f.claimed_by, f.claimed_until
  from f
  where (f.stands and (f.due or f.to_check or f.moderation <> 'shown'
      or (f.urgent_at is not null and f.urgent_seen_at is null)))
    or f.away > 0 or f.flags > 0 or f.appeals > 0
  order by f.id`;

/** Every row of the desk is what a full recomputation says. @returns how many there are */
export async function expectDesk(owner: Database): Promise<number> {
  const { rows: expected } = await owner.$client.query(EXPECTED);
  const { rows: shown } = await owner.$client.query(
    `select question_id, rank, sort_at, due_at, theme, running, waiting, to_check, answered, held, hidden,
       flagged, appealed, mail_refused, assigned_to, claimed_by, claimed_until
     from vraagbaak.desk_entry order by question_id`,
  );
  expect(shown).toEqual(expected);
  return shown.length;
}
