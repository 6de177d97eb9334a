import type { Executor } from '@wijk/db/kernel';
import { findHours, findPledge } from '@wijk/db/market';
import { operatorsOf } from '../../wallet/index.ts';

/** Whom news of hours concerns, and whether they still wait; undefined: there are none such. */
export async function hoursNews(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<{ worker: string; receiver: string; waits: boolean } | undefined> {
  const row = await findHours(db, wijkId, id);
  return row && { worker: row.memberId, receiver: row.receiverId, waits: row.state === 'logged' };
}

/** Whom news of a pledge concerns; of one with the foundation who proposed it. */
export async function pledgeNews(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<
  { member: string; others: string[]; waits: boolean; organisationId: string | null } | undefined
> {
  const row = await findPledge(db, wijkId, id);
  if (!row) return undefined;
  const { memberId, organisationId, proposedBy, state } = row;
  const others = organisationId ? await operatorsOf(db, wijkId, organisationId) : [proposedBy];
  return { member: memberId, others, waits: state === 'proposed', organisationId };
}
