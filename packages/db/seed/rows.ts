import { HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import {
  type Capacity,
  cancelPromise,
  freezeOutcome,
  isoWeekOf,
  meetPromise,
  type PromiseEventKind,
  type PromiseRow,
  promiseRow,
  type QuestionStatus,
  reputedSince,
  slugify,
  startPromise,
} from '@wijk/domain/vraagbaak';
import type { Calendar, PromisePolicy } from '@wijk/domain/wijk';
import type {
  answer,
  assignment,
  deskAction,
  follow,
  promise,
  promiseEvent,
  promiseStep,
  question,
} from '../src/vraagbaak/tables.ts';
import { ASKERS } from './cast-tables.ts';
import type { ContentAnswer } from './content.ts';
import { LINK_MS, type PlannedQuestion } from './plan.ts';
import type { Chance } from './random.ts';

/** Everything there is to store about the questions. `authors` goes behind the seal only. */
export interface HistoryRows {
  questions: (typeof question.$inferInsert)[];
  authors: { questionId: string; membershipId: string }[];
  answers: (typeof answer.$inferInsert)[];
  promises: (typeof promise.$inferInsert)[];
  steps: (typeof promiseStep.$inferInsert)[];
  events: (typeof promiseEvent.$inferInsert)[];
  assignments: (typeof assignment.$inferInsert)[];
  actions: (typeof deskAction.$inferInsert)[];
  follows: (typeof follow.$inferInsert)[];
}

export interface House {
  wijkId: string;
  policy: PromisePolicy;
  calendar: Calendar;
  membershipOf(name: string): string;
  editors: readonly string[];
  now: Date;
}

const CAPACITY: Readonly<Record<ContentAnswer['role'], Capacity>> = {
  expert: 'expert',
  redactie: 'editor',
  bewoner: 'resident',
};

export function historyRows(
  plans: readonly PlannedQuestion[],
  house: House,
  chance: Chance,
): HistoryRows {
  const rows: HistoryRows = {
    questions: [],
    authors: [],
    answers: [],
    promises: [],
    steps: [],
    events: [],
    assignments: [],
    actions: [],
    follows: [],
  };
  const refs = new Set<string>();
  for (const plan of plans) {
    let ref = chance.ref();
    while (refs.has(ref)) ref = chance.ref();
    refs.add(ref);
    addQuestion(rows, plan, ref, house, chance);
  }
  return rows;
}

function addQuestion(
  rows: HistoryRows,
  plan: PlannedQuestion,
  ref: string,
  house: House,
  chance: Chance,
): void {
  const { wijkId } = house;
  const { content, submittedAt } = plan;
  const questionId = chance.uuid();
  const answers = answerRows(plan, questionId, house, chance);
  const reputed = answers.some((given) => reputedSince(standing(given)) !== null);
  const open: QuestionStatus = reputed ? 'answered' : 'open';
  rows.questions.push({
    wijkId,
    id: questionId,
    ref,
    slug: slugify(content.title),
    title: content.title,
    body: content.body,
    theme: content.theme,
    visibility: content.visibility,
    status: plan.removedAt ? 'removed' : open,
    submittedAt,
    answerCount: answers.length,
    toCheck: !plan.removedAt && !reputed && answers.length > 0,
  });
  rows.authors.push({ questionId, membershipId: house.membershipOf(plan.asker) });
  rows.answers.push(...answers);
  addPromise(rows, plan, questionId, answers, house, chance);
  addAssignment(rows, plan, questionId, answers, house, chance);
  addFollows(rows, plan, questionId, house, chance);
}

function answerRows(plan: PlannedQuestion, questionId: string, house: House, chance: Chance) {
  return plan.answers.map((given) => ({
    wijkId: house.wijkId,
    id: chance.uuidAt(given.publishedAt),
    questionId,
    membershipId: house.membershipOf(given.by),
    authorName: given.by,
    authorTitle: given.title,
    capacity: CAPACITY[given.content.role],
    body: given.content.body,
    publishedAt: given.publishedAt,
    endorsedAt: given.endorsedAt,
    endorsedBy: given.endorsedAt ? chance.pick(house.editors) : null,
    helpfulAt: given.helpfulAt,
  }));
}
type AnswerRow = ReturnType<typeof answerRows>[number];

const standing = (given: AnswerRow) => ({
  id: given.id,
  capacity: given.capacity,
  createdAt: given.publishedAt,
  endorsedAt: given.endorsedAt,
  removedAt: null,
});

/** Lets the domain live through it: answers, the end of the term and a removal, in order of time. */
function addPromise(
  rows: HistoryRows,
  plan: PlannedQuestion,
  questionId: string,
  answers: readonly AnswerRow[],
  house: House,
  chance: Chance,
): void {
  const { wijkId, now } = house;
  const terms = startPromise(house.policy, house.calendar, plan.submittedAt);
  const event = (kind: PromiseEventKind, at: Date, detail: Record<string, string | number> = {}) =>
    rows.events.push({ wijkId, id: chance.uuidAt(at), questionId, kind, at, detail });
  event('started', plan.submittedAt, {
    policy: terms.policyVersion,
    due: terms.dueAt.toISOString(),
  });

  const standings = answers.map(standing);
  const moments = standings.map(reputedSince).filter((at) => at !== null);
  const happenings = [
    ...moments.map((at) => ({
      at,
      decide: (row: PromiseRow) => {
        const until = standings.filter((s) => (reputedSince(s) ?? now) <= at);
        return meetPromise(row, until, at);
      },
    })),
    { at: terms.dueAt, decide: (row: PromiseRow) => freezeOutcome(row, terms.dueAt) },
    ...(plan.removedAt
      ? [
          {
            at: plan.removedAt,
            decide: (row: PromiseRow) => cancelPromise(row, plan.removedAt ?? now),
          },
        ]
      : []),
  ]
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.at.getTime() - b.at.getTime());

  let row = promiseRow(terms);
  for (const { at, decide } of happenings) {
    const decision = decide(row);
    row = decision.row;
    for (const kind of decision.events) event(kind, at);
  }

  // A kept promise's steps wait; with the end of the term, or of the question, the ladder is over.
  const over = row.frozenOutcome ? terms.dueAt : row.cancelledAt;
  for (const { kind, dueAt } of terms.steps) {
    const stopped = [row.keptAt, row.cancelledAt].some((at) => at !== null && at <= dueAt);
    const ran = dueAt <= now && !stopped;
    rows.steps.push({ wijkId, questionId, kind, dueAt, doneAt: ran ? dueAt : over });
    if (ran && kind !== 'overdue') event('step', dueAt, { step: kind });
  }

  const { year, week } = isoWeekOf(plan.submittedAt, house.calendar.timeZone);
  const { policyVersion, termMinutes } = terms;
  rows.promises.push({
    wijkId,
    questionId,
    policyVersion,
    termMinutes,
    ...row,
    frozenMinutes:
      row.frozenOutcome === 'kept' && row.keptAt
        ? Math.round((row.keptAt.getTime() - row.startedAt.getTime()) / MINUTE_MS)
        : null,
    weekYear: year,
    week,
    theme: plan.content.theme,
  });
}

