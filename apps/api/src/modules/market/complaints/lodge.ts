import { randomUUID } from 'node:crypto';
import type {
  BodyOf,
  lodgeComplaint as contract,
  readComplaintOpening as openingContract,
  QueryOf,
  ReplyOf,
} from '@wijk/contracts';
import { type Executor, inTransaction, newRef, violatedConstraint } from '@wijk/db/kernel';
import {
  agreedAt,
  findComplaintPress,
  findOpenComplaint,
  helperMet,
  insertComplaint,
  orderOfComplaint,
  readOrder,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { otherSide, type Side, timingIn } from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { readCalendar } from '../../wijk/index.ts';
import { orderNotFound, type Party, partyOf, sideOf } from '../orders/sides.ts';
import { namesOf, partyView } from '../orders/views.ts';
import { tellComplaint } from './step.ts';
import { countBy, kindOf } from './terms.ts';

export type Stepped = ReplyOf<typeof contract>;
type Target = { order: string } | { provider: string };

/** What somebody complains of. */
interface Aim {
  orderId: string | null;
  side: Side;
  complainant: Party;
  about: Party;
}

/**
 * @throws `market.order-not-found`, `market.both-sides`, `market.complaint-too-early` before both agreed to an
 *   order, `market.complaint-not-met` of somebody who never helped them
 */
async function aimAt(db: Executor, wijkId: string, member: string, target: Target): Promise<Aim> {
  if ('order' in target) {
    const order = await readOrder(db, wijkId, { ref: target.order });
    const side = await sideOf(db, wijkId, order, member);
    if (!order) throw orderNotFound();
    if (!(await agreedAt(db, wijkId, order)))
      throw new DomainError('conflict', 'market.complaint-too-early');
    const { organisationId } = partyOf(order, side);
    return {
      ...{ orderId: order.id, side, about: partyOf(order, otherSide(side)) },
      complainant: { membershipId: member, organisationId },
    };
  }
  const id = target.provider.slice(2);
  const of = target.provider.startsWith('o-') ? { organisationId: id } : { membershipId: id };
  const helper = await helperMet(db, wijkId, member, of);
  if (!helper) throw new DomainError('forbidden', 'market.complaint-not-met');
  const organisationId = 'organisationId' in of ? of.organisationId : null;
  return {
    ...{ orderId: null, side: 'receiver', about: { membershipId: helper, organisationId } },
    complainant: { membershipId: member, organisationId: null },
  };
}

const openOne = (db: Executor, wijkId: string, aim: Aim): Promise<string | undefined> => {
  const { orderId, side, complainant, about } = aim;
  return findOpenComplaint(
    db,
    wijkId,
    orderId === null
      ? {
          complainantId: complainant.membershipId,
          about: about.organisationId ?? about.membershipId,
        }
      : { orderId, side },
  );
};

/** @throws as `aimAt`, `kernel.invalid` where neither or both are named */
export async function complaintOpening(
  { db, clock }: Services,
  { membershipId }: Member,
  wijk: Wijk,
  { order, provider }: QueryOf<typeof openingContract>,
): Promise<ReplyOf<typeof openingContract>> {
  if ((order === undefined) === (provider === undefined))
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'order', code: 'required' }],
    });
  const target = order === undefined ? { provider: provider ?? '' } : { order };
  const aim = await aimAt(db, wijk.id, membershipId, target);
  const now = clock.now();
  const count = countBy(await readCalendar(db, wijk.id, now));
  const kind = kindOf({ aboutOrganisation: aim.about.organisationId });
  const until = (state: 'lodged' | 'received') =>
    (timingIn(state, kind, { lodgedAt: now, now }, count).dueAt ?? now).toISOString();
  const names = await namesOf(db, wijk.id, [asSides(aim)]);
  return {
    about: partyView(aim.about, names),
    order: (aim.orderId && (await orderOfComplaint(db, wijk.id, aim.orderId))) || null,
    open: (await openOne(db, wijk.id, aim)) ?? null,
    ...{ acknowledgedBy: until('lodged'), answeredBy: until('received') },
  };
}

