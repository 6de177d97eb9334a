import type { Executor } from '@wijk/db/kernel';
import {
  boardMember,
  listComplaintEvents,
  type StoredComplaint,
  type StoredComplaintEvent,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { ComplaintActor } from '@wijk/domain/market';
import { actsAs, type Party } from '../orders/sides.ts';

export const complaintNotFound = () => new DomainError('not-found', 'market.complaint-not-found');

type Sides = Pick<
  StoredComplaint,
  'complainantId' | 'complainantOrganisation' | 'aboutId' | 'aboutOrganisation'
>;

export const complainantOf = (one: Sides): Party => ({
  membershipId: one.complainantId,
  organisationId: one.complainantOrganisation,
});
export const aboutOf = (one: Sides): Party => ({
  membershipId: one.aboutId,
  organisationId: one.aboutOrganisation,
});

/** Whether it came to whoever decides in the end. */
const escalated = (events: readonly StoredComplaintEvent[]): boolean =>
  events.some(({ step }) => step === 'escalate');

/** Nobody decides about what they complained of, answered or proposed. */
const tookPart = (events: readonly StoredComplaintEvent[], member: string): boolean =>
  events.some(({ by, actor }) => by === member && actor !== 'board');

/**
 * Who decides: the member whom the organisation named, or null for the foundation behind the wijk, whose admins do it
 * for neighbours, for organisations that named nobody, and where who was named took part.
 */
export async function deciderOf(
  db: Executor,
  complaint: StoredComplaint,
  events: readonly StoredComplaintEvent[],
): Promise<string | null> {
  if (complaint.aboutOrganisation === null) return null;
  const named = await boardMember(db, complaint.wijkId, complaint.aboutOrganisation);
  if (named === null || named === complaint.complainantId || tookPart(events, named)) return null;
  return named;
}

/**
 * Everything that a member is in a complaint; nothing for whoever has nothing to do with it.
 * @throws `market.both-sides` for who came to act for both
 */
export async function rolesIn(
  db: Executor,
  complaint: StoredComplaint,
  { membershipId, roles: held }: Pick<Member, 'membershipId' | 'roles'>,
  known?: readonly StoredComplaintEvent[],
): Promise<ReadonlySet<ComplaintActor>> {
  const { wijkId } = complaint;
  const roles = new Set<ComplaintActor>();
  const events = known ?? (await listComplaintEvents(db, wijkId, complaint.id));
  const [complains, provides] = await Promise.all([
    actsAs(db, wijkId, complainantOf(complaint), membershipId),
    actsAs(db, wijkId, aboutOf(complaint), membershipId),
  ]);
  if (complains && provides) throw new DomainError('forbidden', 'market.both-sides');
  if (complains) return roles.add('complainant');
  if (provides) roles.add('provider');
  else if (held.has('market-master')) roles.add('master');
  if (!escalated(events) || tookPart(events, membershipId)) return roles;
  const decider = await deciderOf(db, complaint, events);
  const decides = decider === null ? held.has('admin') && !provides : decider === membershipId;
  if (decides) roles.add('board');
  return roles;
}

/** As what somebody reads it: the one whose turn it can be comes first. */
export const readsAs = (roles: ReadonlySet<ComplaintActor>): ComplaintActor | undefined =>
  (['complainant', 'board', 'provider', 'master'] as const).find((one) => roles.has(one));
