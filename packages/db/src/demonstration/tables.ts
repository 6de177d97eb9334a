import { index, pgSchema, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../kernel/columns.ts';

export const demonstration = pgSchema('demonstration');

/** What the demonstration's own SMTP server received. Empty outside demonstration mode. */
export const mailbox = demonstration.table(
  'mailbox',
  {
    id: uuid('id').primaryKey(),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    raw: text('raw').notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [
    index('mailbox_newest').on(t.receivedAt.desc()),
    index('mailbox_to').on(t.recipient, t.receivedAt.desc()),
  ],
);