/** The two of a complaint as `namesOf` takes them. */
export const asSides = ({ complainant, about }: Pick<Aim, 'complainant' | 'about'>) => ({
  ...{ receiverId: complainant.membershipId, receiverOrganisation: complainant.organisationId },
  ...{ helperId: about.membershipId, helperOrganisation: about.organisationId },
});

type Asked = BodyOf<typeof contract>;

/**
 * Somebody complains, once for one press: the complaint, its first step, its term and its event are one transaction.
 * @throws as `aimAt`, `market.complaint-open` {ref} where one is not over, `kernel.idempotency-mismatch`
 */
export async function lodgeComplaint(
  services: Services,
  actor: Member,
  wijk: Wijk,
  asked: Asked,
  pressId: string,
): Promise<Stepped> {
  const { db, clock } = services;
  const before = await lodgedBefore(db, wijk.id, actor.membershipId, asked, pressId);
  if (before) return before;
  const aim = await aimAt(db, wijk.id, actor.membershipId, asked.target);
  if (aim.about.membershipId === actor.membershipId)
    throw new DomainError('forbidden', 'market.both-sides');
  const now = clock.now();
  const kind = kindOf({ aboutOrganisation: aim.about.organisationId });
  try {
    return await inTransaction(db, async (tx) => {
      const count = countBy(await readCalendar(tx, wijk.id, now));
      const timing = timingIn('lodged', kind, { lodgedAt: now, now }, count);
      const id = randomUUID();
      const made = {
        ...{ wijkId: wijk.id, id, ref: newRef(), orderId: aim.orderId, side: aim.side },
        ...{ complainantId: actor.membershipId, aboutId: aim.about.membershipId },
        complainantOrganisation: aim.complainant.organisationId,
        aboutOrganisation: aim.about.organisationId,
        ...{ subject: asked.subject, body: asked.body, wish: asked.wish, lodgedAt: now },
        ...{ state: 'lodged' as const, version: 1, ...timing },
      };
      await insertComplaint(tx, made, {
        ...{ wijkId: wijk.id, complaintId: id, nr: 1, pressId, step: 'lodge', state: 'lodged' },
        ...{ actor: 'complainant', by: actor.membershipId, dueAt: timing.dueAt, at: now },
      });
      await tellComplaint(services, tx, { wijkId: wijk.id, id, nr: 1 });
      return { ref: made.ref, nr: 1, state: 'lodged' as const };
    });
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint === 'complaint_event_press') {
      const first = await lodgedBefore(db, wijk.id, actor.membershipId, asked, pressId);
      if (first) return first;
    }
    if (constraint !== 'complaint_open_of_order' && constraint !== 'complaint_open_about')
      throw error;
    const ref = (await openOne(db, wijk.id, aim)) ?? '';
    throw new DomainError('conflict', 'market.complaint-open', { params: { ref } });
  }
}

/** @throws `kernel.idempotency-mismatch` where it was another press under the same id */
async function lodgedBefore(
  db: Executor,
  wijkId: string,
  member: string,
  { subject, body, wish, target }: Asked,
  pressId: string,
): Promise<Stepped | undefined> {
  const before = await findComplaintPress(db, wijkId, pressId);
  if (!before) return undefined;
  const { of, by, step } = before;
  const order = of.orderId && (await orderOfComplaint(db, wijkId, of.orderId));
  const sameTarget =
    'order' in target
      ? order && order.ref === target.order
      : of.orderId === null && target.provider.slice(2) === (of.aboutOrganisation ?? of.aboutId);
  const same = step === 'lodge' && by === member && of.subject === subject && sameTarget;
  if (!same || of.body !== body || of.wish !== wish)
    throw new DomainError('conflict', 'kernel.idempotency-mismatch');
  return { ref: of.ref, nr: 1, state: 'lodged' };
}
