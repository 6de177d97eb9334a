import { HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import {
  type Capacity,
  cancelPromise,
  freezeOutcome,
  isoWeekOf,
  meetPromise,
  type PromiseEventKind,
  type PromiseRow,
  pause,
  promiseRow,
  reputedSince,
  resume,
  slugify,
  startPromise,
  throughOriginal,
} from '@wijk/domain/vraagbaak';
import type { Calendar, PromisePolicy } from '@wijk/domain/wijk';
import type {
  answer,
  follow,
  promise,
  promiseEvent,
  promiseStep,
  question,
} from '../src/vraagbaak/tables.ts';
import { ASKERS } from './cast-tables.ts';
import type { ContentAnswer } from './content.ts';
import { deskHistory } from './desk-history.ts';
import { type DeskOutcome, type DeskRows, noDeskRows } from './desk-rows.ts';
import type { PlannedQuestion } from './plan.ts';
import type { Chance } from './random.ts';

/** Everything there is to store about the questions. `authors` goes behind the seal only. */
export interface HistoryRows extends DeskRows {
  questions: (typeof question.$inferInsert)[];
  authors: { questionId: string; membershipId: string }[];
  answers: (typeof answer.$inferInsert)[];
  promises: (typeof promise.$inferInsert)[];
  steps: (typeof promiseStep.$inferInsert)[];
  events: (typeof promiseEvent.$inferInsert)[];
  follows: (typeof follow.$inferInsert)[];
}

export interface House {
  wijkId: string;
  policy: PromisePolicy;
  calendar: Calendar;
  membershipOf(name: string): string;
  editors: readonly string[];
  /** in the order in which the ladder asks them */
  expertsOf(theme: string): readonly string[];
  now: Date;
}

/** Questions that were told before, by their place in the content. */
type Told = Map<string, { questionId: string; answers: readonly AnswerRow[] }>;

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
    follows: [],
    ...noDeskRows(),
  };
  const told: Told = new Map();
  const refs = new Set<string>();
  for (const plan of plans) {
    let ref = chance.ref();
    while (refs.has(ref)) ref = chance.ref();
    refs.add(ref);
    addQuestion(rows, plan, ref, told, house, chance);
  }
  return rows;
}

function addQuestion(
  rows: HistoryRows,
  plan: PlannedQuestion,
  ref: string,
  told: Told,
  house: House,
  chance: Chance,
): void {
  const { wijkId } = house;
  const { content, submittedAt } = plan;
  const questionId = chance.uuid();
  const answers = answerRows(plan, questionId, house, chance);
  const { secondExpertAt } = addPromise(rows, plan, questionId, answers, told, house, chance);
  const since = answers.map((given) => reputedSince(standing(given))).filter((at) => at !== null);
  const [reputedAt = null] = since.sort((a, b) => a.getTime() - b.getTime());
  const answeredBy = new Map(answers.map((given) => [given.membershipId, given.publishedAt]));
  const originalOf = (id: string) => originalIn(told, id).questionId;
  const desk = { questionId, reputedAt, answeredBy, secondExpertAt, originalOf };
  const outcome: DeskOutcome = deskHistory(rows, plan, desk, house, chance);
  rows.questions.push({
    wijkId,
    id: questionId,
    ref,
    slug: slugify(content.title),
    title: content.title,
    body: content.body,
    theme: content.theme,
    visibility: content.visibility,
    submittedAt,
    answerCount: answers.length,
    toCheck: !plan.removedAt && !reputedAt && answers.length > 0,
    ...outcome,
  });
  rows.authors.push({ questionId, membershipId: house.membershipOf(plan.asker) });
  rows.answers.push(...answers);
  told.set(content.id, { questionId, answers });
  if (outcome.moderation === 'shown' && outcome.status !== 'duplicate')
    addFollows(rows, plan, questionId, house, chance);
}

function originalIn(told: Told, contentId: string) {
  const original = told.get(contentId);
  if (!original) throw new Error(`${contentId} was not asked before its duplicate`);
  return original;
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

/** Lets the domain live through it: answers, pauses, the end of the term, a removal, in order of time. */
function addPromise(
  rows: HistoryRows,
  plan: PlannedQuestion,
  questionId: string,
  answers: readonly AnswerRow[],
  told: Told,
  house: House,
  chance: Chance,
): { secondExpertAt: Date | null } {
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
    ...plan.acts.flatMap((act) => {
      const { at } = act;
      if (act.kind === 'ask-back') return [{ at, decide: (row: PromiseRow) => pause(row, at) }];
      if (act.kind === 'duplicate') {
        const all = () => throughOriginal(originalIn(told, act.of).answers.map(standing), at);
        return [{ at, decide: (row: PromiseRow) => meetPromise(row, all(), at) }];
      }
      if (act.kind !== 'reply') return [];
      const decide = (row: PromiseRow) => {
        const resumed = resume(row, steps, house.calendar, at);
        steps = resumed.steps;
        return resumed;
      };
      return [{ at, decide }];
    }),
  ]
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.at.getTime() - b.at.getTime());

  let row = promiseRow(terms);
  let steps = terms.steps;
  for (const { at, decide } of happenings) {
    const decision = decide(row);
    row = decision.row;
    for (const kind of decision.events) event(kind, at);
  }

  // A kept promise's steps wait; with the end of the term, or of the question, the ladder is over.
  const over = row.frozenOutcome ? terms.dueAt : row.cancelledAt;
  for (const { kind, dueAt } of steps) {
    const stopped = [row.keptAt, row.cancelledAt, row.pausedAt].some(
      (at) => at !== null && at <= dueAt,
    );
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
  return { secondExpertAt: steps.find(({ kind }) => kind === 'second-expert')?.dueAt ?? null };
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
