import type { ReplyOf, readResidency as readContract } from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import { addResidency, listLimitedHolders, listResidency, revokeResidency } from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../services.ts';
import { memberNames, readMember } from '../identity/index.ts';
import { note } from './control/act.ts';
import { ensureHolder } from './holders.ts';
import type { Wijk } from './pay.ts';
import { limitsOfHolder } from './policy/limits.ts';

/**
 * Notes that a member lives in the wijk, or takes that back (I2, by hand). The limit of their account follows
 * in the same transaction: who owes more than they may from then on can only receive until it is made good.
 * Doing it twice changes nothing. Nobody does it for themselves: that would be credit of one's own making.
 *
 * @throws `identity.member-not-found`, `wallet.own-residency`
 */
export async function setResidency(
  services: Services,
  actor: Member,
  wijk: Wijk,
  { member, confirmed }: { member: string; confirmed: boolean },
): Promise<void> {
  if (member === actor.membershipId) throw new DomainError('forbidden', 'wallet.own-residency');
  await inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    await readMember(tx, wijk.id, member, now);
    // first the account: whoever opens it at this moment with the limits of before is waited for
    const of = { kind: 'member', membershipId: member } as const;
    const { accountId } = await ensureHolder(services, tx, wijk.id, of);
    const by = actor.membershipId;
    const changed = confirmed
      ? await addResidency(tx, wijk.id, { membershipId: member, confirmedBy: by }, now)
      : await revokeResidency(tx, wijk.id, member, by, now);
    if (!changed) return;
    await followLimits(services, tx, wijk, accountId);
    const kind = confirmed ? 'residency-confirmed' : 'residency-revoked';
    await note(services, tx, wijk.id, { kind, by, subject: accountId });
  });
}

async function followLimits(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  accountId: string,
): Promise<void> {
  const [holder] = await listLimitedHolders(tx, wijk.id, { only: accountId, limit: 1 });
  if (!holder) throw new Error('an account without its holder');
  const policy = await services.wallet.policies.current(wijk.id, tx);
  await services.book.setLimits(tx, wijk.id, accountId, limitsOfHolder(policy, holder));
}

/** What was noted of a member, and what it gives. @throws `identity.member-not-found` */
export async function readResidency(
  services: Services,
  actor: Member,
  wijk: Wijk,
  member: string,
): Promise<ReplyOf<typeof readContract>> {
  const { db, clock } = services;
  await readMember(db, wijk.id, member, clock.now());
  const rows = await listResidency(db, wijk.id, member);
  const names = await memberNames(
    db,
    wijk.id,
    rows.flatMap(({ confirmedBy, revokedBy }) =>
      revokedBy ? [confirmedBy, revokedBy] : [confirmedBy],
    ),
  );
  const { plural, memberCredit } = await services.wallet.policies.current(wijk.id);
  return {
    confirmed: rows.some(({ revokedAt }) => revokedAt === null),
    mayChange: member !== actor.membershipId,
    credit: memberCredit,
    unit: plural,
    log: rows.map(({ confirmedAt, confirmedBy, revokedAt, revokedBy }) => ({
      confirmedAt: confirmedAt.toISOString(),
      confirmedBy: names.get(confirmedBy) || null,
      revokedAt: revokedAt?.toISOString() ?? null,
      revokedBy: (revokedBy && names.get(revokedBy)) || null,
    })),
  };
}
