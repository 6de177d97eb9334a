import { error, redirect } from '@sveltejs/kit';
import { readBadge } from '@wijk/contracts/market-curation';
import { pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { recordSections } from '#lib/server/app-record.ts';
import { criterionText, dateText, lastDayText } from '#lib/server/curation.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { stop } from '#lib/server/refusal.ts';
import { creditSpeaker } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readBadge, {
    params: { wijk: locals.slug, listing: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const one = outcome.data;
  // the words in the address are for people: the reference alone finds the app
  if (params.slug !== one.slug) redirect(308, marketPaths(locals.base).badge(params.ref, one.slug));
  const say = await creditSpeaker(locals, one.unit);
  const w = pageTexts(locals.locale, 'badge');
  const { amount, after } = one.record.price;
  const mean = (scores: number[]) => scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const figure = new Intl.NumberFormat(locals.locale, { maximumFractionDigits: 1 });
  return {
    texts: w,
    ...{ ref: one.ref, slug: one.slug, name: one.record.name, isOpen: one.isOpen },
    lead: fill(one.reviewers.length > 2 ? w.lead3 : w.lead, { name: one.record.name }),
    reasons: one.reasons,
    criteria: one.criteria
      .map((each) => criterionText(each, locals.locale))
      .map(({ key, name, question, scores, notes }) => ({
        ...{ key, name, question, notes, part: mean(scores) / 5 },
        score: fill(w.of, { score: figure.format(mean(scores)) }),
        each: new Set(scores).size > 1 ? fill(w.each, { scores: scores.join(', ') }) : null,
      })),
    reviewers: one.reviewers.map(({ name, title, at }) =>
      fill(w.on, { name: title ? `${name}, ${title}` : name, when: dateText(at, say) }),
    ),
    price: say.money(amount),
    after,
    term: fill(w.termText, {
      at: dateText(one.decidedAt, say),
      until: lastDayText(one.validUntil, say),
    }),
    version: fill(w.criteria, { version: one.criteriaVersion }),
    sections: recordSections(one.record, one.themeName, say),
  };
};
