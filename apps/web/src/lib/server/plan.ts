import type { ScheduleView } from '@wijk/contracts/wallet-schedules';
import { type MessageKey, type PageTexts, t } from '@wijk/i18n';
import { fill } from '#lib/text.ts';
import { type CreditSpeaker, partyName } from './wallet.ts';

/** A day as 'YYYY-MM-DD' in words, with its year. */
export const dateWords = (day: string, locale: App.Locals['locale']): string =>
  new Intl.DateTimeFormat(locale === 'nl' ? 'nl-NL' : 'en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(new Date(`${day}T12:00:00Z`));

const KNOWN = ['insufficient', 'over-daily', 'frozen', 'cannot-receive', 'payee-not-found'];

/** Why a date was not paid, in a few words without amounts. */
export function whyText(refusal: string | null, locale: App.Locals['locale']): string {
  const code = (refusal ?? '').replace(/^wallet\./, '');
  return t(locale, `page.plan.why.${KNOWN.includes(code) ? code : 'other'}` as MessageKey);
}

/** A planned payment as its payer reads it. */
export function planView(schedule: ScheduleView, say: CreditSpeaker, w: PageTexts['plan']) {
  const { locale, timeZone } = say;
  const { id, amount, memo, every, startsOn, endsOn, nextOn, triedAgainAt, lastRefusal } = schedule;
  const name = partyName(schedule.payee, locale);
  const why = whyText(lastRefusal, locale);
  const time = triedAgainAt
    ? new Intl.DateTimeFormat(locale === 'nl' ? 'nl-NL' : 'en-GB', {
        timeZone,
        hour: 'numeric',
        minute: '2-digit',
      })
        .format(new Date(triedAgainAt))
        .replace(':', locale === 'nl' ? '.' : ':')
    : '';
  return {
    id,
    name,
    memo,
    amount: say.money(amount),
    title: fill(w.to, { amount: say.money(amount), name }),
    every: w[every],
    from: dateWords(startsOn, locale),
    until: endsOn && dateWords(endsOn, locale),
    goesOn: nextOn !== null,
    next: nextOn && fill(w.next, { date: dateWords(nextOn, locale) }),
    ended: schedule.stoppedAt ? w.stoppedOn : w.endedOn,
    trouble: time
      ? fill(w.again, { why, time })
      : lastRefusal && nextOn
        ? fill(w.failed, { why })
        : null,
  };
}
export type PlanView = ReturnType<typeof planView>;
