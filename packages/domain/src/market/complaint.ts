import { DomainError, type FieldError } from '../kernel/index.ts';

/**
 * A complaint (M8): its states, and every step between them as data: who may take it, from where to where, and what
 * has to be said with it. Terms are `complaint-terms.ts`.
 */
export const COMPLAINT_STATES = [
  /** the provider has it and has not said so yet */
  'lodged',
  /** the provider read it and looks into it */
  'received',
  /** the provider answered; the complainant says whether that is right */
  'answered',
  /** it is not: the market master talks with both */
  'mediation',
  /** the market master proposed a way out; the complainant says whether that is right */
  'proposed',
  /** whoever governs the provider decides */
  'board',
  'closed',
] as const;
export type ComplaintState = (typeof COMPLAINT_STATES)[number];

/** Who takes a step. One person can be more than one of them: an operator whom the organisation named as its board. */
export const COMPLAINT_ACTORS = ['complainant', 'provider', 'master', 'board', 'clock'] as const;
export type ComplaintActor = (typeof COMPLAINT_ACTORS)[number];

/** What is found of a complaint, by whoever answers, proposes or decides. */
export const COMPLAINT_VERDICTS = ['upheld', 'partly', 'not-upheld'] as const;
export type ComplaintVerdict = (typeof COMPLAINT_VERDICTS)[number];
/** How one ends: with the last thing that was found of it, or taken back. */
export const COMPLAINT_OUTCOMES = [...COMPLAINT_VERDICTS, 'withdrawn'] as const;
export type ComplaintOutcome = (typeof COMPLAINT_OUTCOMES)[number];

/** What it is about, for whoever sorts; the words say the rest. */
export const COMPLAINT_SUBJECTS = [
  'conduct',
  'quality',
  'appointment',
  'price',
  'safety',
  'other',
] as const;
export type ComplaintSubject = (typeof COMPLAINT_SUBJECTS)[number];

export const COMPLAINT_TEXT_MAX = 4000;
/** Fewer make no figures on the page of a provider: of one or two everybody knows whose it was. */
export const COMPLAINTS_FROM = 3;

interface StepRule {
  from: readonly ComplaintState[];
  /** null: it stays where it is */
  to: ComplaintState | null;
  by: readonly ComplaintActor[];
  note: 'required' | 'optional' | 'none';
  verdict: boolean;
  /** only once the term of where it stands is over */
  lateOnly?: readonly ComplaintState[];
}

const OPEN = ['lodged', 'received', 'answered', 'mediation', 'proposed', 'board'] as const;
const WITH_PROVIDER = ['lodged', 'received'] as const;

export const COMPLAINT_STEPS = {
  acknowledge: rule(['lodged'], 'received', ['provider'], 'optional'),
  answer: rule(WITH_PROVIDER, 'answered', ['provider'], 'required', true),
  /** the answer, or the way out that was proposed, is right */
  satisfied: rule(['answered', 'proposed'], 'closed', ['complainant'], 'optional'),
  unsatisfied: rule(['answered'], 'mediation', ['complainant'], 'required'),
  /** the provider let the term go by */
  unanswered: {
    ...rule(WITH_PROVIDER, 'mediation', ['complainant'], 'optional'),
    lateOnly: WITH_PROVIDER,
  },
  propose: rule(['mediation'], 'proposed', ['master'], 'required', true),
  /** from the mediation itself only once its term is over */
  escalate: {
    ...rule(['mediation', 'proposed'], 'board', ['complainant'], 'required'),
    lateOnly: ['mediation'],
  },
  decide: rule(['board'], 'closed', ['board'], 'required', true),
  /** once in each place, by whose turn it is, with the reason */
  extend: rule(
    ['received', 'mediation', 'board'],
    null,
    ['provider', 'master', 'board'],
    'required',
  ),
  /** something more to know, for everybody who reads it */
  add: rule(OPEN, null, ['complainant', 'provider'], 'required'),
  withdraw: rule(OPEN, 'closed', ['complainant'], 'optional'),
  remind: rule(OPEN, null, ['clock'], 'none'),
  overdue: rule(['lodged', 'received', 'mediation', 'board'], null, ['clock'], 'none'),
  /** nothing was heard of the complainant: what was found stands */
  lapse: rule(['answered', 'proposed'], 'closed', ['clock'], 'none'),
} as const satisfies Record<string, StepRule>;
export type ComplaintStep = keyof typeof COMPLAINT_STEPS;
export const complaintSteps = Object.keys(COMPLAINT_STEPS) as ComplaintStep[];

function rule(
  from: readonly ComplaintState[],
  to: ComplaintState | null,
  by: readonly ComplaintActor[],
  note: StepRule['note'],
  verdict = false,
): StepRule {
  return { from, to, by, note, verdict };
}

