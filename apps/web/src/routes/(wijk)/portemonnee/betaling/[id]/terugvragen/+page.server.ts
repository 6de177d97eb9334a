import { error, redirect } from '@sveltejs/kit';
import { proposeRefund } from '@wijk/contracts/treasury-proposals';
import { readWallet, readWalletPayment } from '@wijk/contracts/wallet';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isUuid } from '#lib/server/ids.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { creditSpeaker, membersOnly, partyName } from '#lib/server/wallet.ts';
import { walletPaths } from '#lib/wallet/paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, params } = event;
  if (!isUuid(params.id)) error(404, { message: 'Not found' });
  const at = { wijk: locals.slug };
  const [payment, wallet] = await Promise.all([
    api(event)(readWalletPayment, { params: { ...at, payment: params.id } }),
    api(event)(readWallet, { params: at }),
  ]);
  if (!payment.ok) stop(payment);
  if (!wallet.ok) stop(wallet);
  // whoever received it gives it back by paying
  if (payment.data.direction === 'in' || payment.data.reversedAt)
    error(404, { message: 'Not found' });
  const say = await creditSpeaker(locals, wallet.data.unit);
  return {
    texts: pageTexts(locals.locale, 'refund'),
    name: partyName(payment.data.party, locals.locale),
    amount: say.money(payment.data.amount),
    key: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, params } = event;
    const values = typed(await event.request.formData());
    const outcome = await api(event)(proposeRefund, {
      params: { wijk: locals.slug, payment: params.id },
      body: { reason: values.reason ?? '' },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return refused(event, 'refund', values, outcome);
    setFlash(event, 'page.refund.asked');
    redirect(303, walletPaths(locals.base).walletPayment(params.id));
  },
};
