import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { residency } from './tables.ts';

export type StoredResidency = Omit<typeof residency.$inferSelect, 'wijkId'>;

const standing = (wijkId: string, membershipId: string) =>
  and(
    eq(residency.wijkId, wijkId),
    eq(residency.membershipId, membershipId),
    isNull(residency.revokedAt),
  );

/** Notes that a member lives in the wijk. @returns false where that stands already */
export async function addResidency(
  tx: Transaction,
  wijkId: string,
  fresh: { membershipId: string; confirmedBy: string },
  now: Date,
): Promise<boolean> {
  const added = await tx
    .insert(residency)
    .values({ ...fresh, wijkId, confirmedAt: now })
    .onConflictDoNothing()
    .returning({ at: residency.confirmedAt });
  return added.length > 0;
}

/** Takes it back; the row stays. @returns false where it does not stand */
export async function revokeResidency(
  tx: Transaction,
  wijkId: string,
  membershipId: string,
  revokedBy: string,
  now: Date,
): Promise<boolean> {
  const revoked = await tx
    .update(residency)
    .set({ revokedAt: now, revokedBy })
    .where(standing(wijkId, membershipId))
    .returning({ at: residency.confirmedAt });
  return revoked.length > 0;
}

/** Everything that was noted of one member, the newest first. */
export async function listResidency(
  db: Executor,
  wijkId: string,
  membershipId: string,
): Promise<StoredResidency[]> {
  return await db
    .select({
      membershipId: residency.membershipId,
      confirmedAt: residency.confirmedAt,
      confirmedBy: residency.confirmedBy,
      revokedAt: residency.revokedAt,
      revokedBy: residency.revokedBy,
    })
    .from(residency)
    .where(and(eq(residency.wijkId, wijkId), eq(residency.membershipId, membershipId)))
    .orderBy(desc(residency.confirmedAt));
}
