import { error, redirect } from '@sveltejs/kit';
import { readTerms, signTerms } from '@wijk/contracts/market-terms';
import { readOwnProvider } from '@wijk/contracts/market-vetting';
import { pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isOwnProviderKey } from '#lib/server/ids.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, params } = event;
  if (!isOwnProviderKey(params.provider)) error(404, { message: 'Not found' });
  const call = api(event);
  const [own, terms] = await Promise.all([
    call(readOwnProvider, { params: { wijk: locals.slug, provider: params.provider } }),
    call(readTerms, { params: { wijk: locals.slug } }),
  ]);
  if (!own.ok) stop(own);
  if (!terms.ok) stop(terms);
  const w = pageTexts(locals.locale, 'vetting');
  return {
    texts: w,
    ...{ key: own.data.key, name: own.data.name, text: terms.data.text },
    version: terms.data.version,
    isFirst: terms.data.publishedAt === null,
    signed: own.data.signature?.version === terms.data.version,
    agree: fill(w.signAgree, { name: own.data.name }),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, params } = event;
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'vetting');
    const outcome = await api(event)(signTerms, {
      params: { wijk: locals.slug, provider: params.provider },
      body: {
        ...{ version: Number(values.version) || 1, name: values.name ?? '' },
        agreed: values.agreed === 'ja',
      },
    });
    if (!outcome.ok)
      return refused(event, 'sign', values, outcome, (field) => ({
        field,
        label: field === 'name' ? w.signName : w.signTitle,
      }));
    setFlash(event, 'page.vetting.signed');
    redirect(303, marketPaths(locals.base).ownVetting(params.provider));
  },
};
