import { listTermsVersions, publishTerms, readTerms } from '@wijk/contracts/market-terms';
import { SIGN_DAYS_MAX, SIGN_DAYS_MIN } from '@wijk/domain/market';
import { pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { savedSetup } from '#lib/server/market-setup.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import { counted, fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const call = api(event);
  const params = { wijk: locals.slug };
  const [versions, terms] = await Promise.all([
    call(listTermsVersions, { params }),
    call(readTerms, { params }),
  ]);
  if (!versions.ok) stop(versions);
  if (!terms.ok) stop(terms);
  const say = await speaker(locals);
  const w = pageTexts(locals.locale, 'marketSetup');
  return {
    texts: w,
    text: terms.data.text,
    holds: fill(w.termsHolds, { n: terms.data.version }),
    basedOn: versions.data.versions[0]?.version ?? 0,
    daysHint: fill(w.between, { min: SIGN_DAYS_MIN, max: SIGN_DAYS_MAX }),
    versions: versions.data.versions.map(({ version, text, publishedAt, by, signed }) => ({
      ...{ version, text, signed: counted(signed, w.termsSigned) },
      what: by
        ? fill(w.termsBy, { n: version, name: by, when: momentText(publishedAt, say).text })
        : fill(w.termsFirst, { n: version }),
    })),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals } = event;
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'marketSetup');
    const days = /^\s*\d{1,4}\s*$/.test(values.signDays ?? '') ? Number(values.signDays) : 0;
    const outcome = await api(event)(publishTerms, {
      params: { wijk: locals.slug },
      body: { basedOn: Number(values.basedOn) || 0, text: values.text ?? '', signDays: days },
    });
    if (!outcome.ok)
      return refused(event, 'terms', values, outcome, (field) => ({
        field,
        label: field === 'text' ? w.termsText : w.termsDays,
      }));
    return savedSetup(event, marketPaths(locals.base).marketTerms(), 'page.marketSetup.termsSaved');
  },
};
