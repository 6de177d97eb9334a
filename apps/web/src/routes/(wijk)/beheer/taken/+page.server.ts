import { redirect } from '@sveltejs/kit';
import { getJobs, retryDeadLetter } from '@wijk/contracts/operation';
import { pageTexts, plural } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const say = await speaker(locals);
  const outcome = await api(event)(getJobs, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  const { queues, deadLetters } = outcome.data;
  return {
    texts: pageTexts(locals.locale, 'jobs'),
    queues: queues.map(({ name, waiting, dead, oldestDueAt }) => ({
      name,
      waiting,
      dead,
      oldest: oldestDueAt && momentText(oldestDueAt, say),
    })),
    letters: deadLetters.map(({ id, queue, what, attempts, error, at }) => ({
      id,
      queue,
      what,
      error,
      at: momentText(at, say),
      attempts: plural(locals.locale, 'page.jobs.attempts', attempts),
    })),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { letter = '' } = typed(await event.request.formData());
    const { locals } = event;
    const outcome = await api(event)(retryDeadLetter, { params: { wijk: locals.slug, letter } });
    if (!outcome.ok) return refused(event, 'retry', {}, outcome);
    setFlash(event, 'page.jobs.retried');
    redirect(303, paths(locals.base).jobs());
  },
};
