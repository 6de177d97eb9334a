import { error, redirect } from '@sveltejs/kit';
import { readWallet, readWalletPayment } from '@wijk/contracts/wallet';
import { returnPayment } from '@wijk/contracts/wallet-pay';
import { amountText, pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { isUuid } from '#lib/server/ids.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { momentText } from '#lib/server/views.ts';
import { amountIn, creditSpeaker, membersOnly, partyName } from '#lib/server/wallet.ts';
import { walletPaths } from '#lib/wallet/paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, params, url } = event;
  if (!isUuid(params.id)) error(404, { message: 'Not found' });
  const call = api(event);
  const payment = await call(readWalletPayment, {
    params: { wijk: locals.slug, payment: params.id },
  });
  if (!payment.ok) stop(payment);
  const { data } = payment;
  const organisation = data.organisation;
  const wallet = await call(readWallet, {
    params: { wijk: locals.slug },
    query: organisation ? { organisation } : {},
  });
  if (!wallet.ok) stop(wallet);
  const say = await creditSpeaker(locals, wallet.data.unit);
  return {
    texts: pageTexts(locals.locale, 'wallet'),
    done: url.searchParams.has('gelukt') && data.direction === 'out' && !data.reversedAt,
    organisation,
    isIn: data.direction === 'in',
    name: partyName(data.party, locals.locale),
    amount: say.money(data.amount),
    budget: data.budget ? say.money(data.budget) : null,
    contribution: data.contribution ? say.money(data.contribution) : null,
    received: data.contribution ? say.money(data.amount - data.contribution) : null,
    memo: data.memo,
    // enough for the treasurer to find it by
    reference: params.id.slice(0, 8),
    by: data.by,
    at: momentText(data.at, say),
    reversed: data.reversedAt && momentText(data.reversedAt, say),
    balance: say.money(wallet.data.balance),
    mayReturn: data.mayReturn > 0 ? say.money(data.mayReturn) : null,
    whole: amountText(locals.locale, data.mayReturn),
    returns: data.returns,
    givenBack: data.givenBack && {
      payment: data.givenBack.payment,
      amount: say.money(data.givenBack.amount),
    },
    key: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, params } = event;
    const values = typed(await event.request.formData());
    const amount = amountIn(values);
    if (typeof amount !== 'number') return refused(event, 'return', values, amount);
    const outcome = await api(event)(returnPayment, {
      params: { wijk: locals.slug, payment: params.id },
      body: { amount },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return refused(event, 'return', values, outcome);
    redirect(303, walletPaths(locals.base).walletPayment(outcome.data.id, true));
  },
};
