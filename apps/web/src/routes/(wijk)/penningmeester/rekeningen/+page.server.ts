import { listTreasuryAccounts } from '@wijk/contracts/treasury-control';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { moneyOf } from '#lib/server/treasury.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const search = url.searchParams.get('zoek')?.slice(0, 100) ?? '';
  const [money, outcome] = await Promise.all([
    moneyOf(event),
    api(event)(listTreasuryAccounts, { params: { wijk: locals.slug }, query: { search } }),
  ]);
  if (!outcome.ok) stop(outcome);
  const texts = pageTexts(locals.locale, 'accounts');
  return {
    texts,
    search,
    more: outcome.data.more,
    accounts: outcome.data.items.map(({ id, kind, name, balance, frozen }) => ({
      id,
      name: name || texts.nameless,
      organisation: kind === 'organisation',
      balance: money.text(balance),
      frozen,
    })),
  };
};
