import type {
  DeskItem,
  listDesk as listContract,
  QueryOf,
  ReplyOf,
  readDesk as readContract,
} from '@wijk/contracts';
import {
  type CommentRow,
  countDesk,
  type DeskRow,
  listDesk,
  listDeskComments,
  listExperts,
  listPhotos,
  type PaneDetail,
  readDeskItem,
  readHiddenAnswers,
  readHistory,
  readPaneDetail,
  readQuestion,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import {
  answerView,
  commentView,
  cursorOf,
  type Reader,
  readCursor,
  summaryView,
} from '../present.ts';

/** Share of the term that has passed; for the bar, so plain elapsed time is exact enough. */
function usedShare({ promise }: DeskRow, now: Date): number {
  const term = promise.dueAt.getTime() - promise.startedAt.getTime();
  const until = (promise.keptAt ?? promise.pausedAt ?? now).getTime();
  return Math.max(0, (until - promise.startedAt.getTime()) / Math.max(1, term));
}

function itemView(row: DeskRow, actor: Member, now: Date): DeskItem {
  return {
    ...summaryView(row, now),
    used: Math.round(usedShare(row, now) * 1000) / 1000,
    claim: row.claim && {
      name: row.claim.name,
      mine: row.claim.by === actor.membershipId,
      until: row.claim.until.toISOString(),
    },
    assignee: row.assignee && { ...row.assignee, since: row.assignee.since.toISOString() },
    toCheck: row.toCheck,
    own: row.own,
    waitingUntil: row.promise.pauseEndsAt?.toISOString() ?? null,
    byAsker: row.byAsker,
    attention: row.attention,
  };
}

/** The queue of the redactie with its counts (V6). */
export async function editorialQueue(
  services: Services,
  actor: Member,
  wijk: Wijk,
  query: QueryOf<typeof listContract>,
): Promise<ReplyOf<typeof listContract>> {
  const now = services.clock.now();
  const [rows, { dueToday, ...counts }] = await Promise.all([
    listDesk(
      services.db,
      wijk.id,
      actor.membershipId,
      {
        filter: query.filter,
        theme: query.theme,
        limit: query.limit + 1,
        after: readDeskCursor(query.cursor),
      },
      now,
    ),
    countDesk(services.db, wijk.id, actor.membershipId, now, wijk.timeZone),
  ]);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const more = rows.length > query.limit && last;
  return {
    items: shown.map((row) => itemView(row, actor, now)),
    counts,
    dueToday,
    nextCursor: more ? deskCursorOf(query.filter, last) : null,
  };
}

/** One question in the reading pane, with who could answer it: those who know the theme first. */
export async function readingPane(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
): Promise<ReplyOf<typeof readContract>> {
  const now = services.clock.now();
  const item = await readDeskItem(services.db, wijk.id, actor.membershipId, ref, now);
  const question = item && (await readQuestion(services.db, wijk.id, { id: item.id }));
  if (!item || !question) throw new DomainError('not-found', 'vraagbaak.question-not-found');
  const [experts, history, detail, hidden, comments] = await Promise.all([
    listExperts(services.db, wijk.id, now),
    readHistory(services.db, wijk.id, item.id),
    readPaneDetail(services.db, wijk.id, item.id),
    readHiddenAnswers(services.db, wijk.id, item.id),
    listDeskComments(services.db, wijk.id, item.id),
  ]);
  const reader = {
    membershipId: actor.membershipId,
    isAsker: item.own,
    desk: true,
    useful: [],
    askedBy: question.askedBy,
  };
  const answers = [
    ...question.answers.map((row) => ({ row, hidden: false })),
    ...hidden.map((row) => ({ row, hidden: true })),
  ].sort((a, b) => a.row.publishedAt.getTime() - b.row.publishedAt.getTime());
  const ranked = experts
    .map((expert) => ({ ...expert, fits: expert.themes.includes(item.theme) }))
    .sort((a, b) => Number(b.fits) - Number(a.fits) || a.openQuestions - b.openQuestions);
  return {
    item: itemView(item, actor, now),
    version: item.version,
    body: question.body,
    photos: await listPhotos(services.db, wijk.id, item.id),
    answers: answers.map(({ row, hidden }) => ({
      ...answerView(row, reader),
      hidden,
      comments: threadOf(row.id, comments, reader),
    })),
    ...inText(detail),
    experts: ranked,
    history: history.map((h) => ({ ...h, at: h.at.toISOString() })),
  };
}

/** Everything that was said about one answer, hidden ones too. */
function threadOf(answerId: string, all: readonly CommentRow[], reader: Reader) {
  const items = all
    .filter((comment) => comment.answerId === answerId)
    .map((row) => ({ ...commentView(row, reader), hidden: row.hiddenAt !== null }));
  return { total: items.length, items };
}

/** Dates as the contract has them. */
function inText(detail: PaneDetail) {
  const { askBacks, flags, decisions, appeals, revisions, duplicateOf, duplicates } = detail;
  const at = <T extends { at: Date }>(row: T) => ({ ...row, at: row.at.toISOString() });
  return {
    askBacks: askBacks.map((row) => ({ ...at(row), endedAt: row.endedAt?.toISOString() ?? null })),
    flags: flags.map(at),
    decisions: decisions.map(at),
    appeals: appeals.map(at),
    revisions: revisions.map(at),
    duplicateOf,
    duplicates,
  };
}

/** The rank goes in front: distress stands before everything, whatever its time. */
function deskCursorOf(filter: string, row: DeskRow): string {
  const at = filter === 'answered' ? (row.promise.keptAt ?? row.promise.dueAt) : row.place.at;
  return `${row.place.rank}${cursorOf(at, row.id)}`;
}

function readDeskCursor(cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const after = readCursor(cursor.slice(1));
  return after && { ...after, rank: cursor.startsWith('0') ? 0 : 1 };
}
