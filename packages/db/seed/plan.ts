import { HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import { DEFAULT_POLICY } from '@wijk/domain/wijk';
import { answererOf } from './cast.ts';
import { ASKER_OF, ASKERS } from './cast-tables.ts';
import type { ContentAnswer, ContentQuestion } from './content.ts';
import {
  type ActAfter,
  APPEALED,
  CHANGED,
  type DeskAct,
  ENDORSED,
  FRESH,
  NEIGHBOURS_ONLY,
  ON_THE_DESK,
  REMOVALS,
  type Waiting,
} from './morning.ts';
import type { Chance } from './random.ts';
import {
  agoWhileAwake,
  answeringMoment,
  askingMoments,
  during,
  following,
  lateMoment,
} from './schedule.ts';

/** What happened to one question, by name: no ids yet. */
export interface PlannedQuestion {
  content: ContentQuestion;
  asker: string;
  submittedAt: Date;
  answers: PlannedAnswer[];
  assignment: PlannedAssignment | null;
  removedAt: Date | null;
  /** in order of time */
  acts: PlannedAct[];
}

export type PlannedAct = DeskAct & { at: Date };

export interface PlannedAnswer {
  content: ContentAnswer;
  by: string;
  title: string | null;
  publishedAt: Date;
  endorsedAt: Date | null;
  helpfulAt: Date | null;
}

export interface PlannedAssignment {
  expert: string;
  assignedAt: Date;
  note: string;
  mailRefused: boolean;
}

/** Where the ladder asks a second expert, if the first has not answered by then. */
const SECOND_EXPERT_MS =
  ((DEFAULT_POLICY.steps.find(({ kind }) => kind === 'second-expert')?.atPercent ?? 100) / 100) *
  DEFAULT_POLICY.termMinutes *
  MINUTE_MS;

export const isOffTopic = (question: ContentQuestion) => question.tags.includes('offtopic');

/** Lays all questions out over the last weeks, up to `now`. */
export function planHistory(
  questions: readonly ContentQuestion[],
  now: Date,
  chance: Chance,
): PlannedQuestion[] {
  const byId = new Map(questions.map((question) => [question.id, question]));
  const placed = new Set([
    ...Object.keys(ON_THE_DESK),
    ...Object.keys(NEIGHBOURS_ONLY),
    ...FRESH.map(([, id]) => id),
    APPEALED.id,
  ]);
  const newestFirst = chance.shuffle(questions.filter(({ id }) => !placed.has(id)));
  for (const [place, id] of FRESH) newestFirst.splice(place, 0, wanted(byId, id));
  const moments = askingMoments(now, newestFirst.length, chance);

  const history = newestFirst.map((content, i) => {
    const submittedAt = moments[i] ?? now;
    if (isOffTopic(content)) return planRemoval(content, submittedAt, now, chance);
    // one in a week was answered late, none of the last weeks: there the neighbours' are missed
    const late = i >= 65 && i % 22 === 8;
    return planAnswered(content, submittedAt, late, now, chance);
  });
  const waiting = Object.entries(ON_THE_DESK).map(([id, place]) =>
    planWaiting(wanted(byId, id), place, now, chance),
  );
  const neighbours = Object.entries(NEIGHBOURS_ONLY).map(([id, place]) =>
    planWaiting(wanted(byId, id), place, now, chance),
  );
  const appealed = planAppealed(wanted(byId, APPEALED.id), now, chance);
  return [...history, ...waiting, ...neighbours, appealed].sort(
    (a, b) => a.submittedAt.getTime() - b.submittedAt.getTime(),
  );
}

function planAnswered(
  content: ContentQuestion,
  submittedAt: Date,
  late: boolean,
  now: Date,
  chance: Chance,
): PlannedQuestion {
  const first = late ? lateMoment(submittedAt, chance) : answeringMoment(submittedAt, now, chance);
  const firstReputed = content.answers.findIndex(({ role }) => role !== 'bewoner');
  let last = first;
  const answers = content.answers.map((given, i) => {
    if (i < firstReputed) last = during(submittedAt, first, chance);
    else if (i === firstReputed) last = first;
    else last = following(last, [25, 900], now, chance);
    return planAnswer(given, last, now, chance);
  });
  answers.sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime());
  const endorsed = answers[ENDORSED[content.id] ?? -1];
  if (endorsed) endorsed.endorsedAt = following(endorsed.publishedAt, [12, 60], now, chance);

  const reputed = answers.find(({ content: { role } }) => role !== 'bewoner');
  // whoever answers later than that was asked later: the ladder would have gone on to somebody else
  const passedOn = new Date(submittedAt.getTime() + SECOND_EXPERT_MS);
  const askedFrom = first > passedOn ? passedOn : submittedAt;
  const assignment =
    reputed?.content.role === 'expert'
      ? {
          expert: reputed.by,
          assignedAt: during(askedFrom, first, chance),
          note: '',
          mailRefused: false,
        }
      : null;
  const asker = drawAsker(content, chance);
  const acts = planActs(CHANGED[content.id] ?? [], submittedAt, now, chance);
  return { content, asker, submittedAt, answers, assignment, removedAt: null, acts };
}

