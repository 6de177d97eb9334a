import type { ReplyOf } from '@wijk/contracts/define';
import type { ParticipantsReport } from '@wijk/contracts/treasury-participants';
import type { readProgramme } from '@wijk/contracts/treasury-programmes';
import { plural, t } from '@wijk/i18n';
import { dayText, type Money } from './treasury.ts';
import type { Speaker } from './views.ts';

type Programme = ReplyOf<typeof readProgramme>;

/** The date in the wijk of a moment, as words. */
export const dayOf = (iso: string, { timeZone, locale }: Speaker): string =>
  dayText(new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(iso)), locale);

/** One programme in words. */
export function programmeView(
  one: Programme,
  say: Speaker,
  money: Money,
  themes: readonly { slug: string; name: string }[],
) {
  const { locale } = say;
  const kindOf = (kind: string) =>
    t(locale, `page.programmes.kind.${kind}` as 'page.programmes.kind.product');
  const isOver = one.phase === 'ended' || one.phase === 'closed';
  return {
    id: one.id,
    name: one.name,
    about: one.about,
    phase: t(locale, `page.programmes.phases.${one.phase}`),
    isOver,
    period: t(locale, 'page.programmes.period', {
      from: dayText(one.startsOn, locale),
      until: dayText(one.endsOn, locale),
    }),
    each: t(locale, 'page.programme.each', { amount: money.text(one.perParticipant) }),
    balance: t(locale, 'page.programme.balance', {
      balance: money.text(one.balance),
      with: money.text(one.withParticipants),
    }),
    source:
      one.sourceBalance === null
        ? null
        : t(locale, 'page.programme.sourceFund', { balance: money.text(one.sourceBalance) }),
    meantFor: [...one.kinds.map(kindOf), ...one.themes.map(({ name }) => name)],
    lots: one.lots.map((lot) => ({
      account: lot.account,
      name: lot.name || t(locale, 'page.accounts.nameless'),
      granted: money.text(lot.granted),
      spent: money.text(lot.returned ? 0 : lot.granted - lot.left),
      left: money.text(lot.left),
      returned: lot.returned,
      state: lot.returned
        ? t(locale, 'page.programme.states.returned')
        : lot.left === 0
          ? t(locale, 'page.programme.states.used')
          : t(locale, 'page.programme.states.open', { until: dayText(one.endsOn, locale) }),
    })),
    suppliers: one.suppliers.map((supplier) => ({
      account: supplier.account,
      key: `${supplier.account} ${supplier.since}`,
      name: supplier.name,
      offers: [
        kindOf(supplier.kind),
        themes.find(({ slug }) => slug === supplier.theme)?.name ?? supplier.theme,
      ].join(', '),
      ended: supplier.ended,
    })),
    candidates: one.candidates.map(({ account, name }) => ({ value: account, label: name })),
    unsettled: one.unsettled.map((due) => ({
      account: due.account,
      name: due.name,
      text: plural(locale, 'page.programme.unsettled', due.payments, {
        amount: money.text(due.amount),
        from: dayOf(due.firstAt, say),
      }),
      contribution:
        due.retired === due.amount
          ? null
          : t(locale, 'page.programme.contribution', { amount: money.text(due.retired) }),
    })),
    settlements: one.settlements.map((done) => ({
      id: done.id,
      name: done.name,
      amount: money.text(done.amount),
      period: t(locale, 'page.programmes.period', {
        from: dayText(done.firstDay, locale),
        until: dayText(done.lastDay, locale),
      }),
    })),
  };
}

/** What a list of participants came to. */
export function reportView(report: ParticipantsReport, locale: Speaker['locale'], money: Money) {
  const { dryRun, granted, amount, known, refusedCount, refused } = report;
  return {
    dryRun,
    adds: granted > 0,
    counts: t(locale, 'page.programme.counts', {
      ...{ granted, known, refused: refusedCount, amount: money.text(amount) },
    }),
    lines: refused.map(({ line, code, text }) => ({
      line,
      text,
      why: t(locale, `page.programme.codes.${code}`),
    })),
    more: refused.length < refusedCount,
  };
}
