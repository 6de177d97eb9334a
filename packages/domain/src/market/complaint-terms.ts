import { type ComplaintState, type ComplaintStep, TURN } from './complaint.ts';

/*
 * How long each place of a complaint takes at most. The law on complaints in care (Wkkgz, article 17) gives whoever
 * provides care professionally six weeks after a complaint was lodged, and once four weeks more; so it is here for
 * every organisation. For neighbours among each other, and for the steps that the law does not know, the terms are
 * this scheme's own and count days on which the wijk is open (decision 39).
 */

/** Days on which the wijk is open, or weeks of seven days. */
export type ComplaintTerm = { workingDays: number } | { weeks: number };

interface TermRule {
  /** from when it counts: since it was lodged, or since it came to this place */
  since: 'lodged' | 'here';
  term: ComplaintTerm;
  /** what is added once, counted from the end of the first term */
  more: ComplaintTerm | null;
}

/** An organisation answers as a professional does, a neighbour as a neighbour. */
export type ProviderKind = 'organisation' | 'member';

const BY_LAW: TermRule = { since: 'lodged', term: { weeks: 6 }, more: { weeks: 4 } };

export const COMPLAINT_TERMS: Readonly<
  Record<Exclude<ComplaintState, 'closed'>, Readonly<Record<ProviderKind, TermRule>>>
> = {
  lodged: both({ since: 'lodged', term: { workingDays: 5 }, more: null }),
  received: {
    organisation: BY_LAW,
    member: { since: 'lodged', term: { workingDays: 10 }, more: { workingDays: 5 } },
  },
  answered: both({ since: 'here', term: { workingDays: 10 }, more: null }),
  mediation: both({ since: 'here', term: { workingDays: 15 }, more: { workingDays: 10 } }),
  proposed: both({ since: 'here', term: { workingDays: 10 }, more: null }),
  board: both({ since: 'here', term: { weeks: 6 }, more: { weeks: 4 } }),
};

function both(rule: TermRule): Record<ProviderKind, TermRule> {
  return { organisation: rule, member: rule };
}

/** So many working days before its last day whoever has the turn is reminded, once. */
export const REMIND_DAYS = 2;

/** Counts terms by the calendar of the wijk, which this module does not know. */
export interface TermCounter {
  end(from: Date, term: ComplaintTerm): Date;
  daysBefore(end: Date, workingDays: number): Date;
}

/** When what has to be done, and when the clock acts next. */
export interface ComplaintTiming {
  dueAt: Date | null;
  clockAt: Date | null;
}

const remindedFor = (dueAt: Date, now: Date, count: TermCounter): ComplaintTiming => {
  const remindAt = count.daysBefore(dueAt, REMIND_DAYS);
  return { dueAt, clockAt: remindAt > now ? remindAt : dueAt };
};

/** The timing of a place that a complaint comes to. */
export function timingIn(
  state: ComplaintState,
  kind: ProviderKind,
  moments: { lodgedAt: Date; now: Date },
  count: TermCounter,
): ComplaintTiming {
  if (state === 'closed') return { dueAt: null, clockAt: null };
  const { since, term } = COMPLAINT_TERMS[state][kind];
  const dueAt = count.end(since === 'lodged' ? moments.lodgedAt : moments.now, term);
  // whoever acknowledges after the term of the answer is late at once
  return remindedFor(dueAt, moments.now, count);
}

/** The same place with its one extension, from the end of the first term. */
export function timingExtended(
  state: ComplaintState,
  kind: ProviderKind,
  moments: { dueAt: Date; now: Date },
  count: TermCounter,
): ComplaintTiming {
  const more = state === 'closed' ? null : COMPLAINT_TERMS[state][kind].more;
  if (more === null) throw new Error(`the term of ${state} cannot be longer`);
  return remindedFor(count.end(new Date(moments.dueAt.getTime() - 1), more), moments.now, count);
}

/** What the clock does when its moment has come. */
export function complaintStepOfClock(
  state: ComplaintState,
  dueAt: Date,
  now: Date,
): Extract<ComplaintStep, 'remind' | 'overdue' | 'lapse'> {
  if (now < dueAt) return 'remind';
  return TURN[state] === 'complainant' ? 'lapse' : 'overdue';
}

/** Places where being late counts against the provider; a neighbour has no board of their own. */
export const countsAsLate = (state: ComplaintState, kind: ProviderKind): boolean =>
  state === 'lodged' || state === 'received' || (state === 'board' && kind === 'organisation');
