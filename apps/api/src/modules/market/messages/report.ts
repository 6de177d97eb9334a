import type {
  BodyOf,
  listReports as listContract,
  lookAtConversation as lookContract,
  ReplyOf,
  reportConversation as reportContract,
} from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  addLook,
  addReport,
  closeReport,
  findConversation,
  listMessages,
  listOpenReports,
  lockConversation,
  lockReport,
  type ReportRow,
  reportsOf,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { REPORT_REASONS } from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import { partyView } from '../orders/views.ts';
import { aboutListing, namesFor } from './read.ts';
import { conversationNotFound, facing, partyIn, sideIn, sidesIn } from './sides.ts';
import { tellConversation } from './write.ts';

/**
 * A side asks the market master to read their conversation. One that is open already changes nothing.
 * @throws `market.conversation-not-found`, `market.both-sides`
 */
export async function reportConversation(
  services: Services,
  { wijkId, membershipId }: Member,
  ref: string,
  { reason, note }: BodyOf<typeof reportContract>,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    const found = await findConversation(tx, wijkId, { ref });
    const one = found && (await lockConversation(tx, wijkId, found.id));
    const side = await sideIn(tx, one, membershipId);
    if (!one || one.last === 0) throw conversationNotFound();
    const reports = await reportsOf(tx, wijkId, one.id);
    if (reports.some((report) => report.side === side && report.closedAt === null)) return;
    const now = services.clock.now();
    const id = uuidv7(now);
    await addReport(tx, {
      ...{ wijkId, id, conversationId: one.id, by: membershipId, side, reason, note, at: now },
    });
    await tellConversation(services, tx, 'conversation.reported.v1', one, { reportId: id });
  });
}

const LISTED = 100;
const SHOWN = 500;

async function reportView(
  { db }: Services,
  { wijkId, membershipId }: Member,
  { report, conversation }: ReportRow,
) {
  const by = partyIn(conversation, report.side);
  const other = partyIn(conversation, facing(report.side));
  const names = await namesFor(db, wijkId, [by, other]);
  const { id, note, at } = report;
  return {
    ...{ id, note, at: at.toISOString() },
    by: partyView(by, names),
    other: partyView(other, names),
    reason: REPORT_REASONS.find((one) => one === report.reason) ?? ('other' as const),
    own: (await sidesIn(db, conversation, membershipId)).length > 0,
  };
}

export async function openReports(
  services: Services,
  actor: Member,
): Promise<ReplyOf<typeof listContract>> {
  const rows = await listOpenReports(services.db, actor.wijkId, LISTED);
  return { items: await Promise.all(rows.map((row) => reportView(services, actor, row))) };
}

/**
 * A report that is open, for a market master who is at neither side, locked.
 * @throws `market.report-not-found`, `market.report-closed`, `market.own-order`
 */
async function openReport(tx: Transaction, { wijkId, membershipId }: Member, id: string) {
  const report = await lockReport(tx, wijkId, id);
  const conversation =
    report && (await findConversation(tx, wijkId, { id: report.conversationId }));
  if (!conversation) throw new DomainError('not-found', 'market.report-not-found');
  if ((await sidesIn(tx, conversation, membershipId)).length > 0)
    throw new DomainError('forbidden', 'market.own-order');
  if (report.closedAt) throw new DomainError('gone', 'market.report-closed');
  return { report, conversation };
}

/** Reads what two others wrote. The look is a row of the same transaction: without it nothing is read. */
export async function lookAtConversation(
  services: Services,
  actor: Member,
  id: string,
): Promise<ReplyOf<typeof lookContract>> {
  const { wijkId, membershipId } = actor;
  const { row, messages } = await inTransaction(services.db, async (tx) => {
    const row = await openReport(tx, actor, id);
    const conversationId = row.conversation.id;
    const now = services.clock.now();
    await addLook(tx, {
      ...{ wijkId, id: uuidv7(now), reportId: id, conversationId, by: membershipId, at: now },
    });
    return { row, messages: await listMessages(tx, wijkId, conversationId, SHOWN) };
  });
  const { db } = services;
  const names = await namesFor(
    db,
    wijkId,
    [],
    messages.map(({ by }) => by),
  );
  return {
    report: await reportView(services, actor, row),
    listing: await aboutListing(db, row.conversation),
    messages: messages.map(({ nr, side, by, body, at }) => ({
      ...{ nr, body, at: at.toISOString(), name: names.members.get(by) || null },
      side: side === row.report.side ? 'by' : 'other',
    })),
  };
}

/** Says what was done, for both sides; nobody reads the conversation by this report any more. */
export async function settleReport(
  services: Services,
  actor: Member,
  id: string,
  outcome: string,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    const { conversation } = await openReport(tx, actor, id);
    const done = { closedAt: services.clock.now(), closedBy: actor.membershipId, outcome };
    await closeReport(tx, actor.wijkId, id, done);
    const what = { reportId: id };
    await tellConversation(services, tx, 'conversation.judged.v1', conversation, what);
  });
}
