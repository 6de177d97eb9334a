import { error, redirect } from '@sveltejs/kit';
import { endPayRequest, readPayCode } from '@wijk/contracts/wallet-pay';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { qrPath } from '#lib/server/qr.ts';
import { refused, stop } from '#lib/server/refusal.ts';
import { creditSpeaker, membersOnly, requestView } from '#lib/server/wallet.ts';
import { walletPaths } from '#lib/wallet/paths.ts';
import type { Actions, PageServerLoad } from './$types';

const CODE = /^[a-hjkmnp-z2-9]{10}$/;

export const load: PageServerLoad = async (event) => {
  // says by itself that it was paid
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, params } = event;
  if (!CODE.test(params.code)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readPayCode, {
    params: { wijk: locals.slug, code: params.code },
  });
  if (!outcome.ok) stop(outcome);
  const { request, own, unit, payment } = outcome.data;
  if (!request || !own) redirect(303, walletPaths(locals.base).pay(params.code));
  const { wijk } = await locals.context();
  const address = `${wijk.site}${walletPaths('').pay(params.code)}`;
  return {
    texts: pageTexts(locals.locale, 'wallet'),
    request: requestView(request, await creditSpeaker(locals, unit)),
    payment,
    address,
    qr: request.state === 'open' ? qrPath(address) : null,
  };
};

export const actions: Actions = {
  trek: async (event) => {
    const { locals, params } = event;
    const outcome = await api(event)(endPayRequest, {
      params: { wijk: locals.slug, code: params.code },
      body: { ending: 'withdrawn' },
    });
    if (!outcome.ok) return refused(event, 'withdraw', {}, outcome);
    setFlash(event, 'page.wallet.withdrawn');
    redirect(303, walletPaths(locals.base).wallet());
  },
};
