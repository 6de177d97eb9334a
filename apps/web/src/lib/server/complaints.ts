import type { ReplyOf } from '@wijk/contracts/define';
import type {
  ComplaintLine,
  ComplaintView,
  readProviderComplaints,
} from '@wijk/contracts/market-complaints';
import { COMPLAINT_SUBJECTS, type ComplaintSubject } from '@wijk/domain/market';
import { formatWeekday, type PageTexts } from '@wijk/i18n';
import { COMPLAINT_ACTS, type ComplaintAct } from '#lib/complaints/paths.ts';
import { counted, fill } from '#lib/text.ts';
import type { MomentText } from '#lib/views.ts';
import { agoText, type Speaker } from './views.ts';

export type ComplaintsWords = PageTexts['complaints'];
export type ComplaintWords = PageTexts['complaint'];
type Party = ComplaintLine['about'];

/** How a side is called: by its organisation, or by its name. */
export const sideText = ({ name, organisation }: Party, w: ComplaintsWords): string =>
  organisation ?? name ?? w.erased;

export const subjectChoices = (w: ComplaintsWords) =>
  COMPLAINT_SUBJECTS.map((value) => ({ value, label: w.subject[value] }));

export const subjectIn = (text: string | undefined): ComplaintSubject | null =>
  COMPLAINT_SUBJECTS.find((one) => one === text) ?? null;

/** The last day of a term: the one before the moment at which it is over. */
export const lastDay = (iso: string, { timeZone, locale }: Speaker): string =>
  formatWeekday(new Date(Date.parse(iso) - 1), timeZone, locale);

export interface ComplaintLineView {
  ref: string;
  title: string;
  subject: string;
  state: string;
  waits: boolean;
  /** 'nog 3 werkdagen' */
  left: string | null;
  late: boolean;
  at: MomentText;
}

export function complaintLine(
  line: ComplaintLine,
  say: Speaker,
  w: ComplaintsWords,
): ComplaintLineView {
  const about = sideText(line.about, w);
  const from = sideText(line.complainant, w);
  const title =
    line.as === 'complainant'
      ? fill(w.of, { name: about })
      : line.as === 'provider'
        ? fill(w.from, { name: from })
        : fill(w.fromAbout, { from, about });
  return {
    ...{ ref: line.ref, title, waits: line.waits, late: line.late },
    subject: w.subject[line.subject],
    state: line.outcome ? w.outcome[line.outcome] : w.state[line.state],
    left: leftText(line, w),
    at: agoText(line.lodgedAt, say),
  };
}

function leftText({ daysLeft, late }: ComplaintLine, w: ComplaintsWords): string | null {
  if (daysLeft === null) return null;
  if (late) return daysLeft < 0 ? counted(-daysLeft, w.lateBy) : w.lateNow;
  return daysLeft > 0 ? counted(daysLeft, w.left) : w.today;
}

/** Who decides in the end, as a sentence begins with it. */
export const deciderText = (
  { decider }: Pick<ComplaintView, 'decider'>,
  w: ComplaintWords,
): string =>
  decider.foundation || decider.name === null
    ? w.decider.foundation
    : fill(w.decider.person, { name: decider.name });

/** What happens now, and when: the first thing that somebody wants to know. */
export function nowTexts(
  complaint: ComplaintView,
  say: Speaker,
  w: ComplaintWords,
  names: { name: string; decider: string },
): string[] {
  const { state, as, waits, dueAt, late, extended } = complaint;
  const values = { ...names, until: dueAt ? lastDay(dueAt, say) : '' };
  const words =
    state === 'board' && waits ? { ...w.at.board, other: w.at.boardYours.other } : w.at[state];
  const reader = as === 'complainant' || as === 'provider' ? as : 'other';
  const way = late && as === 'complainant' && (state === 'board' ? w.lateBoard : w.lateWay);
  return [
    fill(words[reader], values),
    ...(late ? [w.late] : []),
    ...(way ? [way] : []),
    ...(extended && !late ? [w.extended] : []),
  ];
}

export interface Stage {
  label: string;
  note: string;
  now: boolean;
}

const STAGES = ['lodged', 'answer', 'mediation', 'board', 'closed'] as const;
const AT = {
  lodged: 'answer',
  received: 'answer',
  answered: 'answer',
  mediation: 'mediation',
  proposed: 'mediation',
  board: 'board',
  closed: 'closed',
} as const satisfies Record<ComplaintView['state'], (typeof STAGES)[number]>;

/** The whole way of a complaint, with where it is: what comes only if it is needed says so. */
export function stagesOf(
  complaint: ComplaintView,
  w: ComplaintWords,
  names: { name: string; decider: string },
): Stage[] {
  const at = STAGES.indexOf(AT[complaint.state]);
  const went = new Set(complaint.timeline.map(({ step }) => step));
  const passed = (stage: (typeof STAGES)[number]) =>
    stage === 'mediation'
      ? went.has('unsatisfied') || went.has('unanswered')
      : stage === 'board'
        ? went.has('escalate')
        : true;
  return STAGES.flatMap((stage, i) => {
    // what was not needed is no part of how it went
    if (complaint.state === 'closed' && !passed(stage)) return [];
    const later = i > at;
    const note =
      i === at ? w.stageNow : later ? (stage === 'closed' ? '' : w.stageIf) : w.stageDone;
    return [{ label: fill(w.stage[stage], names), note, now: i === at }];
  });
}

export interface ComplaintEventView {
  nr: number;
  text: string;
  terms: string | null;
  note: string | null;
  at: MomentText;
}

/** Who did what, in the order in which it was done. */
export const eventsOf = (
  { timeline }: ComplaintView,
  say: Speaker,
  w: ComplaintWords,
  shared: ComplaintsWords,
): ComplaintEventView[] =>
  timeline.map((one) => {
    const found = one.verdict && fill(w.found, { verdict: shared.outcome[one.verdict] });
    const until =
      one.step === 'extend' && one.dueAt && fill(w.until, { until: lastDay(one.dueAt, say) });
    return {
      nr: one.nr,
      text: `${fill(w.did[one.step], { name: one.name ?? shared.erased })}.`,
      terms: [found, until].filter(Boolean).join(' ') || null,
      note: one.note || null,
      at: agoText(one.at, say),
    };
  });

const ACTS = Object.entries(COMPLAINT_ACTS) as [ComplaintAct, string][];
/** What goes on with it is a button; what is seldom wanted is a quieter one. */
const QUIET: readonly ComplaintAct[] = ['toevoegen', 'verlengen', 'intrekken'];

/** What the reader can do now. */
export function actsOf({ steps }: ComplaintView, w: ComplaintWords) {
  const able = ACTS.filter(([, step]) => steps.some((one) => one.step === step));
  const button = ([act]: [ComplaintAct, string]) => ({ act, label: w.act[act].title });
  return {
    first: able.filter(([act]) => !QUIET.includes(act)).map(button),
    quiet: able.filter(([act]) => QUIET.includes(act)).map(button),
  };
}

/** How complaints of a provider ended, in sentences; null below three. */
export function figuresText(
  { figures }: ReplyOf<typeof readProviderComplaints>,
  w: ComplaintsWords,
): string[] | null {
  if (!figures) return null;
  const { count, ...rest } = figures;
  return [
    counted(count, w.figures.sum),
    fill(w.figures.split, rest),
    counted(rest.inTime, w.figures.inTime),
  ];
}
