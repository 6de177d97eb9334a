import { randomUUID } from 'node:crypto';
import type { BodyOf, requestOrder as contract } from '@wijk/contracts';
import { type Executor, inTransaction, newRef, violatedConstraint } from '@wijk/db/kernel';
import {
  countOpenBy,
  insertOrder,
  isOfQuestion,
  type ListingForOrder,
  listingForOrder,
  marketPolicyAt,
  type StoredOrder,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import {
  mayBeLinked,
  type OrderTerms,
  orderDue,
  otherSide,
  type Side,
  validateTerms,
} from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import { questionForMarket } from '../../vraagbaak/index.ts';
import { actsFor } from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { assertMomentFree } from '../appointments/times.ts';
import { askForSeries } from '../series/follow.ts';
import { answeredBefore, type Pressed, type Repeat, type Stepped } from './press.ts';
import { actsAs, type Party } from './sides.ts';
import { tellStepped } from './tell-stepped.ts';

type Asked = BodyOf<typeof contract>;

/** Of one member at a time: more is a mistake, or a machine. */
const OPEN_MAX = 40;

/** Who asks: for an offer its receiver, for a request whoever would help. */
export const openerOf = ({ kind }: Pick<ListingForOrder, 'kind'>): Side =>
  kind === 'request' ? 'helper' : 'receiver';

/**
 * The listing that an order can be made from, for somebody who is not at its other side.
 * @throws `market.listing-not-found`, `market.listing-closed`, `market.own-listing`
 */
export async function openListing(
  db: Executor,
  wijkId: string,
  ref: string,
  member: string,
): Promise<ListingForOrder> {
  const listing = await listingForOrder(db, wijkId, { ref });
  if (!listing || listing.state === 'draft' || listing.state === 'review')
    throw new DomainError('not-found', 'market.listing-not-found');
  if (listing.state !== 'published') throw new DomainError('gone', 'market.listing-closed');
  if (await actsAs(db, wijkId, listing, member))
    throw new DomainError('conflict', 'market.own-listing');
  return listing;
}

/**
 * Asks for what a listing offers, or offers what it asks for: the first step of an order, once for one press.
 * Nothing is set aside yet.
 *
 * @throws what `openListing` says; `wallet.not-operator`, `market.too-many-open` {max}, `kernel.invalid`,
 *   `kernel.idempotency-mismatch`
 */
export async function requestOrder(
  services: Services,
  actor: Member,
  wijk: Wijk,
  asked: Asked,
  pressId: string,
): Promise<Stepped> {
  const { db } = services;
  const repeat = repeatOf(asked);
  const pressed = (terms: Partial<OrderTerms>): Pressed => ({
    ...{ pressId, step: 'request', by: actor.membershipId, listing: asked.listing, terms, repeat },
  });
  const startsAt = asked.startsAt === null ? null : new Date(asked.startsAt);
  const { minutes, places, materials } = asked;
  const said = { minutes, places, materials, startsAt };
  // a moment that has passed meanwhile takes nothing back
  const before = await answeredBefore(db, wijk.id, pressed(said));
  if (before) return before;
  try {
    return await inTransaction(db, async (tx) => {
      const listing = await openListing(tx, wijk.id, asked.listing, actor.membershipId);
      const opener = { membershipId: actor.membershipId, organisationId: asked.as };
      if (asked.as && !(await actsFor(tx, wijk.id, asked.as, actor.membershipId)))
        throw new DomainError('forbidden', 'wallet.not-operator');
      assertTwo(listing, opener);
      if ((await countOpenBy(tx, wijk.id, actor.membershipId)) >= OPEN_MAX)
        throw new DomainError('conflict', 'market.too-many-open', { params: { max: OPEN_MAX } });
      const terms = termsOf(listing, asked.rate, said);
      validate(terms, listing, services.clock.now());
      await assertMomentFree(services, tx, wijk, listing, terms);
      const questionId = await questionOf(tx, actor, wijk, listing, asked.question);
      const made = { listing, opener, terms, pressId, note: asked.note, repeat, questionId };
      return insert(services, tx, wijk, made);
    });
  } catch (error) {
    // another press under the same id was first by a moment
    if (violatedConstraint(error) !== 'order_event_press') throw error;
    const first = await answeredBefore(db, wijk.id, pressed(said));
    if (!first) throw error;
    return first;
  }
}

const repeatOf = ({ repeat }: Asked): Repeat | null =>
  repeat && { every: repeat.every, times: repeat.times, endsOn: repeat.until };

/**
 * The question that an order came from (M9): the one that a request was made of, or the one that somebody read with
 * the offer under an answer. A question that hides its asker is left out without a word: beside a name it would tell.
 */
async function questionOf(
  db: Executor,
  actor: Member,
  wijk: Wijk,
  listing: ListingForOrder,
  ref: string | null,
): Promise<string | null> {
  if (ref === null) return listing.questionId;
  const question = await questionForMarket(db, wijk.id, ref, actor).catch((error) => {
    // gone or hidden since they read it: the order is none the worse
    if (error instanceof DomainError) return null;
    throw error;
  });
  if (!question || !mayBeLinked(question)) return listing.questionId;
  const { id } = question;
  return (await isOfQuestion(db, wijk.id, id, listing.id)) ? id : listing.questionId;
}

/** @throws `market.own-listing` for who deals with themselves, or with their own organisation */
function assertTwo(listing: Party, opener: Party): void {
  const isSame =
    listing.membershipId === opener.membershipId ||
    (listing.organisationId !== null && listing.organisationId === opener.organisationId);
  if (isSame) throw new DomainError('conflict', 'market.own-listing');
}

function termsOf(
  { mode, rate }: ListingForOrder,
  missed: number,
  said: Omit<OrderTerms, 'mode' | 'rate'>,
): OrderTerms {
  return { mode, rate: mode === 'ability' ? missed : mode === 'free' ? 0 : rate, ...said };
}

function validate(terms: OrderTerms, { places }: ListingForOrder, now: Date): void {
  validateTerms(terms, now);
  const max = places ?? 1;
  if (terms.places > max)
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'places', code: 'too-large', params: { max } }],
    });
}