/** Whose turn it is in each place. */
export const TURN = {
  lodged: 'provider',
  received: 'provider',
  answered: 'complainant',
  mediation: 'master',
  proposed: 'complainant',
  board: 'board',
  closed: null,
} as const satisfies Record<ComplaintState, ComplaintActor | null>;

/** What of a complaint decides which steps there are. */
export interface ComplaintStanding {
  state: ComplaintState;
  /** the term of where it stands is over */
  late: boolean;
  /** the term of where it stands was made longer */
  extended: boolean;
}

/**
 * As whom somebody takes a step now; undefined: they may not.
 * @param roles everything that they are in this complaint
 */
export function actorFor(
  complaint: ComplaintStanding,
  step: ComplaintStep,
  roles: ReadonlySet<ComplaintActor>,
): ComplaintActor | undefined {
  const { state, late, extended } = complaint;
  const { from, by, lateOnly }: StepRule = COMPLAINT_STEPS[step];
  if (!from.includes(state)) return undefined;
  if (lateOnly?.includes(state) && !late) return undefined;
  if (step === 'extend') {
    const turn = TURN[state];
    return !extended && turn !== null && roles.has(turn) ? turn : undefined;
  }
  return by.find((actor) => roles.has(actor));
}

/** The steps somebody may take now, in the order in which pages show them. */
export const complaintStepsFor = (
  complaint: ComplaintStanding,
  roles: ReadonlySet<ComplaintActor>,
): ComplaintStep[] =>
  complaintSteps.filter((step) => actorFor(complaint, step, roles) !== undefined);

/**
 * Where a complaint stands after a step, and as whom it was taken.
 * @throws `market.complaint-step-not-now` {state}, `market.complaint-step-not-yours`, `market.complaint-in-time`,
 *   `market.complaint-extended`
 */
export function afterComplaintStep(
  complaint: ComplaintStanding,
  step: ComplaintStep,
  roles: ReadonlySet<ComplaintActor>,
): { state: ComplaintState; actor: ComplaintActor } {
  const { from, to, by, lateOnly }: StepRule = COMPLAINT_STEPS[step];
  const { state, late, extended } = complaint;
  const refuse = (kind: 'conflict' | 'forbidden', code: string) =>
    new DomainError(kind, code, { params: { state } });
  if (!from.includes(state)) throw refuse('conflict', 'market.complaint-step-not-now');
  if (!by.some((actor) => roles.has(actor)))
    throw refuse('forbidden', 'market.complaint-step-not-yours');
  if (lateOnly?.includes(state) && !late) throw refuse('conflict', 'market.complaint-in-time');
  if (step === 'extend' && extended) throw refuse('conflict', 'market.complaint-extended');
  const actor = actorFor(complaint, step, roles);
  if (!actor) throw refuse('forbidden', 'market.complaint-step-not-yours');
  return { state: to ?? state, actor };
}

/** How it ended; null: it did not. @param found what was found last */
export const complaintOutcomeOf = (
  step: ComplaintStep,
  found: ComplaintVerdict | null,
): ComplaintOutcome | null =>
  COMPLAINT_STEPS[step].to !== 'closed' ? null : step === 'withdraw' ? 'withdrawn' : found;

/** Refuses with every field at fault: `kernel.invalid`. */
export function validateComplaintStep(
  step: ComplaintStep,
  said: { note: string; verdict: ComplaintVerdict | null },
): void {
  const { note, verdict }: StepRule = COMPLAINT_STEPS[step];
  const errors: FieldError[] = [];
  if (note === 'required' && said.note.trim() === '')
    errors.push({ pointer: 'note', code: 'required' });
  if (said.note.length > COMPLAINT_TEXT_MAX)
    errors.push({ pointer: 'note', code: 'too-long', params: { max: COMPLAINT_TEXT_MAX } });
  if (verdict && said.verdict === null) errors.push({ pointer: 'verdict', code: 'required' });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

/** What a page needs to know of a step before it is pressed. */
export const whatToSay = (step: ComplaintStep): Pick<StepRule, 'note' | 'verdict'> => {
  const { note, verdict }: StepRule = COMPLAINT_STEPS[step];
  return { note, verdict };
};

/** Figures of a provider: how complaints that are over ended, and how many were dealt with in time. */
export interface ComplaintFigures {
  upheld: number;
  partly: number;
  notUpheld: number;
  withdrawn: number;
  inTime: number;
}

/** Null below `COMPLAINTS_FROM`: fewer tell whose they were. */
export function shownFigures(
  figures: ComplaintFigures,
): (ComplaintFigures & { count: number }) | null {
  const { upheld, partly, notUpheld, withdrawn } = figures;
  const count = upheld + partly + notUpheld + withdrawn;
  return count < COMPLAINTS_FROM ? null : { ...figures, count };
}
