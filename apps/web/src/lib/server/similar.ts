import type { RequestEvent } from '@sveltejs/kit';
import { SIMILAR_MIN, similarQuestions } from '@wijk/contracts/search';
import { CAPACITIES } from '@wijk/domain/vraagbaak';
import { pageTexts, t } from '@wijk/i18n';
import type { SimilarFound } from '#lib/finding.ts';
import { api } from './api.ts';

/**
 * The second step of asking for whoever did not see what was asked before while they typed, without
 * JavaScript above all: questions like theirs, or null where the step is to be left out. Left out when
 * nothing is near, when they saw it (`seen`), when the text says too little, and when looking fails: it
 * never stands between somebody and their question.
 */
export async function similarStep(
  event: RequestEvent,
  { title = '', body = '', seen = '' }: Record<string, string>,
): Promise<SimilarFound | null> {
  const short = title.trim();
  if (seen !== '' || short.length < SIMILAR_MIN) return null;
  const outcome = await api(event)(similarQuestions, {
    params: { wijk: event.locals.slug },
    body: { title: short.slice(0, 200), body: body.slice(0, 4000) },
  });
  return outcome.ok && outcome.data.items.length > 0 ? outcome.data : null;
}

/** Words of the suggestions, for a page where somebody writes a question. */
export function similarTexts(locale: App.Locals['locale']) {
  return {
    similar: pageTexts(locale, 'similar'),
    capacities: Object.fromEntries(
      CAPACITIES.map((capacity) => [capacity, t(locale, `common.capacity.${capacity}`)]),
    ),
  };
}
