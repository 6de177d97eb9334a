import type { RequestEvent } from '@sveltejs/kit';
import { getScore } from '@wijk/contracts/questions';
import { api } from './api.ts';
import { stop } from './refusal.ts';
import { type Score, WEEK_CHOICES, WEEKS_DEFAULT } from './score.ts';

/** The score as the address asks for it; what it cannot mean is taken for the default. */
export async function askedScore(event: RequestEvent): Promise<Score> {
  const { locals, url } = event;
  const weeks = Number(url.searchParams.get('weken'));
  const theme = url.searchParams.get('thema');
  const { wijk } = await locals.context();
  const known = wijk.themes.some(({ slug }) => slug === theme);
  const outcome = await api(event)(getScore, {
    params: { wijk: locals.slug },
    query: {
      weeks: WEEK_CHOICES.find((choice) => choice === weeks) ?? WEEKS_DEFAULT,
      ...(known && theme ? { theme } : {}),
    },
  });
  if (!outcome.ok) stop(outcome);
  return outcome.data;
}
