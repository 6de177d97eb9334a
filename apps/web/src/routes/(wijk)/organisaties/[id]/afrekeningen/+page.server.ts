import { error } from '@sveltejs/kit';
import { readSupplierSettlements } from '@wijk/contracts/supplier-settlements';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { isUuid } from '#lib/server/ids.ts';
import { stop } from '#lib/server/refusal.ts';
import { suppliedView } from '#lib/server/settlements.ts';
import { creditSpeaker, membersOnly } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, params } = event;
  if (!isUuid(params.id)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readSupplierSettlements, {
    params: { wijk: locals.slug, organisation: params.id },
  });
  if (!outcome.ok) stop(outcome);
  const { name, unit, programmes } = outcome.data;
  const say = await creditSpeaker(locals, unit);
  const texts = pageTexts(locals.locale, 'settlements');
  return {
    texts,
    back: pageTexts(locals.locale, 'organisations').backToWallet,
    title: fill(texts.title, { name }),
    programmes: programmes.map((one) => suppliedView(one, say)),
  };
};
