import { HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import { answererOf } from './cast.ts';
import { ASKER_OF, ASKERS } from './cast-tables.ts';
import type { ContentAnswer, ContentQuestion } from './content.ts';
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
}

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
}

interface Waiting {
  /** minutes ago, and at most so many where that would be at night */
  ago: readonly [number, number];
  assigned?: { expert: string; after: number; note: string };
}

const hours = (count: number) => count * 60;

/** Questions without an answer: what the redactie finds on its desk. The term is 24 hours. */
const ON_THE_DESK: Readonly<Record<string, Waiting>> = {
  b060: { ago: [14, hours(13)] },
  a094: { ago: [52, hours(13)] },
  b085: { ago: [140, hours(14)] },
  a076: { ago: [270, hours(14)] },
  a079: { ago: [430, hours(14)] },
  a034: {
    ago: [hours(5), hours(14)],
    assigned: { expert: 'Rachid Bouzidi', after: 35, note: 'Draait jouw fietsgroep nog?' },
  },
  a063: {
    ago: [hours(6), hours(14)],
    assigned: {
      expert: 'Marleen Verhoeven',
      after: 50,
      note: 'Marleen, kan dit op jullie spreekuur in De Kruik?',
    },
  },
  b100: {
    ago: [hours(8), hours(15)],
    assigned: { expert: 'Aad Verbeek', after: 70, note: 'Gaat er iemand van jullie mee oefenen?' },
  },
  a093: {
    ago: [hours(15.5), hours(17)],
    assigned: { expert: 'Tineke Postma', after: 90, note: 'Is er al een groep in de regio?' },
  },
  b018: { ago: [hours(20), hours(21)] },
  b043: { ago: [hours(24) - 33, hours(24) - 33] },
  a092: {
    ago: [hours(24) - 22, hours(24) - 22],
    assigned: { expert: 'Gülay Yıldız', after: 55, note: 'Wil jij hier iets over zeggen?' },
  },
  b074: { ago: [hours(25.6), hours(37)] },
  b094: {
    ago: [hours(28), hours(40)],
    assigned: { expert: 'Thijs Koster', after: 80, note: 'Lukt dit bij het digispreekuur?' },
  },
};

/** Only neighbours answered these, so the promise is not kept by it; one still runs. */
const NEIGHBOURS_ONLY: Readonly<Record<string, Waiting>> = {
  b079: { ago: [hours(7), hours(15)] },
  a060: { ago: [hours(30), hours(40)] },
  b088: { ago: [hours(77), hours(87)] },
  a084: { ago: [hours(153), hours(163)] },
  b021: { ago: [hours(224), hours(234)] },
};

/** Neighbours' answers that an editor put the redactie's name to, by their place. */
const ENDORSED: Readonly<Record<string, number>> = { b013: 0, a097: 1, b080: 1 };

/** Among the newest of the answered questions, by place, for the sake of the first page. */
const FRESH: readonly (readonly [number, string])[] = [
  [1, 'a001'],
  [3, 'b020'],
  [6, 'a035'],
  [9, 'b013'],
  [13, 'b097'],
];

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
  return [...history, ...waiting, ...neighbours].sort(
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
  const assignment =
    reputed?.content.role === 'expert'
      ? { expert: reputed.by, assignedAt: during(submittedAt, first, chance), note: '' }
      : null;
  const asker = drawAsker(content, chance);
  return { content, asker, submittedAt, answers, assignment, removedAt: null };
}

function planWaiting(
  content: ContentQuestion,
  { ago: [target, most], assigned }: Waiting,
  now: Date,
  chance: Chance,
): PlannedQuestion {
  const submittedAt = agoWhileAwake(now, target, most, chance);
  const answers = content.answers.map((given) =>
    planAnswer(given, following(submittedAt, [35, 150], now, chance), now, chance),
  );
  const assignment = assigned && {
    expert: assigned.expert,
    assignedAt: new Date(submittedAt.getTime() + assigned.after * MINUTE_MS),
    note: assigned.note,
  };
  const asker = drawAsker(content, chance);
  return { content, asker, submittedAt, answers, assignment: assignment ?? null, removedAt: null };
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
  return { content, asker, submittedAt, answers, assignment: null, removedAt };
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
