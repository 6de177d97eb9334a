import { listHeldUpOrders } from '@wijk/contracts/market-held-up';
import { listTreasuryHolds } from '@wijk/contracts/wallet-holds';
import { pageTexts, t } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { moneyOf } from '#lib/server/treasury.ts';
import { agoText, momentText, speaker, untilText } from '#lib/server/views.ts';
import { treasuryPaths } from '#lib/treasury/paths.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const { locale } = locals;
  const cursor = url.searchParams.get('na');
  const [say, money, outcome, heldUp] = await Promise.all([
    speaker(locals),
    moneyOf(event),
    api(event)(listTreasuryHolds, {
      params: { wijk: locals.slug },
      query: { limit: 30, ...(cursor ? { cursor } : {}) },
    }),
    api(event)(listHeldUpOrders, { params: { wijk: locals.slug } }),
  ]);
  if (!outcome.ok) stop(outcome);
  if (!heldUp.ok) stop(heldUp);
  const { total, items, nextCursor } = outcome.data;
  const to = treasuryPaths(locals.base);
  const isTheirs = (kind: string) => kind === 'member' || kind === 'organisation';
  return {
    texts: pageTexts(locale, 'openHolds'),
    total: t(locale, 'page.openHolds.total', { amount: money.text(total) }),
    holds: items.map(({ id, account, kind, name, amount, since, until }) => ({
      key: `${id} ${account}`,
      name:
        name ||
        (kind === 'fund'
          ? t(locale, 'page.treasury.kinds.fund')
          : t(locale, 'page.accounts.nameless')),
      href: isTheirs(kind) ? to.account(account) : null,
      amount: money.text(amount),
      since: agoText(since, say),
      until: until === null ? null : untilText(until, say),
    })),
    heldUp: heldUp.data.items.map(({ id, holder, amount, since, nextTry }) => ({
      ...{ id, amount: money.text(amount) },
      name: holder.organisation ?? holder.name ?? t(locale, 'page.accounts.nameless'),
      since: agoText(since, say),
      nextTry: momentText(nextTry, say),
    })),
    next: nextCursor ? to.holds(nextCursor) : null,
    first: cursor ? to.holds() : null,
  };
};
