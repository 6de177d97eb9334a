import type { ReplyOf } from '@wijk/contracts/define';
import type { listCuration } from '@wijk/contracts/market-curation-desk';
import { FIRST_CRITERIA } from '@wijk/domain/market';
import { type PageTexts, pageTexts } from '@wijk/i18n';
import type { DeskAppView } from '#lib/market/views.ts';
import { agoText, type Speaker } from './views.ts';

type DeskApp = ReplyOf<typeof listCuration>['waiting'][number];

/** '30 juni 2027', as the wijk counts days. */
export const dateText = (iso: string, { locale, timeZone }: Speaker): string =>
  new Intl.DateTimeFormat(locale === 'nl' ? 'nl-NL' : 'en-GB', {
    ...{ dateStyle: 'long', timeZone },
  }).format(new Date(iso));

/** A moment at which something ends, as the last day that it counts. */
export const lastDayText = (iso: string, say: Speaker): string =>
  dateText(new Date(Date.parse(iso) - 1000).toISOString(), say);

export const deskAppView = (one: DeskApp, say: Speaker): DeskAppView => ({
  ...{ ref: one.ref, name: one.name, supplier: one.supplier, summary: one.summary },
  ...{ cause: one.cause, reviews: one.reviews, third: one.third, ready: one.ready },
  ...{ refusal: one.refusal, decision: one.decision },
  since: one.waitsSince ? agoText(one.waitsSince, say) : null,
  until: one.validUntil ? lastDayText(one.validUntil, say) : null,
  decidedAt: one.decidedAt ? agoText(one.decidedAt, say) : null,
});

type Words = PageTexts['curation']['criteria'];

/** A criterion in the reader's language where it is one that every wijk starts with; else as it was adopted. */
export function criterionText<C extends { key: string; name: string; question?: string }>(
  criterion: C,
  locale: App.Locals['locale'],
): C {
  const first = FIRST_CRITERIA.criteria.find(
    ({ key, name }) => key === criterion.key && name === criterion.name,
  );
  const words = pageTexts(locale, 'curation').criteria[criterion.key as keyof Words];
  if (!first || !words) return criterion;
  const question = first.question === criterion.question ? { question: words.question } : {};
  return { ...criterion, name: words.name, ...question };
}
