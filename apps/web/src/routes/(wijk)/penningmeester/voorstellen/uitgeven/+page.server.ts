import { redirect } from '@sveltejs/kit';
import { listMoneyPolicies } from '@wijk/contracts/treasury-policy';
import { propose } from '@wijk/contracts/treasury-proposals';
import { creditText, pageTexts, t } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { stop, typed } from '#lib/server/refusal.ts';
import { amountIn, refusedAmounts } from '#lib/server/treasury.ts';
import { treasuryPaths } from '#lib/treasury/paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const outcome = await api(event)(listMoneyPolicies, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  const { fourEyesFrom, symbol } = outcome.data.current;
  return {
    texts: pageTexts(locals.locale, 'proposals'),
    lead: t(locals.locale, 'page.proposals.issueLead', {
      from: creditText(locals.locale, fourEyesFrom, symbol),
    }),
    key: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    const w = pageTexts(locals.locale, 'proposals');
    const kind = values.kind === 'retirement' ? 'retirement' : 'issuance';
    const outcome = await api(event)(propose, {
      params: { wijk: locals.slug },
      body: { kind, amount: amountIn(values.amount), reason: values.reason ?? '' },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok)
      return refusedAmounts(event, 'issue', values, outcome, ['amount'], (field) => ({
        field,
        label: field === 'amount' ? w.amount : w.reason,
      }));
    setFlash(event, outcome.data.done ? 'page.proposals.done' : 'page.proposals.waiting');
    redirect(303, treasuryPaths(locals.base).proposals());
  },
};
