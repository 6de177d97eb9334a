import { redirect } from '@sveltejs/kit';
import { findPayments, propose } from '@wijk/contracts/treasury-proposals';
import { pageTexts, t } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { moneyOf } from '#lib/server/treasury.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import { treasuryPaths } from '#lib/treasury/paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const { locale } = locals;
  const ref = url.searchParams.get('kenmerk')?.trim().slice(0, 60) ?? '';
  const base = { texts: pageTexts(locale, 'proposals'), ref, key: crypto.randomUUID() };
  if (ref === '') return { ...base, found: [] };
  const [say, money, outcome] = await Promise.all([
    speaker(locals),
    moneyOf(event),
    api(event)(findPayments, { params: { wijk: locals.slug }, query: { ref } }),
  ]);
  if (!outcome.ok) stop(outcome);
  return {
    ...base,
    found: outcome.data.items.map(({ id, amount, payer, payee, at, earmarked, reversal }) => ({
      id,
      reversal,
      text: t(locale, 'page.proposals.payment', {
        ...{ amount: money.text(amount), payer, payee },
        at: momentText(at, say).text,
      }),
      earmarked:
        earmarked > 0
          ? t(locale, 'page.proposals.earmarked', { amount: money.text(earmarked) })
          : null,
    })),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    const outcome = await api(event)(propose, {
      params: { wijk: locals.slug },
      body: { kind: 'reversal', payment: values.payment ?? '', reason: values.reason ?? '' },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return refused(event, 'reverse', values, outcome);
    setFlash(event, outcome.data.done ? 'page.proposals.done' : 'page.proposals.waiting');
    redirect(303, treasuryPaths(locals.base).proposals());
  },
};
