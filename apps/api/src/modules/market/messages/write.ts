import { randomUUID } from 'node:crypto';
import type { BodyOf, writeMessage as contract, EventType, ReplyOf } from '@wijk/contracts';
import {
  appendEvent,
  type Executor,
  hintLive,
  inTransaction,
  newRef,
  type Transaction,
} from '@wijk/db/kernel';
import {
  addMessage,
  countBegun,
  findConversation,
  findMessagePress,
  lockConversation,
  markRead,
  openConversation,
  readOrder,
  type StoredConversation,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DAY_MS, DomainError } from '@wijk/domain/kernel';
import { CONVERSATIONS_A_DAY, otherSide } from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import { openListing } from '../orders/request.ts';
import { orderNotFound, partyOf, sideOf } from '../orders/sides.ts';
import { conversationNotFound, everybodyIn, sideIn } from './sides.ts';

type Place = Pick<BodyOf<typeof contract>, 'listing' | 'order' | 'conversation'>;
/** Who writes with whom about what, whether or not anything was written. */
export type Pair = Pick<
  StoredConversation,
  'wijkId' | 'listingId' | 'askerId' | 'askerOrganisation' | 'authorId' | 'authorOrganisation'
>;

/**
 * The two who write, by a listing that somebody asks about or by an order. Of an order the asker is whoever made it.
 * @throws what `openListing` says, `market.order-not-found`, `market.both-sides`, `kernel.invalid` unless one is named
 */
export async function pairAt(
  db: Executor,
  { wijkId, membershipId }: Member,
  { listing, order }: Place,
): Promise<Pair> {
  if (order !== undefined && listing === undefined) {
    const found = await readOrder(db, wijkId, { ref: order });
    await sideOf(db, wijkId, found, membershipId);
    if (!found) throw orderNotFound();
    const asker = partyOf(found, found.openedBy);
    const author = partyOf(found, otherSide(found.openedBy));
    return {
      ...{ wijkId, listingId: found.listingId, askerId: asker.membershipId },
      ...{ askerOrganisation: asker.organisationId, authorId: author.membershipId },
      authorOrganisation: author.organisationId,
    };
  }
  if (listing === undefined || order !== undefined)
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'listing', code: 'required' }],
    });
  const found = await openListing(db, wijkId, listing, membershipId);
  return {
    ...{ wijkId, listingId: found.id, askerId: membershipId, askerOrganisation: null },
    ...{ authorId: found.membershipId, authorOrganisation: found.organisationId },
  };
}

async function conversationAt(
  { clock }: Services,
  tx: Transaction,
  actor: Member,
  place: Place,
): Promise<StoredConversation> {
  const { wijkId } = actor;
  if (place.conversation !== undefined) {
    const found = await findConversation(tx, wijkId, { ref: place.conversation });
    if (!found) throw conversationNotFound();
    return found;
  }
  const pair = await pairAt(tx, actor, place);
  const there = await findConversation(tx, wijkId, pair);
  if (there) return there;
  const now = clock.now();
  const since = new Date(now.getTime() - DAY_MS);
  if ((await countBegun(tx, wijkId, pair.askerId, since)) >= CONVERSATIONS_A_DAY)
    throw new DomainError('conflict', 'market.too-many-conversations', {
      params: { max: CONVERSATIONS_A_DAY },
    });
  return openConversation(tx, {
    ...pair,
    ...{ id: randomUUID(), ref: newRef(), madeAt: now, lastAt: now },
  });
}

/**
 * Writes to the other side, once for one press: number, event and hint are one transaction behind the lock on the
 * conversation. What is written about how to reach somebody is kept whole and held back where it is read.
 * @throws `market.conversation-not-found`, `market.both-sides`, `market.too-many-conversations`,
 *   `kernel.idempotency-mismatch`, and what `pairAt` says
 */
export async function writeMessage(
  services: Services,
  actor: Member,
  { body, ...place }: BodyOf<typeof contract>,
  pressId: string,
): Promise<ReplyOf<typeof contract>> {
  const { db, clock } = services;
  const { wijkId, membershipId } = actor;
  return inTransaction(db, async (tx) => {
    const found = await conversationAt(services, tx, actor, place);
    const one = await lockConversation(tx, wijkId, found.id);
    const side = await sideIn(tx, one, membershipId);
    if (!one) throw conversationNotFound();
    const before = await findMessagePress(tx, wijkId, pressId);
    if (before) {
      const same =
        before.conversationId === one.id && before.by === membershipId && before.body === body;
      if (!same) throw new DomainError('conflict', 'kernel.idempotency-mismatch');
      return { ref: one.ref, nr: before.nr };
    }
    const now = clock.now();
    const nr = one.last + 1;
    const conversationId = one.id;
    await addMessage(tx, {
      ...{ wijkId, conversationId, nr, pressId, side, by: membershipId, body, at: now },
    });
    // whoever answers has read what stands above it
    await markRead(tx, { wijkId, conversationId, membershipId, nr });
    await tellConversation(services, tx, 'message.sent.v1', one, { nr: String(nr) });
    return { ref: one.ref, nr };
  });
}

/** Its event, and a hint to the open pages of both sides. */
export async function tellConversation(
  { subscriptions, clock }: Services,
  tx: Transaction,
  type: Extract<EventType, 'message.sent.v1' | `conversation.${string}`>,
  one: StoredConversation,
  more: Record<string, string>,
): Promise<void> {
  const { wijkId, id: conversationId } = one;
  await appendEvent(tx, subscriptions, clock.now(), {
    ...{ wijkId, type, payload: { conversationId, ...more } },
  });
  const members = await everybodyIn(tx, one);
  await hintLive(tx, ...members.map((m) => ({ w: wijkId, t: 'me', m, k: 'message' })));
}

/** @throws `market.conversation-not-found`, `market.both-sides` */
export async function markConversationRead(
  { db }: Services,
  { wijkId, membershipId }: Member,
  ref: string,
  nr: number,
): Promise<void> {
  const one = await findConversation(db, wijkId, { ref });
  await sideIn(db, one, membershipId);
  if (!one) throw conversationNotFound();
  const read = { wijkId, conversationId: one.id, membershipId, nr: Math.min(nr, one.last) };
  await markRead(db, read);
}
