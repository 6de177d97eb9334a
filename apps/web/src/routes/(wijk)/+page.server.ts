import { listQuestions } from '@wijk/contracts/questions';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { questionCard, speaker } from '#lib/server/views.ts';
import type { PageServerLoad } from './$types';

const RECENT = 6;
const MINE = 20;

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:questions');
  const { locals } = event;
  const { actor } = await locals.context();
  const say = await speaker(locals);
  const call = api(event);
  const params = { wijk: locals.slug };
  const [recent, mine] = await Promise.all([
    call(listQuestions, { params, query: { limit: RECENT } }),
    actor && call(listQuestions, { params, query: { show: 'mine', limit: MINE } }),
  ]);
  if (!recent.ok) stop(recent);
  const open = mine?.ok ? mine.data.items.filter((q) => q.status === 'open') : [];
  return {
    texts: pageTexts(locals.locale, 'home'),
    recent: recent.data.items.map((q) => questionCard(q, say)),
    mine: open.map((q) => questionCard(q, say)),
  };
};
