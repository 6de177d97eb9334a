import type { ReplyOf } from '@wijk/contracts';
import type { ReviewView, readProviderReviews } from '@wijk/contracts/market-reviews';
import { REVIEW_REASONS, type ReviewReason, STARS_MAX } from '@wijk/domain/market';
import type { PageTexts } from '@wijk/i18n';
import type { ReviewText } from '#lib/reviews/views.ts';
import { counted, fill } from '#lib/text.ts';
import { monthText } from './orders.ts';
import { momentText, type Speaker } from './views.ts';

export type ReviewWords = PageTexts['reviews'];

export const starsLabel = (stars: number, w: ReviewWords): string =>
  w.star[String(stars) as keyof ReviewWords['star']];

/** The best one first: that is how people read such a list. */
export const starChoices = (w: ReviewWords) =>
  Array.from({ length: STARS_MAX }, (_, i) => STARS_MAX - i).map((stars) => ({
    value: String(stars),
    label: starsLabel(stars, w),
    text: fill(w.outOf, { stars }),
  }));

export const reasonChoices = (w: ReviewWords) =>
  REVIEW_REASONS.map((value) => ({ value, label: w.reasons[value] }));

export const reasonIn = (text: string | undefined): ReviewReason | null =>
  REVIEW_REASONS.find((one) => one === text) ?? null;

/** @param replier who answers it, as the page calls them */
export function reviewText(
  one: ReviewView,
  replier: string,
  say: Speaker,
  w: ReviewWords,
): ReviewText {
  const { id, stars, body, reply, flagged, kept, removed } = one;
  const notes: string[] = [];
  if (removed) {
    const reason = removed.reason ? w.reasons[removed.reason] : w.reasons.rules;
    notes.push(`${fill(w.removed, { reason })} ${removed.note}`.trim());
  } else if (flagged) notes.push(w.flagged);
  else if (kept) notes.push(w.kept);
  return {
    ...{ id, stars, body, notes },
    label: starsLabel(stars, w),
    when: momentText(one.at, say).text,
    reply: reply && { who: replier, body: reply.body },
  };
}

type ProviderReviews = ReplyOf<typeof readProviderReviews>;

/** '4,3 van 5 (7 beoordelingen)'; null below three. */
export function ratingText(
  { rating }: Pick<ProviderReviews, 'rating'>,
  locale: App.Locals['locale'],
  w: ReviewWords,
): string | null {
  if (!rating) return null;
  const average = new Intl.NumberFormat(locale === 'nl' ? 'nl-NL' : 'en-GB', {
    minimumFractionDigits: 1,
  }).format(rating.tenths / 10);
  return `${fill(w.rating, { average })} (${counted(rating.count, w.count)})`;
}

export const providerReviewTexts = (
  { items }: ProviderReviews,
  locale: App.Locals['locale'],
  w: ReviewWords,
): ReviewText[] =>
  items.map(({ id, stars, body, month, reply }) => ({
    ...{ id, stars, body, notes: [] },
    label: starsLabel(stars, w),
    when: fill(w.neighbour, { month: monthText(month, locale) }),
    reply: reply ? { who: w.replyBy, body: reply } : null,
  }));
