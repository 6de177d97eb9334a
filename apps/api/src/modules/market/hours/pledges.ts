import type { BodyOf, proposePledge as contract, PledgeView } from '@wijk/contracts';
import { appendEvent, hintLive, inTransaction, violatedConstraint } from '@wijk/db/kernel';
import {
  changePledge,
  findPledge,
  insertPledge,
  lockPledge,
  type StoredPledge,
} from '@wijk/db/market';
import { can, type Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { endOfPledge, validatePledge } from '@wijk/domain/market';
import { localDateOf } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import { memberNames } from '../../identity/index.ts';
import { actsFor } from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';

/** With an organisation: who acts for it; with the foundation: the market master and the treasurer. */
const actsForPledge = async (
  { db }: Services,
  actor: Member,
  organisationId: string | null,
): Promise<boolean> =>
  organisationId === null
    ? can(actor, 'market.hours')
    : actsFor(db, actor.wijkId, organisationId, actor.membershipId);

/**
 * Proposes hours for each month to a member, once for one press. It counts when the member agrees.
 * @throws `market.pledge-not-yours`, `kernel.invalid`, `kernel.idempotency-mismatch`
 */
export async function proposePledge(
  services: Services,
  actor: Member,
  wijk: Wijk,
  asked: BodyOf<typeof contract>,
  pressId: string,
): Promise<{ id: string }> {
  const { db, clock, subscriptions } = services;
  const { wijkId, membershipId } = actor;
  const now = clock.now();
  const { member, organisation, minutesPerMonth, from, until, purpose } = asked;
  if (!(await actsForPledge(services, actor, organisation)))
    throw new DomainError('forbidden', 'market.pledge-not-yours');
  validatePledge({ minutesPerMonth, from, until, purpose }, localDateOf(now, wijk.timeZone));
  if (!(await memberNames(db, wijkId, [member])).get(member))
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'member', code: 'invalid-choice' }],
    });
  return inTransaction(db, async (tx) => {
    const row = {
      ...{ wijkId, id: pressId, memberId: member, organisationId: organisation, minutesPerMonth },
      ...{ from, until, purpose, state: 'proposed' as const, proposedBy: membershipId },
    };
    if (await insertPledge(tx, { ...row, proposedAt: now })) {
      const payload = { pledgeId: pressId };
      await appendEvent(tx, subscriptions, now, { wijkId, type: 'pledge.proposed.v1', payload });
      await hintLive(tx, { w: wijkId, t: 'me', m: member, k: 'hours' });
      return { id: pressId };
    }
    const before = await findPledge(tx, wijkId, pressId);
    const same = (
      ['memberId', 'organisationId', 'minutesPerMonth', 'from', 'purpose', 'proposedBy'] as const
    ).every((field) => before?.[field] === row[field]);
    if (!same) throw new DomainError('conflict', 'kernel.idempotency-mismatch');
    return { id: pressId };
  });
}

const pledgeNotFound = () => new DomainError('not-found', 'market.pledge-not-found');

/**
 * The member agrees or declines, once; either of the two ends it, from today on. The same again changes nothing.
 * @throws `market.pledge-not-found`, `market.pledge-decided`, `market.pledge-over`, `market.pledge-other` where
 *   another one runs in those days
 */
export async function decidePledge(
  services: Services,
  actor: Member,
  wijk: Wijk,
  id: string,
  decision: 'agree' | 'decline' | 'end',
): Promise<void> {
  const { db, clock } = services;
  try {
    await inTransaction(db, async (tx) => {
      const pledge = await lockPledge(tx, actor.wijkId, id);
      const isOwn = pledge?.memberId === actor.membershipId;
      const may =
        pledge &&
        (isOwn ||
          (decision === 'end' && (await actsForPledge(services, actor, pledge.organisationId))));
      if (!pledge || !may) throw pledgeNotFound();
      const change = changeOf(pledge, decision, {
        ...{ now: clock.now(), by: actor.membershipId },
        today: localDateOf(clock.now(), wijk.timeZone),
      });
      if (!change) return;
      await changePledge(tx, actor.wijkId, id, change);
      await appendEvent(tx, services.subscriptions, clock.now(), {
        ...{ wijkId: actor.wijkId, type: 'pledge.decided.v1' as const, payload: { pledgeId: id } },
      });
    });
  } catch (error) {
    if (violatedConstraint(error) !== 'pledge_one_at_a_time') throw error;
    throw new DomainError('conflict', 'market.pledge-other');
  }
}

function changeOf(
  pledge: StoredPledge,
  decision: 'agree' | 'decline' | 'end',
  { now, by, today }: { now: Date; by: string; today: string },
): Parameters<typeof changePledge>[3] | undefined {
  const { state, endedAt } = pledge;
  if (decision === 'end') {
    if (endedAt) return undefined;
    if (state !== 'agreed') throw new DomainError('conflict', 'market.pledge-decided');
    return { until: endOfPledge(pledge, today), endedBy: by, endedAt: now };
  }
  const to = decision === 'agree' ? 'agreed' : 'declined';
  if (state === to) return undefined;
  if (state !== 'proposed') throw new DomainError('conflict', 'market.pledge-decided');
  return { state: to, decidedAt: now };
}

/** A pledge as whoever reads it sees it. */
export function pledgeView(
  pledge: StoredPledge,
  reader: { membershipId: string; today: string; actsFor: boolean },
  names: { members: ReadonlyMap<string, string>; organisations: ReadonlyMap<string, string> },
): PledgeView {
  const { id, memberId, organisationId, minutesPerMonth, from, until, purpose, state } = pledge;
  const isOwn = memberId === reader.membershipId;
  const runs =
    state === 'agreed' && pledge.endedAt === null && (until === null || until > reader.today);
  return {
    ...{ id, minutesPerMonth, from, until, purpose, state },
    member: names.members.get(memberId) || null,
    organisation: organisationId && (names.organisations.get(organisationId) ?? null),
    mayDecide: isOwn && state === 'proposed',
    mayEnd: runs && (isOwn || reader.actsFor),
  };
}
