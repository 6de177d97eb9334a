import { DAY_MS } from '@wijk/domain/kernel';
import { DEFAULT_CALENDAR, DEFAULT_POLICY } from '@wijk/domain/wijk';
import { eq, sql } from 'drizzle-orm';
import { expertise, membership, person, roleGrant } from '../src/identity/tables.ts';
import { connect, inTransaction, type Transaction } from '../src/kernel/database.ts';
import { askBack, duty, questionRevision, savedAnswer } from '../src/vraagbaak/desk-tables.ts';
import { comment, mention, replyRevision, useful } from '../src/vraagbaak/dialogue-tables.ts';
import { appeal, flag, moderationDecision } from '../src/vraagbaak/moderation-tables.ts';
import { photo } from '../src/vraagbaak/photo-tables.ts';
import {
  answer,
  assignment,
  deskAction,
  follow,
  promise,
  promiseEvent,
  promiseStep,
  question,
} from '../src/vraagbaak/tables.ts';
import { phraseList, wijk } from '../src/wijk/tables.ts';
import { DEMONSTRATION_WIJK } from './accounts.ts';
import { fillAgendas } from './agendas.ts';
import { type CastMember, castOf, expertsIn } from './cast.ts';
import { fillComplaints } from './complaints.ts';
import { readPeople, readQuestions } from './content.ts';
import { dialogueRows } from './dialogue.ts';
import { fillApps } from './ehealth.ts';
import { fillHours } from './hours.ts';
import { fillLife } from './life.ts';
import { fillMarket } from './market.ts';
import { fillMarketDialogue } from './market-dialogue.ts';
import { fillMarketPhotos } from './market-photos.ts';
import { fillOrders } from './orders.ts';
import { photoRows } from './photos.ts';
import { planHistory } from './plan.ts';
import { type Chance, chance as seededChance } from './random.ts';
import { phraseRows, rosterRows, savedAnswerRows } from './redactie.ts';
import { type HistoryRows, historyRows } from './rows.ts';
import { historyStart } from './schedule.ts';
import { fillVetting } from './vetting.ts';
import { fillWallets } from './wallet.ts';
import { walletNames } from './wallet-plan.ts';
import { createWijk } from './wijk.ts';

/** Any number that nobody else uses; two starting processes must not both fill the wijk. */
const SEED_LOCK = 7_203_116;
const SEED = 2_026;

/**
 * Fills the demonstration wijk: its people, two hundred questions over the last eight weeks, and a
 * desk with work on it. Nothing happens where the wijk is there already; all of it is one
 * transaction. The same `now` gives the same rows. Writes no events and no mail: the history is
 * not told again. `ownerUrl` logs in as the owner of the tables.
 */
export async function seedDemonstration(ownerUrl: string, { now }: { now: Date }): Promise<void> {
  const db = connect({ url: ownerUrl, max: 1, applicationName: 'wijk seed' });
  try {
    await inTransaction(db, async (tx) => {
      await tx.execute(sql`set local statement_timeout = '60s'`);
      await tx.execute(sql`set local lock_timeout = '30s'`);
      await tx.execute(sql`select pg_advisory_xact_lock(${SEED_LOCK})`);
      const there = await tx
        .select({ id: wijk.id })
        .from(wijk)
        .where(eq(wijk.slug, DEMONSTRATION_WIJK.slug));
      if (there.length > 0) return;
      await fill(tx, now);
      // without figures about the tables the planner reads all of them for one question
      await tx.execute(sql`analyze`);
    });
  } finally {
    await db.$client.end();
  }
}

