import { and, desc, eq, inArray, or, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { hours, pledge } from './hours-tables.ts';

/** Work that somebody did, as it was written down. */
export type StoredHours = typeof hours.$inferSelect;
export type StoredPledge = typeof pledge.$inferSelect;

/** Writes hours down; false where these are there already. One correction more violates `hours_one_correction`. */
export async function insertHours(
  tx: Transaction,
  fresh: typeof hours.$inferInsert,
): Promise<boolean> {
  const { rowCount } = await tx
    .insert(hours)
    .values(fresh)
    .onConflictDoNothing({ target: [hours.wijkId, hours.id] });
  return (rowCount ?? 0) > 0;
}

export async function findHours(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<StoredHours | undefined> {
  const [row] = await db
    .select()
    .from(hours)
    .where(and(eq(hours.wijkId, wijkId), eq(hours.id, id)));
  return row;
}

/** Locks one, so that two at once are decided one after the other. */
export async function lockHours(
  tx: Transaction,
  wijkId: string,
  id: string,
): Promise<StoredHours | undefined> {
  const [row] = await tx
    .select()
    .from(hours)
    .where(and(eq(hours.wijkId, wijkId), eq(hours.id, id)))
    .for('no key update');
  return row;
}

export async function decideHours(
  tx: Transaction,
  wijkId: string,
  id: string,
  decided: { state: StoredHours['state']; decidedAt: Date },
): Promise<void> {
  await tx
    .update(hours)
    .set(decided)
    .where(and(eq(hours.wijkId, wijkId), eq(hours.id, id)));
}

/** What stands of hours that were confirmed: with what corrections that were confirmed added and took off. */
export async function minutesStanding(
  db: Executor,
  wijkId: string,
  ids: readonly string[],
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({
      id: sql<string>`coalesce(${hours.corrects}, ${hours.id})`,
      minutes: sql<number>`sum(${hours.minutes})::int`,
    })
    .from(hours)
    .where(
      and(
        ...[eq(hours.wijkId, wijkId), eq(hours.state, 'confirmed')],
        or(inArray(hours.id, [...ids]), inArray(hours.corrects, [...ids])),
      ),
    )
    .groupBy(sql`1`);
  return new Map(rows.map(({ id, minutes }) => [id, minutes]));
}

/** What somebody wrote down or did by orders, the newest day first; corrections stand by themselves. */
export async function listHoursOf(
  db: Executor,
  wijkId: string,
  memberId: string,
  limit: number,
): Promise<StoredHours[]> {
  return db
    .select()
    .from(hours)
    .where(and(eq(hours.wijkId, wijkId), eq(hours.memberId, memberId)))
    .orderBy(desc(hours.day), desc(hours.madeAt), desc(hours.id))
    .limit(limit);
}

/** What waits for somebody to say that it is right, the oldest first. */
export async function listHoursToConfirm(
  db: Executor,
  wijkId: string,
  receiverId: string,
  limit: number,
): Promise<StoredHours[]> {
  return db
    .select()
    .from(hours)
    .where(
      and(eq(hours.wijkId, wijkId), eq(hours.receiverId, receiverId), eq(hours.state, 'logged')),
    )
    .orderBy(hours.madeAt, hours.id)
    .limit(limit);
}

/** Work of a member in a month, and for whom it counts. */
export interface CountedHours {
  memberId: string;
  /** 'YYYY-MM' */
  month: string;
  /** for an organisation; null: for the foundation, or for nobody */
  organisationId: string | null;
  /** for an organisation or the foundation */
  counts: boolean;
  minutes: number;
  /** of these, paid with credits */
  paidMinutes: number;
}

/**
 * Hours that were confirmed, by member, month and for whom they count: for the organisation on whose behalf they were
 * done, or else for the one of the pledge that ran on that day. Each hour counts once.
 */
export async function countHours(
  db: Executor,
  wijkId: string,
  { from, until, memberId }: { from: string; until: string; memberId?: string },
): Promise<CountedHours[]> {
  const who = memberId === undefined ? sql`` : sql`and h.member_id = ${memberId}`;
  const { rows } = await db.execute<CountedHours & Record<string, unknown>>(sql`
    select h.member_id as "memberId", to_char(h.day, 'YYYY-MM') as month,
      coalesce(h.organisation_id, p.organisation_id) as "organisationId",
      (h.organisation_id is not null or p.id is not null) as counts,
      sum(h.minutes)::int as minutes, coalesce(sum(h.minutes) filter (where h.paid), 0)::int as "paidMinutes"
    from market.hours h
    left join market.pledge p on p.wijk_id = h.wijk_id and p.member_id = h.member_id and p.state = 'agreed'
      and p."from" <= h.day and (p.until is null or p.until >= h.day)
    where h.wijk_id = ${wijkId} and h.state = 'confirmed' and h.day between ${from} and ${until} ${who}
    group by 1, 2, 3, 4 order by 2, 1`);
  return rows;
}

/** Writes a pledge; false where it is there already. */
export async function insertPledge(
  tx: Transaction,
  fresh: typeof pledge.$inferInsert,
): Promise<boolean> {
  const { rowCount } = await tx.insert(pledge).values(fresh).onConflictDoNothing();
  return (rowCount ?? 0) > 0;
}

export async function findPledge(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<StoredPledge | undefined> {
  const [row] = await db
    .select()
    .from(pledge)
    .where(and(eq(pledge.wijkId, wijkId), eq(pledge.id, id)));
  return row;
}

export async function lockPledge(
  tx: Transaction,
  wijkId: string,
  id: string,
): Promise<StoredPledge | undefined> {
  const [row] = await tx
    .select()
    .from(pledge)
    .where(and(eq(pledge.wijkId, wijkId), eq(pledge.id, id)))
    .for('no key update');
  return row;
}

/** Two that run on one day violate `pledge_one_at_a_time`. */
export async function changePledge(
  tx: Transaction,
  wijkId: string,
  id: string,
  change: Partial<Pick<StoredPledge, 'state' | 'decidedAt' | 'until' | 'endedBy' | 'endedAt'>>,
): Promise<void> {
  await tx
    .update(pledge)
    .set(change)
    .where(and(eq(pledge.wijkId, wijkId), eq(pledge.id, id)));
}

/** Pledges of a member, or those with an organisation (null: the foundation), or all; the newest first. */
export async function listPledges(
  db: Executor,
  wijkId: string,
  of: { memberId?: string; organisationId?: string | null },
): Promise<StoredPledge[]> {
  const { memberId, organisationId } = of;
  return db
    .select()
    .from(pledge)
    .where(
      and(
        eq(pledge.wijkId, wijkId),
        memberId === undefined ? undefined : eq(pledge.memberId, memberId),
        organisationId === undefined
          ? undefined
          : sql`${pledge.organisationId} is not distinct from ${organisationId}`,
      ),
    )
    .orderBy(desc(pledge.from), desc(pledge.id));
}
