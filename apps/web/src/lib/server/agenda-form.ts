import type { BodyOf, ReplyOf } from '@wijk/contracts/define';
import type { readListingAgenda, saveListingAgenda } from '@wijk/contracts/market-appointments';
import { formatDuration, type PageTexts, plural } from '@wijk/i18n';
import { periodPlace, periodsIn, periodValues } from './listing-form.ts';
import { lengths } from './order-forms.ts';
import type { Place } from './refusal.ts';

type Agenda = ReplyOf<typeof readListingAgenda>;
type Locale = App.Locals['locale'];

const NOTICE_HOURS = [0, 2, 4, 12, 24, 48, 72, 168] as const;
const HORIZON_DAYS = [7, 14, 28, 56, 90, 180] as const;

/** What one can choose for the times of an offer, with what stands there now. */
export function agendaChoices(agenda: Agenda, w: PageTexts['times'], locale: Locale) {
  const withNow = (all: readonly number[], now: number) =>
    [...new Set([...all, now])].sort((a, b) => a - b);
  const hours = (n: number) =>
    n === 0
      ? w.noNotice
      : n % 24 === 0
        ? plural(locale, 'page.times.days', n / 24)
        : plural(locale, 'page.times.hours', n);
  const weeks = (n: number) =>
    n % 7 === 0 && n < 70
      ? plural(locale, 'page.times.weeks', n / 7)
      : plural(locale, 'page.times.days', n);
  const options = (all: number[], label: (n: number) => string) =>
    all.map((n) => ({ value: String(n), label: label(n) }));
  return {
    slots: options(lengths([agenda.slotMinutes]), (n) => formatDuration(n, locale)),
    notices: options(withNow(NOTICE_HOURS, agenda.noticeHours), hours),
    horizons: options(withNow(HORIZON_DAYS, agenda.horizonDays), weeks),
  };
}

/** The fields of the form, from what is kept. */
export const agendaValues = (agenda: Agenda): Record<string, string> => ({
  ...periodValues(agenda.periods),
  kiezen: agenda.isOn ? 'ja' : 'nee',
  slotMinutes: String(agenda.slotMinutes),
  noticeHours: String(agenda.noticeHours),
  horizonDays: String(agenda.horizonDays),
  version: String(agenda.version),
});

/** What was typed, for the API. */
export function agendaIn(values: Record<string, string>): BodyOf<typeof saveListingAgenda> {
  const number = (name: string) => Math.trunc(Number(values[name])) || 0;
  return {
    version: number('version'),
    isOn: values.kiezen !== 'nee',
    slotMinutes: number('slotMinutes'),
    noticeHours: number('noticeHours'),
    horizonDays: number('horizonDays'),
    periods: periodsIn(values).map(({ weekday, from, until }) => ({ weekday, from, until })),
  };
}

/** Where a fault of the API stands in the form. */
export function agendaPlace(values: Record<string, string>, w: PageTexts['times']): Place {
  const labels: Record<string, string> = {
    ...{ slotMinutes: w.slot, noticeHours: w.notice, horizonDays: w.horizon },
  };
  return (pointer) => {
    const field = periodPlace(pointer, values);
    if (field) return { field, label: w.week };
    if (pointer === 'periods') return { field: 'van-1-0', label: w.week };
    const label = labels[pointer];
    return label === undefined ? { field: pointer } : { field: pointer, label };
  };
}