async function fill(tx: Transaction, now: Date): Promise<void> {
  const chance = seededChance(SEED);
  const content = readQuestions();
  const cast = [...castOf(readPeople(), content).values()];
  const opened = new Date(historyStart(now).getTime() - 30 * DAY_MS);
  const { id: wijkId } = await createWijk(tx, {
    ...DEMONSTRATION_WIJK,
    id: chance.uuidAt(opened),
    now: opened,
  });
  const memberships = await storeCast(tx, cast, wijkId, opened, chance);
  const membershipOf = (name: string) => {
    const id = memberships.get(name);
    if (!id) throw new Error(`${name} is not in the cast`);
    return id;
  };
  const editors = cast.filter(({ roles }) => roles.has('editor'));
  const house = {
    wijkId,
    policy: DEFAULT_POLICY,
    calendar: DEFAULT_CALENDAR,
    membershipOf,
    editors: editors.map(({ name }) => membershipOf(name)),
    expertsOf: expertsIn(cast),
    now,
  };
  const rows = historyRows(planHistory(content, now, chance), house, chance);
  // changes some of the answers as well
  const dialogue = dialogueRows(rows, house);
  await storeHistory(tx, wijkId, rows);
  await tx.insert(comment).values(dialogue.comments);
  await tx.insert(mention).values(dialogue.mentions);
  await tx.insert(replyRevision).values(dialogue.revisions);
  await tx.insert(useful).values(dialogue.useful);
  const desk = { wijkId, membershipOf, now };
  await tx.insert(duty).values(rosterRows(desk));
  await tx.insert(savedAnswer).values(savedAnswerRows(desk, chance));
  await tx.insert(phraseList).values(phraseRows(desk));
  const names = cast.filter(({ roles }) => roles.has('resident')).map(({ name }) => name);
  const wallets = { wijkId, membershipOf, names: walletNames(names), opened, now };
  const booked = await fillWallets(tx, wallets);
  await fillMarket(tx, { wijkId, membershipOf, opened, now });
  await fillAgendas(tx, { wijkId, membershipOf, opened, now });
  await fillMarketPhotos(tx, wijkId);
  await fillMarketDialogue(tx, { wijkId, membershipOf, opened, now });
  const orders = await fillOrders(tx, { wijkId, membershipOf, now }, booked);
  await fillComplaints(tx, { wijkId, membershipOf, now });
  await fillHours(tx, { wijkId, membershipOf, now });
  await fillApps(tx, { wijkId, membershipOf, opened, now });
  await fillVetting(tx, { wijkId, membershipOf, opened, now });
  await fillLife(tx, { wijkId, membershipOf, now }, orders);
}

/** Returns memberships by name. */
async function storeCast(
  tx: Transaction,
  cast: readonly CastMember[],
  wijkId: string,
  opened: Date,
  chance: Chance,
): Promise<Map<string, string>> {
  const members = cast.map((member) => {
    const joinedAt = new Date(opened.getTime() + Math.floor(chance.between(0, 25) * DAY_MS));
    return { ...member, joinedAt, personId: chance.uuidAt(joinedAt), id: chance.uuidAt(joinedAt) };
  });
  await tx.insert(person).values(
    members.map(({ personId, email, name, joinedAt }) => ({
      id: personId,
      email,
      name,
      createdAt: joinedAt,
    })),
  );
  await tx.insert(membership).values(
    members.map(({ id, personId, title, about, joinedAt }) => ({
      wijkId,
      id,
      personId,
      title,
      about,
      joinedAt,
    })),
  );
  await tx.insert(roleGrant).values(
    members.flatMap(({ personId, roles, joinedAt }) =>
      [...roles].map((role) => ({
        id: chance.uuidAt(joinedAt),
        wijkId: role === 'platform-admin' ? null : wijkId,
        personId,
        role,
        validFrom: joinedAt,
      })),
    ),
  );
  // in the list of a theme they stand by name, which is whom the ladder would ask next anyway
  const listed = new Map<string, number>();
  const place = (theme: string) => {
    listed.set(theme, (listed.get(theme) ?? 0) + 1);
    return listed.get(theme) ?? 1;
  };
  await tx.insert(expertise).values(
    members
      .toSorted((a, b) => a.name.localeCompare(b.name, 'nl'))
      .flatMap(({ id, themes }) =>
        [...themes].map((theme) => ({
          wijkId,
          membershipId: id,
          theme,
          source: 'verified' as const,
          position: place(theme),
        })),
      ),
  );
  return new Map(members.map(({ name, id }) => [name, id]));
}

async function storeHistory(tx: Transaction, wijkId: string, rows: HistoryRows): Promise<void> {
  await tx.insert(question).values(rows.questions);
  await tx.execute(sql`
    select count(sealed.record_author(${wijkId}, a."questionId", a."membershipId")::text)
    from jsonb_to_recordset(${JSON.stringify(rows.authors)}::jsonb)
      as a ("questionId" uuid, "membershipId" uuid)`);
  await tx.insert(answer).values(rows.answers);
  await tx.insert(promise).values(rows.promises);
  await tx.insert(promiseStep).values(rows.steps);
  await tx.insert(promiseEvent).values(rows.events);
  await tx.insert(assignment).values(rows.assignments);
  await tx.insert(deskAction).values(rows.actions);
  await tx.insert(follow).values(rows.follows);
  await tx.insert(askBack).values(rows.askBacks);
  await tx.insert(questionRevision).values(rows.revisions);
  await tx.insert(flag).values(rows.flags);
  await tx.insert(moderationDecision).values(rows.decisions);
  await tx.insert(appeal).values(rows.appeals);
  await tx.insert(photo).values(photoRows(rows.questions));
}
