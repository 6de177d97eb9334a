import { uuidv7 } from '@wijk/domain/kernel';
import { type SQL, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { mailOptOut } from './tables.ts';

/** Who refuses: a member, or "the asker of this question" without saying who that is (V3). */
export type OptOutOf =
  | { audience: 'member'; membershipId: string }
  | { audience: 'asker'; questionId: string };

const of = (wijkId: string, whose: OptOutOf): SQL =>
  whose.audience === 'member'
    ? sql`o.wijk_id = ${wijkId} and o.audience = 'member' and o.membership_id = ${whose.membershipId}`
    : sql`o.wijk_id = ${wijkId} and o.audience = 'asker' and o.question_id = ${whose.questionId}`;

/** The categories that are refused. */
export async function readRefused(
  db: Executor,
  wijkId: string,
  whose: OptOutOf,
): Promise<Set<string>> {
  const { rows } = await db.execute<{ category: string }>(
    sql`select o.category from notifications.mail_opt_out o where ${of(wijkId, whose)}`,
  );
  return new Set(rows.map((row) => row.category));
}

/** Refuses these categories; those that were refused already stay so. */
export async function refuseMail(
  tx: Executor,
  wijkId: string,
  whose: OptOutOf,
  categories: readonly string[],
  now: Date,
): Promise<void> {
  if (categories.length === 0) return;
  await tx
    .insert(mailOptOut)
    .values(
      categories.map((category) => ({
        wijkId,
        id: uuidv7(now),
        audience: whose.audience,
        membershipId: whose.audience === 'member' ? whose.membershipId : null,
        questionId: whose.audience === 'asker' ? whose.questionId : null,
        category,
        at: now,
      })),
    )
    .onConflictDoNothing();
}

/** Wants these categories again. */
export async function wantMail(
  tx: Transaction,
  wijkId: string,
  whose: OptOutOf,
  categories: readonly string[],
): Promise<void> {
  if (categories.length === 0) return;
  await tx.execute(
    sql`delete from notifications.mail_opt_out o where ${of(wijkId, whose)} and o.category in ${categories}`,
  );
}

/**
 * Whether this mail is refused, asked at the moment of sending. Mail for an asker is refused by "the
 * asker of this question", or by the member of that address; the address was looked up for the mail
 * and is kept nowhere.
 */
export async function isRefused(
  db: Executor,
  mail: {
    wijkId: string;
    audience: string;
    membershipId: string | null;
    questionId: string | null;
  },
  category: string,
  email: string,
): Promise<boolean> {
  const byMember =
    mail.audience === 'asker'
      ? sql`o.membership_id in (select m.id from identity.membership m
          join identity.person p on p.id = m.person_id
          where m.wijk_id = ${mail.wijkId} and p.email = ${email})`
      : sql`o.membership_id = ${mail.membershipId}`;
  const byAsker =
    mail.audience === 'asker'
      ? sql`(o.audience = 'asker' and o.question_id = ${mail.questionId})`
      : sql`false`;
  const { rows } = await db.execute(sql`
    select 1 from notifications.mail_opt_out o
    where o.wijk_id = ${mail.wijkId} and o.category = ${category}
      and (${byAsker} or (o.audience = 'member' and ${byMember})) limit 1`);
  return rows.length > 0;
}
