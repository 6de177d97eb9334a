import { DAY_MS, HOUR_MS } from '@wijk/domain/kernel';
import { reviewsClose } from '@wijk/domain/market';
import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../src/kernel/database.ts';
import { handover, welfare } from '../src/market/handover-tables.ts';
import { conversation, message, messageRead } from '../src/market/message-tables.ts';
import { order } from '../src/market/order-tables.ts';
import { review } from '../src/market/review-tables.ts';
import { listing } from '../src/market/tables.ts';
import { organisation } from '../src/wallet/tables.ts';
import { CONVERSATIONS, HANDED_OVER, REVIEWS, WELFARE } from './life-plan.ts';
import type { WrittenOrder } from './orders.ts';
import { type Chance, chance as seededChance } from './random.ts';

const SEED = 16_2026;
const MASTER = 'Ineke Bloemhof';

interface Place {
  wijkId: string;
  membershipOf: (name: string) => string;
  now: Date;
}

/** What neighbours say and write around their orders: reviews, messages, and a request that went on to somebody else. */
export async function fillLife(
  tx: Transaction,
  place: Place,
  orders: readonly WrittenOrder[],
): Promise<void> {
  if (orders.length === 0) return;
  const chance = seededChance(SEED);
  for (const planned of REVIEWS) {
    const about = orders.filter(
      ({ plan, receiver, helper }) =>
        plan.listing === planned.listing &&
        receiver === planned.receiver &&
        helper === planned.helper &&
        (plan.time?.number ?? 0) === (planned.time ?? 0),
    );
    for (const one of about.slice(0, 1)) await say(tx, place, chance, one, planned);
  }
  for (const planned of CONVERSATIONS) {
    const one = orders.find(
      ({ plan, receiver, helper }) =>
        plan.listing === planned.listing &&
        [receiver, helper].includes(planned.asker) &&
        plan.time === undefined,
    );
    if (!one) throw new Error(`${planned.asker} wrote about what is not there`);
    await talk(tx, place, chance, one, planned);
  }
  await handOn(tx, place);
}

/** Both sides of an order, or the first of the two, whose words nobody reads yet. */
async function say(
  tx: Transaction,
  { wijkId, membershipOf, now }: Place,
  chance: Chance,
  one: WrittenOrder,
  planned: (typeof REVIEWS)[number],
): Promise<void> {
  const { completedAt } = one.row;
  if (completedAt === null) throw new Error('a review of what is not done');
  const both = planned.said.length > 1;
  const at = (i: number) =>
    new Date(Math.min(completedAt.getTime() + (i + 1) * 5 * HOUR_MS, now.getTime() - HOUR_MS));
  const bothAt = both ? at(planned.said.length - 1) : null;
  await tx.insert(review).values(
    planned.said.map(({ side, stars, body }, i) => ({
      ...{ wijkId, orderId: one.id, side, id: chance.uuid(), stars, body, bothAt },
      by: membershipOf(side === 'receiver' ? one.receiver : one.helper),
      aboutId: membershipOf(side === 'receiver' ? one.helper : one.receiver),
      ...{ at: at(i), closesAt: reviewsClose(completedAt) },
    })),
  );
  if (both)
    await tx
      .update(order)
      .set({ reviewsDueAt: null })
      .where(sql`${order.wijkId} = ${wijkId} and ${order.id} = ${one.id}`);
}

/** What whoever asked and the author of the listing wrote to each other; the last one is not read yet. */
async function talk(
  tx: Transaction,
  { wijkId, membershipOf, now }: Place,
  chance: Chance,
  one: WrittenOrder,
  { asker, lines }: (typeof CONVERSATIONS)[number],
): Promise<void> {
  const author = asker === one.receiver ? one.helper : one.receiver;
  const id = chance.uuid();
  const at = (hours: number) => new Date(now.getTime() - hours * HOUR_MS);
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) throw new Error('a conversation without a word');
  await tx.insert(conversation).values({
    ...{ wijkId, id, ref: chance.ref(), listingId: one.listingId },
    ...{ askerId: membershipOf(asker), authorId: membershipOf(author), last: lines.length },
    ...{ lastAt: at(last.ago), madeAt: at(first.ago) },
  });
  await tx.insert(message).values(
    lines.map(({ side, ago, body }, i) => ({
      ...{ wijkId, conversationId: id, nr: i + 1, pressId: chance.uuid(), side, body },
      ...{ by: membershipOf(side === 'asker' ? asker : author), at: at(ago) },
    })),
  );
  const writer = last.side === 'asker' ? asker : author;
  const reader = last.side === 'asker' ? author : asker;
  await tx.insert(messageRead).values([
    { wijkId, conversationId: id, membershipId: membershipOf(writer), nr: lines.length },
    { wijkId, conversationId: id, membershipId: membershipOf(reader), nr: lines.length - 1 },
  ]);
}

/** The wijk named its welfare organisation, and a request that nobody took went there. */
async function handOn(tx: Transaction, { wijkId, membershipOf, now }: Place): Promise<void> {
  const [to] = await tx
    .select({ id: organisation.id })
    .from(organisation)
    .where(sql`${organisation.wijkId} = ${wijkId} and ${organisation.name} = ${WELFARE}`);
  const listed = await tx
    .select({ id: listing.id, title: listing.title, publishedAt: listing.publishedAt })
    .from(listing)
    .where(eq(listing.wijkId, wijkId));
  const from = listed.find(({ title }) => title.startsWith(HANDED_OVER.title));
  if (!to || !from) throw new Error('what was handed over is not there');
  const by = membershipOf(MASTER);
  const named = new Date(now.getTime() - 30 * DAY_MS);
  await tx.insert(welfare).values({ wijkId, nr: 1, organisationId: to.id, at: named, by });
  const at = new Date(now.getTime() - HANDED_OVER.ago * HOUR_MS);
  await tx.insert(handover).values({
    ...{ wijkId, listingId: from.id, organisationId: to.id, by, note: HANDED_OVER.note, at },
  });
}