function addAssignment(
  rows: HistoryRows,
  { assignment: planned }: PlannedQuestion,
  questionId: string,
  answers: readonly AnswerRow[],
  { wijkId, membershipOf, editors }: House,
  chance: Chance,
): void {
  if (!planned) return;
  const { assignedAt, note } = planned;
  const id = chance.uuidAt(assignedAt);
  const membershipId = membershipOf(planned.expert);
  const assignedBy = chance.pick(editors);
  const answered = answers.find((given) => given.membershipId === membershipId);
  const byLink = chance.percent(60);
  rows.assignments.push({
    wijkId,
    id,
    questionId,
    membershipId,
    assignedBy,
    assignedAt,
    note,
    linkExpiresAt: new Date(assignedAt.getTime() + LINK_MS),
    ...(answered && {
      endedAt: answered.publishedAt,
      endReason: 'answered' as const,
      linkUsedAt: byLink ? answered.publishedAt : null,
    }),
  });
  rows.actions.push({
    wijkId,
    id: chance.uuidAt(assignedAt),
    questionId,
    actorId: assignedBy,
    kind: 'assign',
    subjectId: id,
    before: { claimBy: null, claimUntil: null, assignmentId: null, assignedTo: null },
    after: { claimBy: null, claimUntil: null, assignmentId: id, assignedTo: membershipId },
    at: assignedAt,
  });
}

/** Neighbours who want to know as well; never whoever asked. */
function addFollows(
  rows: HistoryRows,
  plan: PlannedQuestion,
  questionId: string,
  { wijkId, membershipOf, now }: House,
  chance: Chance,
): void {
  if (plan.removedAt || plan.content.visibility === 'private' || !chance.percent(35)) return;
  const names = new Set(Array.from({ length: 3 }, () => chance.pick([...ASKERS, 'Fatima Amrani'])));
  names.delete(plan.asker);
  const room = Math.min(now.getTime() - plan.submittedAt.getTime(), 48 * HOUR_MS);
  for (const name of names)
    rows.follows.push({
      wijkId,
      questionId,
      membershipId: membershipOf(name),
      followedAt: new Date(
        plan.submittedAt.getTime() + Math.floor(room * chance.between(0.1, 0.95)),
      ),
    });
}
