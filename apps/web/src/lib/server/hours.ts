import type { ReplyOf } from '@wijk/contracts/define';
import type { PledgeView, readHours } from '@wijk/contracts/market-hours';
import { HOURS_MINUTES_MAX } from '@wijk/domain/market';
import { formatDay, type PageTexts } from '@wijk/i18n';
import { fill } from '#lib/text.ts';
import { monthText } from './orders.ts';

type Locale = App.Locals['locale'];
export type HoursWords = PageTexts['hours'];
type Own = ReplyOf<typeof readHours>;

/** '26 uur', '1 uur en 30 minuten': hours stay hours, however many they are. */
export function hoursText(minutes: number, locale: Locale): string {
  const total = Math.abs(minutes);
  const unit = (amount: number, name: 'hour' | 'minute') =>
    new Intl.NumberFormat(locale === 'nl' ? 'nl-NL' : 'en-GB', {
      ...{ style: 'unit', unit: name, unitDisplay: 'long' },
    }).format(amount);
  const parts = [
    ...(total >= 60 || total === 0 ? [unit(Math.floor(total / 60), 'hour')] : []),
    ...(total % 60 > 0 ? [unit(total % 60, 'minute')] : []),
  ];
  return new Intl.ListFormat(locale).format(parts);
}

/** Lengths to choose from, in quarters up to four hours, and in whole hours above that. */
export const lengthChoices = (locale: Locale) =>
  Array.from({ length: HOURS_MINUTES_MAX / 15 }, (_, i) => (i + 1) * 15)
    .filter((minutes) => minutes <= 240 || minutes % 60 === 0)
    .map((minutes) => ({ value: String(minutes), label: hoursText(minutes, locale) }));

const PLEDGED_HOURS = [2, 4, 5, 6, 8, 10, 12, 15, 16, 20, 24, 30, 40];
export const pledgeChoices = (locale: Locale) =>
  PLEDGED_HOURS.map((hours) => ({
    value: String(hours * 60),
    label: hoursText(hours * 60, locale),
  }));

/** A day with its year, for what may be long ago or far ahead. */
export const dayText = (day: string, locale: Locale): string =>
  `${formatDay(day, locale)} ${day.slice(0, 4)}`;

/** '1e kwartaal van 2027' */
export const quarterText = (quarter: string, w: PageTexts['hoursQuarter']): string =>
  fill(w.quarter, { nr: quarter.slice(6), year: quarter.slice(0, 4) });

export const quarterIn = (url: URL): { quarter?: string } => {
  const quarter = url.searchParams.get('kwartaal') ?? '';
  return /^20\d\d-Q[1-4]$/.test(quarter) ? { quarter } : {};
};

/** A month of a table: what is nothing stands there as nothing. */
export const monthRow = (
  { month, pledged, performed, open, over }: Omit<Own['months'][number], 'other'>,
  locale: Locale,
) => ({
  month: monthText(month, locale),
  key: month,
  cells: [pledged, performed, open, over].map((minutes) =>
    minutes === 0 ? '–' : hoursText(minutes, locale),
  ),
});

/** This month, big and plain. */
export function thisMonth({ months }: Own, w: HoursWords, locale: Locale) {
  const now = months[0];
  if (!now) return null;
  const text = (minutes: number) => hoursText(minutes, locale);
  const { pledged, performed, open, over, other } = now;
  const lines = [
    ...(pledged > 0 ? [fill(w.ofPledged, { pledged: text(pledged) })] : []),
    ...(open > 0 ? [fill(w.open, { length: text(open) })] : []),
    ...(pledged > 0 && open === 0 ? [w.kept] : []),
    ...(pledged > 0 && over > 0 ? [fill(w.over, { length: text(over) })] : []),
    ...(other > 0 ? [fill(w.other, { length: text(other) })] : []),
  ];
  return { month: monthText(now.month, locale), done: text(performed), lines };
}

export interface PledgeText {
  id: string;
  text: string;
  when: string;
  purpose: string | null;
  note: string | null;
  mayDecide: boolean;
  mayEnd: boolean;
}

/** @param whose as what the text names it: to whom it was made, or who made it */
export function pledgeText(
  one: PledgeView,
  whose: 'organisation' | 'member',
  w: HoursWords,
  locale: Locale,
): PledgeText {
  const { id, organisation, member, minutesPerMonth, from, until, purpose, state } = one;
  const values = {
    length: hoursText(minutesPerMonth, locale),
    organisation: organisation ?? w.foundation,
    name: member ?? w.erased,
  };
  const asks = whose === 'organisation' && state === 'proposed';
  const text =
    whose === 'member'
      ? `${values.name}: ${values.length}`
      : fill(asks ? w.proposed : w.pledge, values);
  const days = { from: dayText(from, locale), until: until ? dayText(until, locale) : '' };
  const over = until !== null && !one.mayEnd && state === 'agreed';
  return {
    ...{ id, mayDecide: one.mayDecide, mayEnd: one.mayEnd },
    text: text.charAt(0).toUpperCase() + text.slice(1),
    when: fill(until === null ? w.since : w.between, days),
    purpose: purpose ? fill(w.inReturn, { purpose }) : null,
    note:
      state === 'declined' ? w.declined : state === 'proposed' ? w.waits : over ? w.stopped : null,
  };
}

/** What somebody did, each in a line. */
export function entryText(one: Own['entries'][number], w: HoursWords, locale: Locale) {
  const { id, day, minutes, state, organisation, what, paid, order, isCorrection, standing } = one;
  const words = !isCorrection ? w.entry : minutes > 0 ? w.addition : w.removal;
  const name = one.name ?? w.erased;
  return {
    id,
    text: fill(words, { length: hoursText(minutes, locale), name }),
    day: dayText(day, locale),
    state: w.state[state],
    more: [organisation && fill(w.entryFor, { organisation }), paid && w.paid]
      .filter(Boolean)
      .join(', '),
    ...{ what, order, mayTakeBack: state === 'logged', mayFix: standing !== null },
  };
}

export function confirmText(one: Own['toConfirm'][number], w: HoursWords, locale: Locale) {
  const name = one.name ?? w.erased;
  const values = {
    ...{ name, length: hoursText(one.minutes, locale), day: dayText(one.day, locale) },
    before: one.standing === null ? '' : hoursText(one.standing, locale),
  };
  return {
    ...{ id: one.id, what: one.what },
    text: fill(one.standing === null ? w.helped : w.corrected, values),
    confirmOf: fill(w.confirmOf, { name }),
    declineOf: fill(w.declineOf, { name }),
  };
}