async function insert(
  services: Services,
  tx: Parameters<typeof insertOrder>[0],
  wijk: Wijk,
  made: {
    listing: ListingForOrder;
    opener: Party;
    terms: OrderTerms;
    pressId: string;
    note: string;
    repeat: Repeat | null;
    questionId: string | null;
  },
): Promise<Stepped> {
  const now = services.clock.now();
  const { listing, opener, terms, pressId, note, repeat, questionId } = made;
  const openedBy = openerOf(listing);
  const [receiver, helper] = openedBy === 'receiver' ? [opener, listing] : [listing, opener];
  const policy = await marketPolicyAt(tx, wijk.id, now);
  const id = randomUUID();
  const sides = {
    ...{ receiverId: receiver.membershipId, receiverOrganisation: receiver.organisationId },
    ...{ helperId: helper.membershipId, helperOrganisation: helper.organisationId, openedBy },
  };
  const { mode, rate, minutes, materials, startsAt } = terms;
  const first = { ...sides, mode, rate, minutes, materials, startsAt };
  const time = repeat && (await askForSeries(services, tx, wijk, listing, first, repeat));
  const order: StoredOrder = {
    ...{ wijkId: wijk.id, id, ref: newRef(), listingId: listing.id, ...sides },
    ...{ seriesId: null, seriesNumber: null, rulesAt: null, ...time },
    ...{ state: 'requested', awaiting: otherSide(openedBy), ...terms, workedMinutes: null },
    ...{ reserved: 0, reservationId: null, paid: 0, paymentId: null, givenBack: 0 },
    ...{ extraPaymentId: null, heldUpSince: null, heldUpSide: null, reviewsDueAt: null },
    ...{ questionId, version: 1, madeAt: now, completedAt: null },
    dueAt: orderDue('requested', terms, policy, now),
  };
  await insertOrder(tx, order, {
    ...{ wijkId: wijk.id, orderId: id, nr: 1, pressId, step: 'request', actor: openedBy },
    ...{ side: openedBy, by: opener.membershipId, state: 'requested', ...terms },
    ...{ amount: 0, withExtra: false, note: note.trim(), at: now },
  });
  await tellStepped(services, tx, order, 1);
  return { ref: order.ref, nr: 1, state: 'requested' };
}
