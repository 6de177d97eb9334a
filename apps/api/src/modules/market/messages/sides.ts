import type { Executor } from '@wijk/db/kernel';
import {
  findConversation,
  isFirstUnread,
  readMessage,
  type StoredConversation,
} from '@wijk/db/market';
import { DomainError } from '@wijk/domain/kernel';
import { actsAs, membersOf, type Party } from '../orders/sides.ts';

export type ConversationSide = 'asker' | 'author';
export const CONVERSATION_SIDES = ['asker', 'author'] as const;
export const facing = (side: ConversationSide): ConversationSide =>
  side === 'asker' ? 'author' : 'asker';

export const partyIn = (one: StoredConversation, side: ConversationSide): Party =>
  side === 'asker'
    ? { membershipId: one.askerId, organisationId: one.askerOrganisation }
    : { membershipId: one.authorId, organisationId: one.authorOrganisation };

export const conversationNotFound = () =>
  new DomainError('not-found', 'market.conversation-not-found');

/** The sides that a member acts for: none, one, or both where they came to act for an organisation since. */
export async function sidesIn(
  db: Executor,
  one: StoredConversation,
  member: string,
): Promise<ConversationSide[]> {
  const acts = await Promise.all(
    CONVERSATION_SIDES.map((side) => actsAs(db, one.wijkId, partyIn(one, side), member)),
  );
  return CONVERSATION_SIDES.filter((_, i) => acts[i]);
}

/** @throws `market.conversation-not-found` to whom it is none of their business, `market.both-sides` */
export async function sideIn(
  db: Executor,
  one: StoredConversation | undefined,
  member: string,
): Promise<ConversationSide> {
  const [side, other] = one ? await sidesIn(db, one, member) : [];
  if (!side) throw conversationNotFound();
  if (other) throw new DomainError('forbidden', 'market.both-sides');
  return side;
}

/** Everybody who acts for either side now. */
export async function everybodyIn(db: Executor, one: StoredConversation): Promise<string[]> {
  const both = await Promise.all(
    CONVERSATION_SIDES.map((side) => membersOf(db, one.wijkId, partyIn(one, side))),
  );
  return [...new Set(both.flat())];
}

/** What there is to tell of a conversation: whom it concerns, never what is in it. */
export async function conversationNews(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<{ one: StoredConversation; asker: string[]; author: string[] } | undefined> {
  const one = await findConversation(db, wijkId, { id });
  if (!one) return undefined;
  const [asker = [], author = []] = await Promise.all(
    CONVERSATION_SIDES.map((side) => membersOf(db, wijkId, partyIn(one, side))),
  );
  return { one, asker, author };
}

/** Members of the other side for whom a message is the first that they have not read. */
export async function messageToTell(
  db: Executor,
  wijkId: string,
  conversationId: string,
  nr: number,
): Promise<string[]> {
  const news = await conversationNews(db, wijkId, conversationId);
  const message = news && (await readMessage(db, wijkId, conversationId, nr));
  if (!message) return [];
  const members = news[facing(message.side)];
  const first = await Promise.all(
    members.map((id) => isFirstUnread(db, wijkId, conversationId, nr, id)),
  );
  return members.filter((_, i) => first[i]);
}
