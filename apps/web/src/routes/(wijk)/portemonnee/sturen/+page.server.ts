import { error, type RequestEvent } from '@sveltejs/kit';
import { readWallet } from '@wijk/contracts/wallet';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { back, look, settle } from '#lib/server/pay-forms.ts';
import { chosenPayee, searchPayees } from '#lib/server/payee-search.ts';
import { stop } from '#lib/server/refusal.ts';
import { creditSpeaker, membersOnly, organisationIn, payeeIn } from '#lib/server/wallet.ts';
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
  const say = await creditSpeaker(locals, wallet.data.unit);
  return {
    texts: pageTexts(locals.locale, 'wallet'),
    organisation,
    holder: organisation ? wallet.data.holder.name : null,
    available: say.money(wallet.data.available),
    symbol: wallet.data.unit.symbol,
    chosen: chosen?.name ?? null,
    key: crypto.randomUUID(),
  };
};

function chosenIn(event: RequestEvent) {
  const to = payeeIn(event.url);
  if (!to) error(404, { message: 'Not found' });
  return to;
}

export const actions: Actions = {
  zoek: searchPayees,
  bekijk: (event) => look(event, chosenIn(event)),
  terug: back,
  betaal: (event) => settle(event, chosenIn(event)),
};
