import { and, asc, eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { complaint, complaintBoard, complaintEvent } from './complaint-tables.ts';

/** A complaint as it now stands. */
export type StoredComplaint = typeof complaint.$inferSelect;
/** One step of it. */
export type StoredComplaintEvent = typeof complaintEvent.$inferSelect;
export type ComplaintChange = Partial<
  Pick<
    StoredComplaint,
    | 'state'
    | 'verdict'
    | 'outcome'
    | 'version'
    | 'dueAt'
    | 'clockAt'
    | 'extended'
    | 'overdue'
    | 'providerLate'
    | 'closedAt'
  >
>;

const isIt = (wijkId: string, id: string) =>
  and(eq(complaint.wijkId, wijkId), eq(complaint.id, id));

/**
 * Writes a complaint with its first step. A press that did so before violates `complaint_event_press`, one that is
 * not over `complaint_open_of_order` or `complaint_open_about`.
 */
export async function insertComplaint(
  tx: Transaction,
  fresh: typeof complaint.$inferInsert,
  lodging: typeof complaintEvent.$inferInsert,
): Promise<void> {
  await tx.insert(complaint).values(fresh);
  await tx.insert(complaintEvent).values(lodging);
}

/** Locks one, so that its steps come one after the other. */
export async function lockComplaint(
  tx: Transaction,
  wijkId: string,
  ref: string,
): Promise<StoredComplaint | undefined> {
  const [row] = await tx
    .select()
    .from(complaint)
    .where(and(eq(complaint.wijkId, wijkId), eq(complaint.ref, ref)))
    .for('no key update');
  return row;
}

export async function findComplaint(
  db: Executor,
  wijkId: string,
  by: { ref: string } | { id: string },
): Promise<StoredComplaint | undefined> {
  const is = 'ref' in by ? eq(complaint.ref, by.ref) : eq(complaint.id, by.id);
  const [row] = await db
    .select()
    .from(complaint)
    .where(and(eq(complaint.wijkId, wijkId), is));
  return row;
}

/** Locks one whose moment has come; other workers pass over it until the transaction ends. */
export async function takeDueComplaint(
  tx: Transaction,
  now: Date,
): Promise<StoredComplaint | undefined> {
  const [row] = await tx
    .select()
    .from(complaint)
    .where(sql`${complaint.clockAt} is not null and ${complaint.clockAt} <= ${now}`)
    .orderBy(asc(complaint.clockAt))
    .limit(1)
    .for('no key update', { skipLocked: true });
  return row;
}

/** Puts the clock of one off, as long as nobody took a step since it was looked at. */
export async function postponeComplaint(
  db: Executor,
  { wijkId, id, version }: Pick<StoredComplaint, 'wijkId' | 'id' | 'version'>,
  clockAt: Date,
): Promise<void> {
  await db
    .update(complaint)
    .set({ clockAt })
    .where(and(isIt(wijkId, id), eq(complaint.version, version)));
}

/** Writes a step and what the complaint is after it. */
export async function saveComplaintStep(
  tx: Transaction,
  wijkId: string,
  id: string,
  change: ComplaintChange,
  event: typeof complaintEvent.$inferInsert,
): Promise<void> {
  // the step first: a judge who took part is refused before anything else
  await tx.insert(complaintEvent).values(event);
  await tx.update(complaint).set(change).where(isIt(wijkId, id));
}

/** The step that a press made before, if it made one. */
export async function findComplaintPress(
  db: Executor,
  wijkId: string,
  pressId: string,
): Promise<(StoredComplaintEvent & { of: StoredComplaint }) | undefined> {
  const [row] = await db
    .select({ event: complaintEvent, of: complaint })
    .from(complaintEvent)
    .innerJoin(
      complaint,
      and(
        eq(complaint.wijkId, complaintEvent.wijkId),
        eq(complaint.id, complaintEvent.complaintId),
      ),
    )
    .where(and(eq(complaintEvent.wijkId, wijkId), eq(complaintEvent.pressId, pressId)));
  return row && { ...row.event, of: row.of };
}

/** Every step of a complaint, the first one first. */
export async function listComplaintEvents(
  db: Executor,
  wijkId: string,
  complaintId: string,
): Promise<StoredComplaintEvent[]> {
  return db
    .select()
    .from(complaintEvent)
    .where(and(eq(complaintEvent.wijkId, wijkId), eq(complaintEvent.complaintId, complaintId)))
    .orderBy(asc(complaintEvent.nr));
}

/** Who decides for an organisation in the end; null: nobody is named. */
export async function boardMember(
  db: Executor,
  wijkId: string,
  organisationId: string,
): Promise<string | null> {
  const { rows } = await db.execute<{ id: string | null }>(sql`
    select membership_id as id from market.complaint_board
    where wijk_id = ${wijkId} and organisation_id = ${organisationId} order by nr desc limit 1`);
  return rows[0]?.id ?? null;
}

/** Names somebody, or nobody. Two at once come one after the other. */
export async function nameBoardMember(
  tx: Transaction,
  named: Omit<typeof complaintBoard.$inferInsert, 'nr'>,
): Promise<void> {
  const { wijkId, organisationId } = named;
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended('board ' || ${organisationId}::text, 0))`,
  );
  const { rows } = await tx.execute<{ nr: number }>(sql`
    select coalesce(max(nr), 0)::int + 1 as nr from market.complaint_board
    where wijk_id = ${wijkId} and organisation_id = ${organisationId}`);
  await tx.insert(complaintBoard).values({ ...named, nr: rows[0]?.nr ?? 1 });
}
