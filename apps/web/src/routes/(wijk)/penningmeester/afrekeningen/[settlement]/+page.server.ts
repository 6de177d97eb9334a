import { error } from '@sveltejs/kit';
import { readSettlement } from '@wijk/contracts/treasury-settlements';
import { pageTexts, t } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { isUuid } from '#lib/server/ids.ts';
import { stop } from '#lib/server/refusal.ts';
import { dayText, moneyOf } from '#lib/server/treasury.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  if (!isUuid(params.settlement)) error(404, { message: 'Not found', reason: 'kernel.not-found' });
  const { locale } = locals;
  const [money, outcome] = await Promise.all([
    moneyOf(event),
    api(event)(readSettlement, { params: { wijk: locals.slug, settlement: params.settlement } }),
  ]);
  if (!outcome.ok) stop(outcome);
  const one = outcome.data;
  return {
    texts: pageTexts(locale, 'programme'),
    title: t(locale, 'page.programme.settlementTitle', { name: one.name }),
    programme: one.programme,
    back: t(locale, 'page.programme.backTo', { name: one.programme.name }),
    period: t(locale, 'page.programmes.period', {
      from: dayText(one.firstDay, locale),
      until: dayText(one.lastDay, locale),
    }),
    days: one.days.map(({ day, payments, amount }) => ({
      day: dayText(day, locale),
      payments,
      amount: money.text(amount),
    })),
    payments: one.payments,
    amount: money.text(one.amount),
    retired: t(locale, 'page.programme.retired', { amount: money.text(one.retired) }),
  };
};
