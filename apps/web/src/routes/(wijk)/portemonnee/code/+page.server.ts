import { readWallet } from '@wijk/contracts/wallet';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { qrPath } from '#lib/server/qr.ts';
import { stop } from '#lib/server/refusal.ts';
import { membersOnly, organisationIn, partyName } from '#lib/server/wallet.ts';
import { walletPaths } from '#lib/wallet/paths.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, url } = event;
  const organisation = organisationIn(url);
  const wallet = await api(event)(readWallet, {
    params: { wijk: locals.slug },
    query: organisation ? { organisation } : {},
  });
  if (!wallet.ok) stop(wallet);
  const { wijk } = await locals.context();
  const address = `${wijk.site}${walletPaths('').pay(wallet.data.payCode)}`;
  return {
    texts: pageTexts(locals.locale, 'wallet'),
    organisation,
    holder: partyName(wallet.data.holder, locals.locale),
    unit: wallet.data.unit.plural,
    address,
    qr: qrPath(address),
  };
};
