import { and, eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import {
  conversation,
  conversationLook,
  message,
  messageRead,
  messageReport,
} from './message-tables.ts';

export type StoredConversation = typeof conversation.$inferSelect;
export type StoredMessage = typeof message.$inferSelect;
export type StoredReport = typeof messageReport.$inferSelect;

/** Makes the conversation of these two about a listing, or finds it: of two at once there is one. */
export async function openConversation(
  tx: Transaction,
  fresh: typeof conversation.$inferInsert,
): Promise<StoredConversation> {
  await tx
    .insert(conversation)
    .values(fresh)
    .onConflictDoNothing({
      target: [
        conversation.wijkId,
        conversation.listingId,
        conversation.askerId,
        conversation.askerOrganisation,
      ],
    });
  const found = await findConversation(tx, fresh.wijkId, {
    listingId: fresh.listingId,
    askerId: fresh.askerId,
    askerOrganisation: fresh.askerOrganisation ?? null,
  });
  if (!found) throw new Error('a conversation was neither made nor found');
  return found;
}

export type ConversationKey =
  | { ref: string }
  | { id: string }
  | { listingId: string; askerId: string; askerOrganisation: string | null };

const isIt = (by: ConversationKey) =>
  'ref' in by
    ? eq(conversation.ref, by.ref)
    : 'id' in by
      ? eq(conversation.id, by.id)
      : and(
          eq(conversation.listingId, by.listingId),
          eq(conversation.askerId, by.askerId),
          sql`${conversation.askerOrganisation} is not distinct from ${by.askerOrganisation}`,
        );

export async function findConversation(
  db: Executor,
  wijkId: string,
  by: ConversationKey,
): Promise<StoredConversation | undefined> {
  const [row] = await db
    .select()
    .from(conversation)
    .where(and(eq(conversation.wijkId, wijkId), isIt(by)));
  return row;
}

/** Locks one, so that its messages get their numbers one after the other. */
export async function lockConversation(
  tx: Transaction,
  wijkId: string,
  id: string,
): Promise<StoredConversation | undefined> {
  const [row] = await tx
    .select()
    .from(conversation)
    .where(and(eq(conversation.wijkId, wijkId), eq(conversation.id, id)))
    .for('no key update');
  return row;
}

/** Writes the next message. Behind the lock on the conversation. */
export async function addMessage(
  tx: Transaction,
  fresh: typeof message.$inferInsert,
): Promise<void> {
  const { wijkId, conversationId, nr, at } = fresh;
  await tx.insert(message).values(fresh);
  await tx
    .update(conversation)
    .set({ last: nr, lastAt: at })
    .where(and(eq(conversation.wijkId, wijkId), eq(conversation.id, conversationId)));
}

export async function findMessagePress(
  db: Executor,
  wijkId: string,
  pressId: string,
): Promise<StoredMessage | undefined> {
  const [row] = await db
    .select()
    .from(message)
    .where(and(eq(message.wijkId, wijkId), eq(message.pressId, pressId)));
  return row;
}

/** Notes how far somebody read; never back. */
export async function markRead(db: Executor, read: typeof messageRead.$inferInsert): Promise<void> {
  await db
    .insert(messageRead)
    .values(read)
    .onConflictDoUpdate({
      target: [messageRead.wijkId, messageRead.conversationId, messageRead.membershipId],
      set: { nr: sql`greatest(${messageRead.nr}, excluded.nr)` },
    });
}

export async function addReport(
  tx: Transaction,
  report: typeof messageReport.$inferInsert,
): Promise<void> {
  await tx.insert(messageReport).values(report);
}

export async function lockReport(
  tx: Transaction,
  wijkId: string,
  id: string,
): Promise<StoredReport | undefined> {
  const [row] = await tx
    .select()
    .from(messageReport)
    .where(and(eq(messageReport.wijkId, wijkId), eq(messageReport.id, id)))
    .for('no key update');
  return row;
}

export async function closeReport(
  tx: Transaction,
  wijkId: string,
  id: string,
  done: { closedAt: Date; closedBy: string; outcome: string },
): Promise<void> {
  await tx
    .update(messageReport)
    .set(done)
    .where(and(eq(messageReport.wijkId, wijkId), eq(messageReport.id, id)));
}

export async function addLook(
  tx: Transaction,
  look: typeof conversationLook.$inferInsert,
): Promise<void> {
  await tx.insert(conversationLook).values(look);
}
