import { error } from '@sveltejs/kit';
import { readAccountYear } from '@wijk/contracts/treasury-figures';
import { pageTexts, t } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { isUuid } from '#lib/server/ids.ts';
import { stop } from '#lib/server/refusal.ts';
import { moneyOf } from '#lib/server/treasury.ts';
import { turnoverLines, yearIn } from '#lib/server/year.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  if (!isUuid(params.account)) error(404, { message: 'Not found', reason: 'kernel.not-found' });
  const { locale } = locals;
  const [money, outcome] = await Promise.all([
    moneyOf(event),
    api(event)(readAccountYear, {
      params: { wijk: locals.slug, account: params.account },
      query: yearIn(event.url),
    }),
  ]);
  if (!outcome.ok) stop(outcome);
  const { year, name, opening, closing, lines } = outcome.data;
  const texts = pageTexts(locale, 'accounts');
  return {
    texts,
    id: params.account,
    name: name || texts.nameless,
    year,
    title: t(locale, 'page.accounts.yearTitle', { year, name: name || texts.nameless }),
    opening: money.text(opening),
    closing: money.text(closing),
    lines: turnoverLines(lines, locale, money),
  };
};
