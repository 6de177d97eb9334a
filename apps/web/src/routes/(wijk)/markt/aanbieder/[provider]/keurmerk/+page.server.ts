import { error } from '@sveltejs/kit';
import { readProviderBadge } from '@wijk/contracts/market-vetting';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { dateText, lastDayText } from '#lib/server/curation.ts';
import { isProviderKey } from '#lib/server/ids.ts';
import { stop } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import { fill } from '#lib/text.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  if (!isProviderKey(params.provider)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readProviderBadge, {
    params: { wijk: locals.slug, provider: params.provider },
  });
  if (!outcome.ok) stop(outcome);
  const one = outcome.data;
  const say = await speaker(locals);
  const w = pageTexts(locals.locale, 'providerBadge');
  const mean = (scores: number[]) =>
    scores.length === 0 ? 0 : scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const figure = new Intl.NumberFormat(locals.locale, { maximumFractionDigits: 1 });
  return {
    texts: w,
    ...{ key: one.key, name: one.name, isOpen: one.isOpen, reasons: one.reasons },
    lead: fill(one.reviewers.length > 2 ? w.lead3 : w.lead, { name: one.name }),
    criteria: one.criteria.map(({ key, name, question, scores }) => ({
      ...{ key, name, question, part: mean(scores) / 5 },
      score: fill(w.of, { score: figure.format(mean(scores)) }),
    })),
    reviewers: one.reviewers.map(({ name, title, at }) =>
      fill(w.on, { name: title ? `${name}, ${title}` : name, when: dateText(at, say) }),
    ),
    term: fill(w.termText, {
      at: dateText(one.decidedAt, say),
      until: lastDayText(one.validUntil, say),
    }),
    version: fill(w.criteria, { version: one.criteriaVersion }),
    terms: one.terms
      ? fill(w.termsSigned, { when: dateText(one.terms.at, say), version: one.terms.version })
      : w.termsNot,
  };
};
