import { getScore } from '@wijk/contracts/questions';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { scoreView } from '#lib/server/score.ts';
import { speaker } from '#lib/server/views.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const outcome = await api(event)(getScore, { params: { wijk: event.locals.slug } });
  if (!outcome.ok) stop(outcome);
  return { score: scoreView(outcome.data, await speaker(event.locals)) };
};
