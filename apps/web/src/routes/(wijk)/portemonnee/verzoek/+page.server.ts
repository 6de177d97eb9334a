import { redirect } from '@sveltejs/kit';
import { readWallet } from '@wijk/contracts/wallet';
import { makePayRequest } from '@wijk/contracts/wallet-pay';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { chosenPayee, searchPayees } from '#lib/server/payee-search.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { amountIn, membersOnly, organisationIn, payeeIn } from '#lib/server/wallet.ts';
import { walletPaths } from '#lib/wallet/paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, url } = event;
  const organisation = organisationIn(url);
  const [wallet, chosen] = await Promise.all([
    api(event)(readWallet, {
      params: { wijk: locals.slug },
      query: organisation ? { organisation } : {},
    }),
    chosenPayee(event),
  ]);
  if (!wallet.ok) stop(wallet);
  return {
    texts: pageTexts(locals.locale, 'wallet'),
    organisation,
    holder: organisation ? wallet.data.holder.name : null,
    chosen: chosen?.payee.kind === 'fund' ? null : (chosen?.name ?? null),
    key: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  zoek: searchPayees,
  vraag: async (event) => {
    const { locals, url } = event;
    const values = typed(await event.request.formData());
    const amount = amountIn(values);
    if (typeof amount !== 'number') return refused(event, 'ask', values, amount);
    const of = payeeIn(url);
    const { key = '', memo = '' } = values;
    const outcome = await api(event)(makePayRequest, {
      params: { wijk: locals.slug },
      body: {
        of: of?.kind === 'fund' ? null : of,
        amount,
        memo,
        for: organisationIn(url),
      },
      idempotencyKey: key,
    });
    if (!outcome.ok) return refused(event, 'ask', values, outcome);
    redirect(303, walletPaths(locals.base).asked(outcome.data.code));
  },
};
