import type { OrderView } from '@wijk/contracts/market-orders';
import type { SeriesLine } from '@wijk/contracts/market-series';
import { type PageTexts, pageTexts } from '@wijk/i18n';
import { fill } from '#lib/text.ts';
import type { CreditSpeaker } from './wallet.ts';

export type SeriesWords = PageTexts['series'];
type Every = SeriesLine['every'];

/** 'elke dinsdag om 10.00 uur', from the first time: the hour on the wall stays the same. */
export function howText(
  every: Every,
  startsAt: string,
  say: CreditSpeaker,
  w: SeriesWords,
): string {
  const at = new Date(startsAt);
  const { timeZone, locale } = say;
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale === 'nl' ? 'nl-NL' : 'en-GB', { timeZone, ...options }).format(
      at,
    );
  const time = part({ hour: '2-digit', minute: '2-digit' });
  return fill(w.onWall[every], {
    day: part({ weekday: 'long' }),
    date: part({ day: 'numeric' }),
    time: locale === 'nl' ? time.replace(':', '.') : time,
  });
}

/** '10 keer', or 'tot en met 3 maart 2027'. */
export function longText(
  { times, until }: { times: number | null; until: string | null },
  { locale }: CreditSpeaker,
  w: SeriesWords,
): string {
  if (times !== null) return fill(w.howLong.times, { count: times });
  const date = new Intl.DateTimeFormat(locale === 'nl' ? 'nl-NL' : 'en-GB', {
    ...{ timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' },
  }).format(new Date(`${until}T12:00:00Z`));
  return fill(w.howLong.until, { date });
}

/** How an order comes back, as a line of its facts; null: it stands alone. */
export function repeatsText(order: OrderView, say: CreditSpeaker): string | null {
  const { repeats, terms } = order;
  if (!repeats) return null;
  const w = pageTexts(say.locale, 'series');
  const { every, number, times } = repeats;
  const how = terms.startsAt === null ? w.every[every] : howText(every, terms.startsAt, say, w);
  if (order.repeats?.state === 'asked') return `${how}, ${longText(repeats, say, w)}`;
  const which = times === null ? w.ask.number : w.ask.numberOf;
  return `${how}. ${fill(which, { number: number + 1, count: times ?? 0 })}`;
}

/** What somebody agrees to who says yes to the first time; null: it stands alone, or runs already. */
export function agreesToSeries(order: OrderView, say: CreditSpeaker): string | null {
  const { repeats, terms } = order;
  if (repeats?.state !== 'asked' || terms.startsAt === null) return null;
  const w = pageTexts(say.locale, 'series');
  const how = howText(repeats.every, terms.startsAt, say, w);
  return fill(w.ask.agreeTo, { how, long: longText(repeats, say, w) });
}
