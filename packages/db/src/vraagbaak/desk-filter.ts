import { type SQL, sql } from 'drizzle-orm';

export type DeskFilter =
  | 'open'
  | 'new'
  | 'mine'
  | 'assigned'
  | 'waiting'
  | 'to-check'
  | 'overdue'
  | 'attention'
  | 'answered';

/** An active claim at `now`; a claim that has run out is as if it were not there. */
const claimed = (now: Date) => sql`(d.claimed_by is not null and d.claimed_until > ${now})`;

/** Conditions on `desk_entry` alone, so that queue and counts never read the wide tables. */
export function conditionOf(
  filter: Exclude<DeskFilter, 'answered'>,
  membershipId: string,
  now: Date,
): SQL {
  switch (filter) {
    case 'open':
      return sql`true`;
    case 'new':
      return sql`(d.running and not d.waiting and not d.to_check
        and (d.assigned_to is null or d.mail_refused) and not ${claimed(now)})`;
    case 'mine':
      return sql`((${claimed(now)} and d.claimed_by = ${membershipId}::uuid) or d.assigned_to = ${membershipId}::uuid)`;
    case 'assigned':
      return sql`(d.running and not d.waiting and d.assigned_to is not null)`;
    case 'waiting':
      return sql`d.waiting`;
    case 'to-check':
      return sql`d.to_check`;
    case 'overdue':
      return sql`(d.running and not d.waiting and d.due_at <= ${now})`;
    case 'attention':
      return sql`(d.rank = 0 or d.held or d.hidden or d.flagged or d.appealed or d.mail_refused)`;
  }
}
