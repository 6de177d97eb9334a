import type { ReplyOf } from '@wijk/contracts/define';
import type { readCalendar } from '@wijk/contracts/market-appointments';
import { localDateOf } from '@wijk/domain/wijk';
import type { PageTexts } from '@wijk/i18n';
import { fill } from '#lib/text.ts';
import { type OrderWords, partyText } from './orders.ts';
import { dayText, spanText } from './times.ts';
import type { Speaker } from './views.ts';

type Calendar = ReplyOf<typeof readCalendar>;
type Words = PageTexts['calendar'];

/** Appointments by the day of the wijk. */
export function appointmentDays(
  { appointments }: Calendar,
  say: Speaker,
  w: Words,
  orders: OrderWords,
) {
  const days = new Map<string, { ref: string; title: string; when: string; who: string }[]>();
  for (const one of appointments) {
    const date = localDateOf(new Date(one.startsAt), say.timeZone);
    const name = partyText(one.party, orders);
    const who = fill(one.side === 'helper' ? orders.withReceiver : orders.withHelper, { name });
    const line = {
      ...{ ref: one.ref, title: one.title, when: spanText(one, say) },
      who: one.organisation ? fill(w.onBehalf, { who, organisation: one.organisation }) : who,
    };
    days.set(date, [...(days.get(date) ?? []), line]);
  }
  return [...days].map(([date, items]) => ({ date, label: dayText(date, say), items }));
}

const hour = (time: string, { locale }: Speaker) =>
  locale === 'nl' ? time.replace(':', '.') : time;

/** 'van maandag 7 december tot en met vrijdag 11 december, de hele dag' */
export function exceptionLines({ exceptions }: Calendar, say: Speaker, w: Words) {
  return exceptions.map(({ id, kind, firstDay, lastDay, from, until, organisation }) => {
    const first = dayText(firstDay, say);
    const days =
      firstDay === lastDay ? first : fill(w.daySpan, { first, last: dayText(lastDay, say) });
    const whole = from === '00:00' && until === '24:00';
    const times = whole
      ? w.wholeDay
      : fill(w.timeSpan, { from: hour(from, say), until: hour(until, say) });
    return {
      ...{ id, days, times },
      what: kind === 'closed' ? w.closed : w.open,
      organisation,
    };
  });
}

export const DAY_KINDS = ['dag', 'deel', 'extra'] as const;

/** What was typed about single days, for the API. */
export function exceptionIn(values: Record<string, string>) {
  const { soort, firstDay = '', lastDay = '', from = '', until = '' } = values;
  const isWhole = soort !== 'deel' && soort !== 'extra';
  return {
    kind: soort === 'extra' ? ('open' as const) : ('closed' as const),
    firstDay,
    // one day is told once
    lastDay: lastDay === '' ? firstDay : lastDay,
    from: isWhole ? '00:00' : from,
    until: isWhole ? '24:00' : until,
  };
}
