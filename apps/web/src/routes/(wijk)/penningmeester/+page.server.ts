import { redirect } from '@sveltejs/kit';
import { readTreasury } from '@wijk/contracts/treasury-figures';
import { plural, t } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { moneyOf } from '#lib/server/treasury.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import { treasuryPaths } from '#lib/treasury/paths.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const { actor } = await locals.context();
  // who only looks along has one page here
  if (actor && !actor.abilities.includes('wallet.control'))
    redirect(303, treasuryPaths(locals.base).proposals());
  const [say, money, outcome] = await Promise.all([
    speaker(locals),
    moneyOf(event),
    api(event)(readTreasury, { params: { wijk: locals.slug } }),
  ]);
  if (!outcome.ok) stop(outcome);
  const { locale } = locals;
  const { proposals, mine, settlements, frozen, verification, totals, outstanding } = outcome.data;
  const others = proposals - mine;
  const at = verification ? momentText(verification.at, say).text : '';
  return {
    mine: mine > 0 ? plural(locale, 'page.treasury.mine', mine) : null,
    others: others > 0 ? plural(locale, 'page.treasury.others', others) : null,
    frozen: frozen > 0 ? plural(locale, 'page.treasury.frozen', frozen) : null,
    settlements: settlements.map(({ programme, programmeName, name, amount }) => ({
      programme,
      key: `${programme} ${name}`,
      text: t(locale, 'page.treasury.settle', {
        name,
        amount: money.text(amount),
        programme: programmeName,
      }),
    })),
    alarm:
      verification && !verification.ok
        ? t(locale, 'page.treasury.broken', { broken: verification.broken ?? '' })
        : null,
    verified: verification?.ok
      ? t(locale, 'page.treasury.verified', { at })
      : verification
        ? null
        : t(locale, 'page.treasury.neverVerified'),
    outstanding: t(locale, 'page.treasury.outstandingText', { amount: money.text(outstanding) }),
    totals: totals.map(({ kind, accounts, balance }) => ({
      kind: t(locale, `page.treasury.kinds.${kind}` as 'page.treasury.kinds.fund'),
      accounts,
      balance: money.text(balance),
    })),
  };
};
