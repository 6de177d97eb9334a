import type {
  ConversationView,
  findConversation as findContract,
  listConversations as listContract,
  QueryOf,
  ReplyOf,
} from '@wijk/contracts';
import type { Executor } from '@wijk/db/kernel';
import {
  everAgreed,
  findConversation,
  listConversations,
  listingForOrder,
  listMessages,
  looksOf,
  readNr,
  reportsOf,
  type StoredConversation,
  type StoredMessage,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { contactParts, heldBack } from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import { memberNames } from '../../identity/index.ts';
import { listActing, organisationNames } from '../../wallet/index.ts';
import type { Party } from '../orders/sides.ts';
import { partyView } from '../orders/views.ts';
import { type ConversationSide, conversationNotFound, facing, partyIn, sideIn } from './sides.ts';
import { type Pair, pairAt } from './write.ts';

const SHOWN = 200;
const LISTED = 100;

export async function namesFor(
  db: Executor,
  wijkId: string,
  parties: readonly Party[],
  more: readonly string[] = [],
) {
  const [members, organisations] = await Promise.all([
    memberNames(db, wijkId, [...new Set([...parties.map((p) => p.membershipId), ...more])]),
    organisationNames(
      db,
      wijkId,
      parties.map((p) => p.organisationId).filter((id) => id !== null),
    ),
  ]);
  return { members, organisations };
}

export async function aboutListing(db: Executor, { wijkId, listingId }: Pair) {
  const listing = await listingForOrder(db, wijkId, { id: listingId });
  if (!listing) throw conversationNotFound();
  const { ref, slug, title } = listing;
  return { ref, slug, title };
}

/** The other side's details are empty until both agreed; one's own stand as they were written. */
const partsOf = ({ body, side }: StoredMessage, reader: ConversationSide, agreed: boolean) =>
  side === reader || agreed ? contactParts(body) : heldBack(body);

async function viewOf(
  db: Executor,
  one: StoredConversation,
  side: ConversationSide,
  member: string,
): Promise<ConversationView> {
  const { wijkId, id } = one;
  const [messages, agreed, reports, looks, listing, read] = await Promise.all([
    listMessages(db, wijkId, id, SHOWN),
    everAgreed(db, one),
    reportsOf(db, wijkId, id),
    looksOf(db, wijkId, id),
    aboutListing(db, one),
    readNr(db, wijkId, id, member),
  ]);
  const party = partyIn(one, facing(side));
  const names = await namesFor(
    db,
    wijkId,
    [party],
    messages.map(({ by }) => by),
  );
  return {
    ...{ ref: one.ref, listing, party: partyView(party, names), agreed, readNr: read },
    messages: messages.map((message) => ({
      ...{ nr: message.nr, own: message.side === side, at: message.at.toISOString() },
      name: names.members.get(message.by) || null,
      parts: partsOf(message, side, agreed),
    })),
    reported: reports.some((report) => report.side === side && report.closedAt === null),
    outcomes: reports.flatMap(({ outcome, closedAt }) =>
      closedAt ? [{ outcome, at: closedAt.toISOString() }] : [],
    ),
    looks: looks.map(({ at }) => at.toISOString()),
  };
}

/** @throws `market.conversation-not-found`, `market.both-sides` */
export async function readConversation(
  { db }: Services,
  { wijkId, membershipId }: Member,
  ref: string,
): Promise<ConversationView> {
  const one = await findConversation(db, wijkId, { ref });
  const side = await sideIn(db, one, membershipId);
  if (!one) throw conversationNotFound();
  return viewOf(db, one, side, membershipId);
}

/** What was written, or with whom one would write. @throws as `pairAt` */
export async function conversationFor(
  { db }: Services,
  actor: Member,
  place: QueryOf<typeof findContract>,
): Promise<ConversationView> {
  const { wijkId, membershipId } = actor;
  const pair = await pairAt(db, actor, place);
  const one = await findConversation(db, wijkId, pair);
  if (one) return viewOf(db, one, await sideIn(db, one, membershipId), membershipId);
  const drawn = { ...pair, id: '', ref: '', last: 0, lastAt: new Date(0), madeAt: new Date(0) };
  const side = await sideIn(db, drawn, membershipId);
  const party = partyIn(drawn, facing(side));
  const names = await namesFor(db, wijkId, [party]);
  return {
    ...{ ref: null, listing: await aboutListing(db, pair), party: partyView(party, names) },
    ...{ agreed: await everAgreed(db, drawn), messages: [], readNr: 0, reported: false },
    ...{ outcomes: [], looks: [] },
  };
}

export async function ownConversations(
  { db }: Services,
  { wijkId, membershipId }: Member,
): Promise<ReplyOf<typeof listContract>> {
  const acting = await listActing(db, wijkId, membershipId);
  const organisations = acting.map(({ id }) => id);
  const rows = await listConversations(db, wijkId, { membershipId, organisations }, LISTED);
  const sideOf = ({ authorId, authorOrganisation }: StoredConversation): ConversationSide =>
    (
      authorOrganisation === null
        ? authorId === membershipId
        : organisations.includes(authorOrganisation)
    )
      ? 'author'
      : 'asker';
  const parties = rows.map((row) => partyIn(row, facing(sideOf(row))));
  const names = await namesFor(db, wijkId, parties);
  return {
    items: rows.map((row, i) => ({
      ...{ ref: row.ref, listing: row.listing, unread: row.unread },
      party: partyView(parties[i] ?? partyIn(row, 'author'), names),
      lastAt: row.lastAt.toISOString(),
    })),
  };
}
