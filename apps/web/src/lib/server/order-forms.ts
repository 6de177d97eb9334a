import type { BodyOf } from '@wijk/contracts/define';
import type { stepOrder } from '@wijk/contracts/market-orders';
import type { Problem } from '@wijk/contracts/problem';
import { QUARTER } from '@wijk/domain/market';
import { parseAmount } from '@wijk/domain/wallet';
import { localDateOf, momentAt } from '@wijk/domain/wijk';
import type { Refused } from './refusal.ts';
import { faultAt } from './wallet.ts';

export type StepBody = BodyOf<typeof stepOrder>;
type Fault = Problem['errors'][number];

/** What somebody typed about the terms, or every field at fault. */
export interface Typed<T> {
  value: T;
  errors: Fault[];
}

const fault = (pointer: string, code: string): Fault[] => faultAt(pointer, code).problem.errors;

/** Every fault of a form that the page itself found, in the form of the API's. */
export function faultsOf(errors: Fault[]): Refused {
  const { problem, ...first } = faultAt('', 'invalid');
  return { ...first, problem: { ...problem, errors } };
}

const isNothing = (text: string) => /^0+([.,]0{1,2})?$/.test(text);

/** An amount that may be nothing; null where nothing was typed. */
export function amountTyped(field: string, typed: string | undefined): Typed<number | null> {
  const text = (typed ?? '').trim();
  if (text === '') return { value: null, errors: [] };
  if (isNothing(text)) return { value: 0, errors: [] };
  const value = parseAmount(text);
  return { value, errors: value === null ? fault(field, 'not-an-amount') : [] };
}

/** A length in minutes, chosen from a list; null: not said. */
export function minutesTyped(typed: string | undefined): number | null {
  const minutes = Number(typed);
  return typed && Number.isInteger(minutes) && minutes > 0 ? minutes : null;
}

/** The choices beside the times of a list: none yet, and one that is typed. */
export const NO_TIME = 'overleg';
export const OWN_TIME = 'zelf';

/**
 * A time that was chosen from a list, or a day and a time on the wall of the wijk; null where none was meant. Where
 * there was a list, something is to be chosen.
 */
export function momentTyped(
  values: Record<string, string>,
  timeZone: string,
): Typed<string | null> {
  const { date = '', time = '', slot = '', tijden } = values;
  if (tijden !== undefined && slot !== OWN_TIME) {
    if (slot === '') return { value: null, errors: fault('startsAt', 'required') };
    return { value: slot === NO_TIME ? null : slot, errors: [] };
  }
  if (tijden !== undefined && date === '')
    return { value: null, errors: fault('date', 'required') };
  if (date === '' && time === '') return { value: null, errors: [] };
  if (date === '') return { value: null, errors: fault('date', 'required') };
  if (time === '') return { value: null, errors: fault('time', 'required') };
  const at = momentAt(date, time, timeZone);
  if (at) return { value: at.toISOString(), errors: [] };
  const isDate = momentAt(date, '12:00', timeZone) !== undefined;
  return {
    value: null,
    errors: isDate ? fault('time', 'not-a-time') : fault('date', 'not-a-date'),
  };
}

/** Where a fault of the API stands in the form that was sent. */
export const placeOf = (pointer: string, { tijden, slot }: Record<string, string>): string =>
  pointer === 'startsAt' && tijden !== undefined && slot !== OWN_TIME
    ? 'slot'
    : (PLACES[pointer] ?? pointer);

const PLACES: Readonly<Record<string, string>> = {
  startsAt: 'date',
  workedMinutes: 'minutes',
};

/** A moment as the fields of a form hold it. */
export function momentFields(iso: string | null, timeZone: string): { date: string; time: string } {
  if (iso === null) return { date: '', time: '' };
  const at = new Date(iso);
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
  return { date: localDateOf(at, timeZone), time };
}

/** Lengths to choose from: quarters up to two hours, then halves up to a working day. */
export function lengths(more: readonly (number | null)[] = []): number[] {
  const quarters = Array.from({ length: 8 }, (_, i) => (i + 1) * QUARTER);
  const halves = Array.from({ length: 12 }, (_, i) => 120 + (i + 1) * 2 * QUARTER);
  const all = [...quarters, ...halves, ...more.filter((one) => one !== null)];
  return [...new Set(all)].sort((a, b) => a - b);
}
