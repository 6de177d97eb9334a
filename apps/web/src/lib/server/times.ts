import type { RequestEvent } from '@sveltejs/kit';
import { type FreeDay, readFreeTimes } from '@wijk/contracts/market-appointments';
import { plural } from '@wijk/i18n';
import type { DayView } from '#lib/agenda/views.ts';
import { api } from './api.ts';
import type { Speaker } from './views.ts';

const TAG = { nl: 'nl-NL', en: 'en-GB' } as const;

/** 'maandag 7 december'; the year where it is another one */
export function dayText(date: string, { locale, now, timeZone }: Speaker): string {
  const year = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }).format(now);
  return new Intl.DateTimeFormat(TAG[locale], {
    ...{ timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long' },
    ...(date.startsWith(year) ? {} : { year: 'numeric' }),
  }).format(new Date(`${date}T12:00:00Z`));
}

/** '10.00' in Dutch, '10:00' in English */
export function clockText(iso: string, { locale, timeZone }: Pick<Speaker, 'locale' | 'timeZone'>) {
  const text = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).format(new Date(iso));
  return locale === 'nl' ? text.replace(':', '.') : text;
}

/** '10.00 – 11.00' */
export const spanText = (
  { startsAt, endsAt }: { startsAt: string; endsAt: string },
  say: Pick<Speaker, 'locale' | 'timeZone'>,
): string => `${clockText(startsAt, say)} – ${clockText(endsAt, say)}`;

/** @param places of a group offer; null: one at a time */
export function dayViews(days: readonly FreeDay[], say: Speaker, places: number | null): DayView[] {
  return days.map(({ date, slots }) => ({
    date,
    label: dayText(date, say),
    times: slots.map((slot) => ({
      value: slot.startsAt,
      label: spanText(slot, say),
      start: clockText(slot.startsAt, say),
      rest: ` – ${clockText(slot.endsAt, say)}`,
      left: places === null ? null : plural(say.locale, 'page.times.left', slot.left),
    })),
  }));
}

/** The times of an offer that can be chosen now; null where one does not choose, or it is not to be had now. */
export async function freeDays(
  event: RequestEvent,
  listing: string,
  say: Speaker,
  days?: number,
): Promise<DayView[] | null> {
  const outcome = await api(event)(readFreeTimes, {
    params: { wijk: event.locals.slug, listing },
    ...(days ? { query: { days } } : {}),
  });
  if (!outcome.ok || !outcome.data.isOn) return null;
  return dayViews(outcome.data.days, say, outcome.data.places);
}

/** A moment that stands in the address of a page; '' where it is none. */
export const momentInAddress = (url: URL): string => {
  const at = url.searchParams.get('tijd') ?? '';
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at) ? at : '';
};

/** Times were chosen from, and the one that was meant cannot be: they are to be read anew. */
export const isAboutTime = (problem: { code: string; errors: readonly { pointer: string }[] }) =>
  problem.code === 'market.time-taken' ||
  problem.code === 'market.no-places-left' ||
  problem.errors.some(({ pointer }) => pointer === 'startsAt');