/** One after the other, each so long after the one before. */
function planActs(acts: readonly ActAfter[], from: Date, now: Date, chance: Chance): PlannedAct[] {
  let last = from;
  return acts.map(({ after, ...act }) => {
    last = following(last, after, now, chance);
    return { ...act, at: last };
  });
}

function planWaiting(
  content: ContentQuestion,
  { ago: [target, most], assigned, unanswered, acts: acting = [] }: Waiting,
  now: Date,
  chance: Chance,
): PlannedQuestion {
  const submittedAt = agoWhileAwake(now, target, most, chance);
  const answers = (unanswered ? [] : content.answers).map((given) =>
    planAnswer(given, following(submittedAt, [35, 150], now, chance), now, chance),
  );
  const assignment = assigned && {
    expert: assigned.expert,
    assignedAt: new Date(submittedAt.getTime() + assigned.after * MINUTE_MS),
    note: assigned.note,
    mailRefused: assigned.mailRefused ?? false,
  };
  const asker = drawAsker(content, chance);
  const acts = planActs(acting, submittedAt, now, chance);
  return {
    content,
    asker,
    submittedAt,
    answers,
    assignment: assignment ?? null,
    removedAt: null,
    acts,
  };
}

/** Nonsense goes the same day, sometimes with a friendly word. */
function planRemoval(
  content: ContentQuestion,
  submittedAt: Date,
  now: Date,
  chance: Chance,
): PlannedQuestion {
  const seen = answeringMoment(submittedAt, now, chance);
  const answers = content.answers.map((given) => planAnswer(given, seen, now, chance));
  const removedAt = new Date(Math.min(seen.getTime() + 4 * MINUTE_MS, now.getTime()));
  const asker = drawAsker(content, chance);
  const because = REMOVALS[content.id];
  if (!because) throw new Error(`nobody says why ${content.id} was removed`);
  const acts: PlannedAct[] = [{ kind: 'remove', ...because, at: removedAt }];
  return { content, asker, submittedAt, answers, assignment: null, removedAt, acts };
}

/** Removed, and whoever asked does not agree. */
function planAppealed(content: ContentQuestion, now: Date, chance: Chance): PlannedQuestion {
  const { ago, appeal } = APPEALED;
  const plan = planRemoval(content, agoWhileAwake(now, ...ago, chance), now, chance);
  return {
    ...plan,
    acts: [...plan.acts, ...planActs([appeal], plan.removedAt ?? now, now, chance)],
  };
}

function planAnswer(
  content: ContentAnswer,
  publishedAt: Date,
  now: Date,
  chance: Chance,
): PlannedAnswer {
  const { name, title } = answererOf(content);
  const helpfulAt = content.helpful ? following(publishedAt, [20, 1300], now, chance) : null;
  return { content, by: name, title, publishedAt, endorsedAt: null, helpfulAt };
}

function drawAsker(content: ContentQuestion, chance: Chance): string {
  const drawn = chance.pick(ASKERS);
  return ASKER_OF[content.id] ?? drawn;
}

function wanted(byId: ReadonlyMap<string, ContentQuestion>, id: string): ContentQuestion {
  const question = byId.get(id);
  if (!question) throw new Error(`the content has no question ${id}`);
  return question;
}

/** The link in an expert's mail works for so long. */
export const LINK_MS = 7 * 24 * HOUR_MS;
