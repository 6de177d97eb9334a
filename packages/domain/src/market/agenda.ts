import { Temporal } from 'temporal-polyfill';
import { DomainError, type FieldError } from '../kernel/index.ts';
import { periodFaults, type WeekPeriod } from './listing.ts';
import { QUARTER } from './order-terms.ts';

/**
 * When somebody can be asked to come (M5): the weekly periods of an offer, how they are cut into times, and what
 * its provider said about single days. Which moments that gives is `slots.ts`.
 */
export interface Agenda {
  periods: readonly WeekPeriod[];
  /** a time that is offered is this long; also how long an appointment is where nobody said */
  slotMinutes: number;
  /** nothing that begins sooner than this */
  noticeHours: number;
  /** so far ahead one can choose */
  horizonDays: number;
}

export const AGENDA_DEFAULT = { slotMinutes: 60, noticeHours: 24, horizonDays: 28 } as const;

/** As long as an appointment is taken to be, where neither the two nor an agenda said it. */
export const APPOINTMENT_MINUTES = 60;
/** The calendar of a helper is full on a day long before this. */
export const EXCEPTIONS_MAX = 100;
/** Longest stretch of days in one exception. */
export const EXCEPTION_DAYS_MAX = 366;

/** Closed wins over everything else on that day; open is beside the weekly periods. */
export const EXCEPTION_KINDS = ['closed', 'open'] as const;
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];

/** Days that differ, from the first to the last, both included; on each of them these times. */
export interface AgendaException {
  kind: ExceptionKind;
  /** 'YYYY-MM-DD' */
  firstDay: string;
  lastDay: string;
  /** 'HH:MM'; 00:00 to 24:00 is the whole day */
  from: string;
  until: string;
}

/** Refuses with every field at fault: `kernel.invalid`. One that is switched off may have no periods. */
export function validateAgenda(
  { periods, slotMinutes, noticeHours, horizonDays }: Agenda,
  isOn = true,
): void {
  const errors: FieldError[] = [...periodFaults(periods)];
  if (isOn && periods.length === 0) errors.push({ pointer: 'periods', code: 'required' });
  const within = (pointer: string, value: number, min: number, max: number) => {
    if (!Number.isInteger(value) || value < min)
      errors.push({ pointer, code: 'too-small', params: { min } });
    else if (value > max) errors.push({ pointer, code: 'too-large', params: { max } });
    else return true;
    return false;
  };
  if (within('slotMinutes', slotMinutes, QUARTER, 8 * 60) && slotMinutes % QUARTER !== 0)
    errors.push({ pointer: 'slotMinutes', code: 'not-a-quarter' });
  within('noticeHours', noticeHours, 0, 14 * 24);
  within('horizonDays', horizonDays, 1, 180);
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

const TIME = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

function dateOf(text: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/** Refuses with every field at fault: `kernel.invalid`. @param today in the time zone of the wijk */
export function validateException(exception: AgendaException, today: string): void {
  const errors: FieldError[] = [];
  const fault = (pointer: string, code: string, params: FieldError['params'] = {}) =>
    errors.push({ pointer, code, params });
  const { firstDay, lastDay, from, until } = exception;
  const [first, last] = [dateOf(firstDay), dateOf(lastDay)];
  if (!first) fault('firstDay', firstDay === '' ? 'required' : 'not-a-date');
  if (!last) fault('lastDay', lastDay === '' ? 'required' : 'not-a-date');
  if (first && last) {
    if (lastDay < firstDay) fault('lastDay', 'ends-before-starts');
    else if (lastDay < today) fault('lastDay', 'date-past');
    else if (first.until(last).days >= EXCEPTION_DAYS_MAX)
      fault('lastDay', 'too-large', { max: EXCEPTION_DAYS_MAX });
  }
  if (!TIME.test(from) || from === '24:00') fault('from', from === '' ? 'required' : 'not-a-time');
  if (!TIME.test(until)) fault('until', until === '' ? 'required' : 'not-a-time');
  else if (until <= from) fault('until', 'ends-before-starts');
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}
