import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { endPayRequest, readPayCode } from '@wijk/contracts/wallet-pay';
import { pageTexts, problemText } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { back, confirm, look, settle } from '#lib/server/pay-forms.ts';
import { refused, stop } from '#lib/server/refusal.ts';
import {
  creditSpeaker,
  membersOnly,
  organisationIn,
  partyName,
  requestView,
} from '#lib/server/wallet.ts';
import { walletPaths } from '#lib/wallet/paths.ts';
import type { Actions, PageServerLoad } from './$types';

const CODE = /^[a-hjkmnp-z2-9]{10}$/;

async function readCode(event: RequestEvent<{ code: string }>) {
  const { locals, params } = event;
  // on paper and in speech capitals are no others
  const code = params.code.toLowerCase();
  if (!CODE.test(code)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readPayCode, { params: { wijk: locals.slug, code } });
  if (!outcome.ok) stop(outcome);
  return { code, ...outcome.data };
}

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, url } = event;
  const found = await readCode(event);
  const to = walletPaths(locals.base);
  const organisation = organisationIn(url);
  if (found.own && found.request) redirect(303, to.asked(found.code));
  const say = await creditSpeaker(locals, found.unit);
  const open = found.request?.state === 'open' ? found.request : null;
  // of a request everything is known: this is the page to confirm
  const planned = open
    ? await confirm(event, { kind: 'code', code: found.code }, open.amount, {
        amount: String(open.amount),
        memo: open.memo ?? '',
      })
    : null;
  return {
    texts: pageTexts(locals.locale, 'wallet'),
    code: found.code,
    symbol: found.unit.symbol,
    own: found.own,
    organisation,
    organisations: found.own ? [] : found.organisations,
    name: partyName(found.payee, locals.locale),
    request: found.request && requestView(found.request, say),
    mayDecline: open !== null && open.payer !== null,
    payment: found.payment,
    confirmation: planned?.ok ? planned.confirmation : null,
    refusal:
      planned && !planned.ok
        ? problemText(locals.locale, planned.problem.code, planned.problem.params)
        : null,
    key: crypto.randomUUID(),
  };
};

const toOf = ({ params }: RequestEvent<{ code: string }>) => ({
  kind: 'code' as const,
  code: params.code.toLowerCase(),
});

export const actions: Actions = {
  bekijk: (event) => look(event, toOf(event)),
  terug: back,
  betaal: async (event) => {
    const { request } = await readCode(event);
    return settle(event, toOf(event), request?.amount);
  },
  weiger: async (event) => {
    const { locals } = event;
    const outcome = await api(event)(endPayRequest, {
      params: { wijk: locals.slug, code: toOf(event).code },
      body: { ending: 'declined' },
    });
    if (!outcome.ok) return refused(event, 'pay', {}, outcome);
    setFlash(event, 'page.wallet.declined');
    redirect(303, walletPaths(locals.base).wallet());
  },
};
