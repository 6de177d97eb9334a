import type { Executor } from '@wijk/db/kernel';
import type { StoredOrder } from '@wijk/db/market';
import { DomainError } from '@wijk/domain/kernel';
import { SIDES, type Side } from '@wijk/domain/market';
import { actsFor, operatorsOf } from '../../wallet/index.ts';

/** Somebody at one side: a member, for themselves or for an organisation. */
export interface Party {
  membershipId: string;
  organisationId: string | null;
}

type Sides = Pick<
  StoredOrder,
  'receiverId' | 'receiverOrganisation' | 'helperId' | 'helperOrganisation'
>;

export const partyOf = (order: Sides, side: Side): Party =>
  side === 'receiver'
    ? { membershipId: order.receiverId, organisationId: order.receiverOrganisation }
    : { membershipId: order.helperId, organisationId: order.helperOrganisation };

/** Whether a member acts for this side now: it is theirs, or that of an organisation they act for. */
export async function actsAs(
  db: Executor,
  wijkId: string,
  { membershipId, organisationId }: Party,
  member: string,
): Promise<boolean> {
  if (organisationId === null) return membershipId === member;
  return actsFor(db, wijkId, organisationId, member);
}

/** The sides that a member acts for: one, none, or both where they came to act for an organisation since. */
export async function sidesOf(
  db: Executor,
  wijkId: string,
  order: Sides,
  member: string,
): Promise<Side[]> {
  const acts = await Promise.all(
    SIDES.map((side) => actsAs(db, wijkId, partyOf(order, side), member)),
  );
  return SIDES.filter((_, i) => acts[i]);
}

/**
 * The one side that a member presses for.
 * @throws `market.order-not-found` to whom it is none of their business, `market.both-sides`
 */
export async function sideOf(
  db: Executor,
  wijkId: string,
  order: Sides | undefined,
  member: string,
): Promise<Side> {
  const sides = order ? await sidesOf(db, wijkId, order, member) : [];
  const [side, other] = sides;
  if (!side) throw orderNotFound();
  if (other) throw new DomainError('forbidden', 'market.both-sides');
  return side;
}

export const orderNotFound = () => new DomainError('not-found', 'market.order-not-found');

/** Everybody who acts for a side now: who is told, and whose open pages change. */
export async function membersOf(
  db: Executor,
  wijkId: string,
  { membershipId, organisationId }: Party,
): Promise<string[]> {
  if (organisationId === null) return [membershipId];
  return operatorsOf(db, wijkId, organisationId);
}
