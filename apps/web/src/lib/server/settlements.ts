import type { SuppliedProgramme } from '@wijk/contracts/supplier-settlements';
import { plural, t } from '@wijk/i18n';
import { dayOf } from './programme.ts';
import { dayText } from './treasury.ts';
import type { CreditSpeaker } from './wallet.ts';

/** A programme as its supplier reads it: what is to settle and what was, and nobody's name. */
export function suppliedView(one: SuppliedProgramme, say: CreditSpeaker) {
  const { locale } = say;
  const { unsettled: due } = one;
  const periodOf = (first: string, last: string) =>
    t(locale, 'page.programmes.period', {
      from: dayText(first, locale),
      until: dayText(last, locale),
    });
  return {
    id: one.id,
    name: one.name,
    phase: one.takesPart
      ? t(locale, `page.programmes.phases.${one.phase}`)
      : t(locale, 'page.settlements.ended'),
    period: periodOf(one.startsOn, one.endsOn),
    unsettled:
      due &&
      plural(locale, 'page.programme.unsettled', due.payments, {
        amount: say.money(due.amount),
        from: dayOf(due.firstAt, say),
      }),
    contribution:
      due && due.retired < due.amount
        ? t(locale, 'page.settlements.contribution', { amount: say.money(due.retired) })
        : null,
    settlements: one.settlements.map((done) => ({
      id: done.id,
      period: periodOf(done.firstDay, done.lastDay),
      amount: say.money(done.amount),
      text: plural(locale, 'page.settlements.counted', done.payments, {
        retired: say.money(done.retired),
        date: dayOf(done.madeAt, say),
      }),
    })),
  };
}
