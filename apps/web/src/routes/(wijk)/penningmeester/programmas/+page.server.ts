import { listProgrammes } from '@wijk/contracts/treasury-programmes';
import { pageTexts, t } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { dayText, moneyOf } from '#lib/server/treasury.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const { locale } = locals;
  const [money, outcome] = await Promise.all([
    moneyOf(event),
    api(event)(listProgrammes, { params: { wijk: locals.slug } }),
  ]);
  if (!outcome.ok) stop(outcome);
  return {
    texts: pageTexts(locale, 'programmes'),
    programmes: outcome.data.items.map((one) => ({
      id: one.id,
      name: one.name,
      phase: t(locale, `page.programmes.phases.${one.phase}`),
      period: t(locale, 'page.programmes.period', {
        from: dayText(one.startsOn, locale),
        until: dayText(one.endsOn, locale),
      }),
      row: t(locale, 'page.programmes.row', {
        participants: one.participants,
        with: money.text(one.withParticipants),
        balance: money.text(one.balance),
      }),
    })),
  };
};
